// EX2: why this presence, and what would make her available, as the wire has it.

import type { Explanation } from '@rollcall/shared'
import type { Configuration, Workstream } from '../domain/configuration.ts'
import { decide } from '../domain/decide.ts'
import { type FailedCondition, failedConditions, standingOf } from '../domain/eligibility.ts'
import { explainPresence } from '../domain/explain.ts'
import type { Actor, Facts } from '../domain/facts.ts'
import { overridesOf } from '../domain/overrides.ts'
import { type NamedChange, smallestChange } from '../domain/smallest-change.ts'
import { suppose } from '../domain/what-if.ts'
import { iso } from './time.ts'
import { toView } from './view.ts'

/**
 * `target`: the workstream that is asked about; null: all of the queues that she is in. `by`: who asks, and would make
 * the changes that are named.
 */
export function explanationOf(
  stored: Facts,
  configuration: Configuration,
  at: number,
  by: Actor,
  target: Workstream | null,
): Explanation {
  // What was due by now is in effect, whether or not the sweep has stored it.
  const { facts } = decide(stored, { type: 'time-passed' }, configuration, at)
  const workstreams = target ? [target] : workstreamsOf(facts, configuration)
  const now = { facts, config: configuration }
  const steps = explainPresence(facts, configuration, at)
  return {
    presence: toView(stored, configuration, at),
    steps: steps.map(step => ({ ...step, inputs: { ...step.inputs } })),
    overrides: overridesOf(facts, configuration, at).map(over => ({ ...over, at: iso(over.at) })),
    workstreams: failuresOf(now, workstreams, by, at),
    smallestChange: smallestChange({ now, workstreams, target, by, at }).map(toStep),
  }
}

function workstreamsOf({ profile }: Facts, { workstreams }: Configuration): readonly Workstream[] {
  return Object.values(workstreams).filter(({ queueId }) => profile.queues.includes(queueId))
}

/** RO8: what each of them finds wanting, now and if she were reset. */
function failuresOf(
  now: { readonly facts: Facts; readonly config: Configuration },
  workstreams: readonly Workstream[],
  by: Actor,
  at: number,
): Explanation['workstreams'] {
  const { config } = now
  const reset = suppose(now, { kind: 'reset' }, by, at) ?? now
  const standing = standingOf(now.facts, config, at)
  const standingAfter = standingOf(reset.facts, config, at)
  return workstreams.map(workstream => ({
    workstreamId: workstream.id,
    now: failedConditions(standing, workstream, config).map(toFailed),
    afterReset: failedConditions(standingAfter, workstream, config).map(toFailed),
  }))
}

function toFailed({ code, need, have }: FailedCondition): Explanation['workstreams'][number]['now'][number] {
  return { code, need: toValue(need), have: toValue(have) }
}

function toValue(value: FailedCondition['need']): string | number | string[] | null {
  return typeof value === 'object' && value !== null ? [...value] : value
}

function toStep({ change, opens, shows }: NamedChange): Explanation['smallestChange'][number] {
  return { ...change, opens: [...opens], shows }
}
