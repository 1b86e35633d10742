// EX2, RO8: which changes could help somebody whom workstreams find wanting.

import { allowsPresence } from './allowed-presence.ts'
import type { Configuration, Status, Workstream } from './configuration.ts'
import type { FailedCondition, Standing } from './eligibility.ts'
import type { Actor, Capacity, Facts } from './facts.ts'
import { own } from './own.ts'
import { selectable } from './statuses.ts'

export type PossibleChange =
  | { readonly kind: 'connect' | 'cancel-next' | 'reset' }
  | { readonly kind: 'set'; readonly statusId: string }
  | { readonly kind: 'close-work'; readonly workItemId: string }
  /** `dimension`: `units`, `profile:<id>`, or `sessions` (of the policy). */
  | { readonly kind: 'raise-limit'; readonly dimension: string; readonly to: number }

interface Failing {
  readonly workstream: Workstream
  readonly failed: readonly FailedCondition[]
}

/** A close ends a choice that is not sticky (CA4), so what is chosen comes last. */
const ORDER: readonly PossibleChange['kind'][] = [
  'connect',
  'cancel-next',
  'close-work',
  'raise-limit',
  'reset',
  'set',
]

/** Changes are made in this order; of one kind there can be several. */
export function rankOf({ kind }: PossibleChange): number {
  return ORDER.indexOf(kind)
}

/** Without a workstream that fails: what could make her Available. At most a few of each kind. */
export function possibleChanges(
  facts: Facts,
  config: Configuration,
  standing: Standing,
  failing: readonly Failing[],
  by: Actor,
): readonly PossibleChange[] {
  const codes = new Set(failing.flatMap(({ failed }) => failed.map(({ code }) => code)))
  const connects = standing.link !== 'present'
  const chooses =
    failing.length === 0 || ['presence', 'status-workstreams', 'next'].some(code => codes.has(code))
  const fills = [...codes].some(isOfRoom)
  const wanted = failing.length === 0 ? ['available'] : wantedBy(failing, selectable(config, by.kind))
  return [
    ...(connects ? [{ kind: 'connect' } as const] : []),
    ...(facts.next !== null ? [{ kind: 'cancel-next' } as const] : []),
    ...(fills || codes.has('presence') ? closes(facts) : []),
    ...(fills ? raises(standing.capacity, failing) : []),
    ...(chooses && facts.stance.kind !== 'none' ? [{ kind: 'reset' } as const] : []),
    ...(chooses ? firstOf(wanted, MOST_STATUSES).map(statusId => ({ kind: 'set', statusId }) as const) : []),
  ]
}

const MOST_OF_A_KIND = 4
/** One for each base, and some that only their own id opens. */
const MOST_STATUSES = 8

function firstOf<T>(values: readonly T[], most = MOST_OF_A_KIND): readonly T[] {
  return [...new Set(values)].slice(0, most)
}

/** First what each takes first; then one of each further base, which may free room besides by withdrawing offers (NO10). */
function wantedBy(failing: readonly Failing[], choosable: readonly Status[]): readonly string[] {
  const allowed = failing.map(({ workstream }) =>
    choosable.filter(status => allowsPresence(workstream, status)),
  )
  const further = new Map(allowed.flat().map(({ base, id }) => [base, id]))
  return [...allowed.flatMap(([first]) => (first ? [first.id] : [])), ...further.values()]
}

function isOfRoom(code: string): boolean {
  return (
    code === 'units' || code === 'sessions' || code.startsWith('profile:') || code.startsWith('blocking:')
  )
}

/** Of items whose end would free the same, one. */
function closes({ work }: Facts): readonly PossibleChange[] {
  const open = work.filter(({ state }) => state === 'active' || state === 'wrap-up')
  const alike = open.map(({ workstreamId, cost, state, holdsCapacity, overReset }) =>
    JSON.stringify([workstreamId, cost, state, holdsCapacity, overReset]),
  )
  return open
    .filter((_, index) => alike.indexOf(alike[index] ?? '') === index)
    .slice(0, MOST_OF_A_KIND)
    .map(({ workItemId }) => ({ kind: 'close-work', workItemId }))
}

const HIGHEST_LIMIT = 1_000_000
const HIGHEST_SESSION_LIMIT = 100

/** By as much as is missing. A profile that she doesn't hold is given to her. */
function raises(capacity: Capacity, failing: readonly Failing[]): readonly PossibleChange[] {
  const missing = failing
    .flatMap(({ failed }) => failed)
    .filter(({ code }) => isOfRoom(code))
    .map(({ code, need, have }) => {
      const dimension = code.replace(/^blocking:/, 'profile:')
      const to = limitOf(capacity, dimension) + Number(need) - Number(have ?? 0)
      return { dimension, to }
    })
    .filter(({ dimension, to }) => to <= (dimension === 'sessions' ? HIGHEST_SESSION_LIMIT : HIGHEST_LIMIT))
  const distinct = new Map(missing.map(each => [`${each.dimension} ${each.to}`, each]))
  return firstOf([...distinct.values()]).map(each => ({ kind: 'raise-limit', ...each }))
}

function limitOf({ units, profiles, sessions }: Capacity, dimension: string): number {
  if (dimension === 'units') return units?.total ?? 0
  if (dimension === 'sessions') return sessions.limit
  return own(profiles, dimension.slice('profile:'.length))?.limit ?? 0
}
