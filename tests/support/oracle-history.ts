// Random histories for oracle and core, and the comparison after every step.

import fc from 'fast-check'
import { createOracle } from './oracle.ts'
import { createCore } from './oracle-core.ts'
import { CHOICES, DEFAULTS, floor, LIMITS, PEOPLE, QUEUES_OF, WORKSTREAMS } from './oracle-floor.ts'
import type { Did } from './oracle-world.ts'

const KINDS = [
  'nothing',
  'connect',
  'disconnect',
  'accept',
  'close',
  'choose',
  'assign',
  'transfer',
  'chooseAfterWork',
  'reset',
  'cancelNext',
  'signOut',
  'setLimits',
] as const

/** How long after the one before an event happens: the edges of the restore window and of expiries above all. */
const GAPS = [0, 1, 1_000, 29_999, 30_000, 60_000, 149_999, 150_000, 150_001, 300_000, 600_000] as const

const person = fc.constantFrom(...PEOPLE)
const step = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constantFrom(...KINDS.slice(0, 5)), weight: 3 },
    { arbitrary: fc.constantFrom(...KINDS.slice(5)), weight: 2 },
  ),
  gap: fc.constantFrom(...GAPS),
  /** A sweep comes at the very instant of the event, before it; or late, with the event itself. */
  sweep: fc.boolean(),
  who: person,
  other: person,
  asService: fc.boolean(),
  stranger: fc.constantFrom(false, false, false, true),
  tab: fc.constantFrom('1', '2'),
  item: fc.nat(9),
  choice: fc.oneof(
    { arbitrary: fc.constantFrom(...CHOICES.slice(0, 9)), weight: 4 },
    { arbitrary: fc.constantFrom(...CHOICES.slice(9)), weight: 1 },
  ),
  chooser: fc.constantFrom('representative', 'representative', 'supervisor', 'service'),
  forMs: fc.constantFrom(null, null, 30_000, 150_000, 400_000),
  note: fc.constantFrom(null, 'back soon'),
  limits: fc.constantFrom(...LIMITS),
  queue: fc.constantFrom(null, null, null, 'support', 'billing'),
  reopen: fc.boolean(),
  ownCost: fc.constantFrom(null, null, { units: 0, profiles: [] }, { units: 45, profiles: ['chat'] }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

export const history = fc.record({
  tenantDefault: fc.constantFrom('available', 'available', 'away', 'retired', 'busy'),
  signOutRestores: fc.constantFrom(true, true, false),
  defaults: fc.tuple(...PEOPLE.map(() => fc.constantFrom(...DEFAULTS))),
  limits: fc.tuple(...PEOPLE.map(() => fc.constantFrom(...LIMITS))),
  steps: fc.array(step, { minLength: 40, maxLength: 40 }),
})
export type History = typeof history extends fc.Arbitrary<infer One> ? One : never

/** Plays a history through both; the first disagreement in words, or null. */
export function playBoth(one: History): string | null {
  const config = floor(one.tenantDefault, one.signOutRestores)
  const people = PEOPLE.map((id, index) => {
    const limits = one.limits[index] ?? { units: null, profiles: {} }
    return { id, queues: QUEUES_OF[id], defaultStatusId: one.defaults[index] ?? null, ...limits }
  })
  let at = 1_800_000_000_000
  const oracle = createOracle(config, people, at)
  const core = createCore(config, people, at)
  const told: string[] = []

  for (const next of one.steps) {
    if (next.kind === 'nothing') continue
    at += next.gap
    if (next.sweep) {
      core.sweep(at)
      oracle.tick(at)
    }
    const from = `${one.tenantDefault}${one.signOutRestores ? '' : ', sign-out ends at once'}`
    const { words, expected, got } = apply(next)
    told.push(`+${next.gap}${next.sweep ? ' (swept)' : ''} ${words} -> ${got}`)
    const where = () => `\n${JSON.stringify(people)}\ntenant default ${from}\n${told.join('\n')}\n`
    if (!matches(expected, got)) return `${where()}oracle: ${expected.join(' or ')}, core: ${got}`
    for (const id of PEOPLE) {
      const oracles = JSON.stringify(oracle.presence(id, at))
      const cores = JSON.stringify(core.presence(id, at))
      if (oracles !== cores) return `${where()}${id}\n  oracle ${oracles}\n  core   ${cores}`
    }
    const mistake = core.mistake()
    if (mistake !== null) return `${where()}${mistake}`
  }
  return null

  function apply(next: Step): { words: string; expected: readonly Did[]; got: string } {
    const { who } = next
    const itemId = `w${next.item}`
    const workstreamId = WORKSTREAMS[next.item % WORKSTREAMS.length] ?? 'default'
    const connectionId = `${who}-${next.tab}`
    const by = next.chooser === 'representative' ? who : 'sue'
    const choice = {
      statusId: next.choice,
      by: { kind: next.chooser, id: by },
      forMs: next.forMs,
      note: next.note,
    }
    // Mostly its holder: what others report about it is refused anyway.
    const reporter = next.stranger ? who : (oracle.item(itemId)?.holder ?? who)
    const actor = next.asService ? null : reporter
    switch (next.kind) {
      case 'connect':
        return both(`connect ${connectionId}`, [oracle.connect(who, connectionId, at)], () =>
          core.connect(who, connectionId, at),
        )
      case 'disconnect':
        return both(`disconnect ${connectionId}`, [oracle.disconnect(who, connectionId, at)], () =>
          core.disconnect(who, connectionId, at),
        )
      case 'signOut':
        return both(`sign out ${who}`, [oracle.signOut(who, at)], () => core.signOut(who, at))
      case 'choose':
      case 'chooseAfterWork': {
        const when = next.kind === 'choose' ? 'now' : 'after-work'
        const { did, also } = oracle.choose(who, choice, when, at)
        const words = `${next.chooser} chooses ${next.choice} for ${who}, ${when}, for ${next.forMs}, ${next.note}`
        return both(words, also === undefined ? [did] : [did, also], () => core.choose(who, choice, when, at))
      }
      case 'reset':
        return both(`reset ${who}`, [oracle.reset(who, at)], () => core.reset(who, at))
      case 'cancelNext':
        return both(`cancel next ${who}`, [oracle.cancelNext(who, at)], () => core.cancelNext(who, at))
      case 'accept':
        return both(
          `${who} accepts ${itemId} (${workstreamId})`,
          [oracle.accept(who, itemId, workstreamId, at)],
          () => core.accept(who, itemId, workstreamId, at),
        )
      case 'assign':
        return both(
          `assign ${itemId} (${workstreamId}) to ${who}, cost ${JSON.stringify(next.ownCost)}${next.reopen ? ', reopen' : ''}`,
          [oracle.assign(who, itemId, workstreamId, next.ownCost, next.reopen, at)],
          () => core.assign(who, itemId, workstreamId, next.ownCost, next.reopen, at),
        )
      case 'close':
        return both(`close ${itemId} by ${actor}`, [oracle.close(actor, itemId, at)], () =>
          core.close(actor, itemId, at),
        )
      case 'transfer': {
        const to = next.queue === null ? next.other : `queue:${next.queue}`
        return both(`transfer ${itemId} to ${to} by ${actor}`, [oracle.transfer(actor, itemId, to, at)], () =>
          core.transfer(actor, itemId, to, at),
        )
      }
      case 'setLimits':
        return both(
          `limits of ${who}: ${JSON.stringify(next.limits)}`,
          [oracle.setLimits(who, next.limits, at)],
          () => core.setLimits(who, next.limits, at),
        )
      default:
        return { words: 'nothing', expected: ['any'], got: 'nothing' }
    }
  }

  function both(words: string, expected: readonly Did[], ask: () => string) {
    return { words, expected, got: ask() }
  }
}

function matches(expected: readonly Did[], got: string): boolean {
  if (expected.includes('any')) return true
  if (expected.includes('any-refusal')) return got !== 'done' && got !== 'nothing'
  return expected.includes(got)
}
