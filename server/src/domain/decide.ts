// The core: what becomes of a representative when something happens to her. Pure and total; every state answers
// every event, refusals are outcomes, and the clock is an argument.

import { chosen, nextCancelled, reset } from './choice.ts'
import { conclude } from './conclude.ts'
import type { Configuration } from './configuration.ts'
import type { Event } from './event.ts'
import { type Facts, type Profile, SYSTEM } from './facts.ts'
import { connected, disconnected, handoverBegan, incarnationEnded, signedOut } from './link.ts'
import { type Applied, move, NOTHING } from './move.ts'
import { noticeSeen } from './notices.ts'
import type { Outcome } from './outcome.ts'
import { sameJson } from './own.ts'
import { limitsChanged, settle, withLimits } from './settle.ts'
import { workChanged } from './work-change.ts'

/**
 * First whatever was due by `at` takes effect, each at its own instant; then the event, at `at`. The revision
 * rises by one if anything changed. With a refused or needless event the facts can still differ by what was due:
 * they are to be stored whatever the outcome says.
 */
export function decide(
  facts: Facts,
  event: Event,
  config: Configuration,
  at: number,
): { readonly facts: Facts; readonly outcome: Outcome } {
  const by = event.type === 'configuration-changed' ? event.by : (config.changedBy ?? SYSTEM)
  const settled = settle(facts, config, at, by)
  // What was due is a change of its own, whether or not a sweep has stored it yet.
  const revision = settled === facts ? facts.revision : facts.revision + 1
  const applied = apply(settled, event, config, at, revision)
  const after = applied.kind === 'move' ? conclude(settled, applied, config, at) : settled
  return {
    facts: after === facts ? facts : { ...after, revision: facts.revision + 1 },
    outcome: outcomeOf(applied, event, settled, after, facts),
  }
}

function apply(facts: Facts, event: Event, config: Configuration, at: number, revision: number): Applied {
  switch (event.type) {
    case 'created':
      return facts.revision > 0 ? NOTHING : move(facts, 'created', event.by, 'PO5', createdWith(facts))
    case 'connected':
      return connected(facts, event, config, at)
    case 'disconnected':
      return disconnected(facts, event, config, at)
    case 'signed-out':
      return signedOut(facts, event, config, at)
    case 'incarnation-ended':
      return incarnationEnded(facts, event, config, at)
    case 'handover-began':
      return handoverBegan(facts, event, config, at)
    case 'presence-chosen':
      return chosen(facts, event, config, at, revision)
    case 'presence-reset':
      return reset(facts, event, config, at, revision)
    case 'next-cancelled':
      return nextCancelled(facts, event, config, at)
    case 'notice-seen':
      return noticeSeen(facts, event)
    case 'work-changed':
      return workChanged(facts, event, config, at)
    case 'profile-changed':
      return profileChanged(facts, event, config, at)
    case 'configuration-changed':
    case 'time-passed':
      return NOTHING
  }
}

/** CA5: her own limits are among what may change. */
function profileChanged(
  facts: Facts,
  { profile, by }: Extract<Event, { type: 'profile-changed' }>,
  config: Configuration,
  at: number,
): Applied {
  if (sameJson(profile, facts.profile)) return NOTHING
  const changed = withLimits({ ...facts, profile }, config, at)
  const limited = changed.limits !== facts.limits
  const inputs = {
    fields: changedFields(facts.profile, profile),
    ...(limited ? limitsChanged(facts, changed) : {}),
  }
  return move(changed, 'profile-changed', by, limited ? 'CA5' : 'PO1', inputs)
}

function createdWith({ profile }: Facts): Readonly<Record<string, unknown>> {
  return { units: profile.capacity.units, profiles: { ...profile.capacity.profiles } }
}

function changedFields(before: Profile, after: Profile): readonly string[] {
  const fields = ['name', 'queues', 'defaultStatusId', 'capacity', 'attributes'] as const
  return fields.filter(field => !sameJson(before[field], after[field]))
}

/** Of the two events that are nothing but settling, what settled is the outcome. */
function outcomeOf(applied: Applied, event: Event, settled: Facts, after: Facts, facts: Facts): Outcome {
  if (applied.kind === 'refused') return applied
  if (applied.kind === 'move')
    return { kind: 'done', cause: after.cause, ...(applied.queued ? { queued: true } : {}) }
  const settling = event.type === 'time-passed' || event.type === 'configuration-changed'
  return settling && settled !== facts ? { kind: 'done', cause: settled.cause } : { kind: 'nothing' }
}
