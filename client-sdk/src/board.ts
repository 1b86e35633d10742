// What a board shows of a watch, as pure functions: which rows, in which order, how many of each.
import type { PresenceView } from '@rollcall/shared'
import type { Watch } from './watch.ts'

export type Condition = (view: PresenceView) => boolean
export type Order = (one: PresenceView, other: PresenceView) => number

/** Which rows, and in which order. Default: all of them, by name. */
export interface Selector {
  readonly where?: Condition
  readonly order?: Order
}

export interface Counts {
  readonly total: number
  /** Of these, everybody but the signed-out; the others are counted nowhere else. */
  readonly signedIn: number
  readonly byBase: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
}

type Seen = Pick<Watch, 'presences'>

/** The views that are wanted, in order; a new array each time, of the watch's own views. */
export function rowsOf(watch: Seen, { where = all, order = byName }: Selector = {}): readonly PresenceView[] {
  return [...watch.presences().values()].filter(where).sort(order)
}

/** For figures that the server doesn't count, such as those of a condition; else see `watch.live(queueId)`. */
export function countsOf(watch: Seen, where: Condition = all): Counts {
  const byBase: Record<string, number> = {}
  const byStatus: Record<string, number> = {}
  let total = 0
  let signedIn = 0
  for (const view of watch.presences().values()) {
    if (!where(view)) continue
    total += 1
    if (!view.signedIn) continue
    signedIn += 1
    byBase[view.base] = (byBase[view.base] ?? 0) + 1
    byStatus[view.statusId] = (byStatus[view.statusId] ?? 0) + 1
  }
  return { total, signedIn, byBase, byStatus }
}

/** Milliseconds since an instant of a view, or of the freshness, by the server's clock; never less than 0. */
export function elapsed(watch: Pick<Watch, 'now'>, since: string): number {
  return Math.max(0, watch.now() - Date.parse(since))
}

export const inQueue =
  (...queueIds: readonly string[]): Condition =>
  ({ queues }) =>
    queues.some(id => queueIds.includes(id))

export const withBase =
  (...bases: readonly PresenceView['base'][]): Condition =>
  ({ base }) =>
    bases.includes(base)

export const withStatus =
  (...statusIds: readonly string[]): Condition =>
  ({ statusId }) =>
    statusIds.includes(statusId)

/** All of the conditions. */
export const both =
  (...conditions: readonly Condition[]): Condition =>
  view =>
    conditions.every(holds => holds(view))

const { compare } = new Intl.Collator()

export const byName: Order = (one, other) => compare(one.name, other.name) || byId(one, other)

/** Who has been as she is for longest comes first. */
export const bySince: Order = (one, other) =>
  Date.parse(one.since) - Date.parse(other.since) || byId(one, other)

/** So that an order is the same whatever came first over the wire. */
function byId(one: PresenceView, other: PresenceView): number {
  return one.representativeId < other.representativeId ? -1 : 1
}

function all(): boolean {
  return true
}
