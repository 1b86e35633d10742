// HI1: the history rows that a change of facts leaves: one for each time that what is shown changed.

import type { Configuration } from '../domain/configuration.ts'
import { earliestDeadline } from '../domain/deadlines-of.ts'
import { decide } from '../domain/decide.ts'
import type { Cause, Facts } from '../domain/facts.ts'
import { behindOf } from '../domain/presence-of.ts'
import type { HistoryRow } from '../storage/storage.ts'
import { same } from './same.ts'

/** A change passes at most this many deadlines that nobody swept; more would be a fault, not a history. */
const MOST_DEADLINES = 32

/** Rows between `previous` (null: she is new) and `next`, which was decided at `at`. Deadlines that took effect on the way have rows of their own, dated when they were due. */
export function historyOf(
  previous: Facts | null,
  next: Facts,
  configuration: Configuration,
  at: number,
): readonly HistoryRow[] {
  const rows: HistoryRow[] = []
  let last = previous
  for (let passed = 0; last && passed < MOST_DEADLINES; passed++) {
    const due = earliestDeadline(last, configuration)
    if (due === null || due > at) break
    const settled = decide(last, { type: 'time-passed' }, configuration, due).facts
    if (settled === last) break
    if (showsOtherwise(last, settled, configuration, due)) rows.push(rowOf(settled, configuration, due))
    last = settled
  }
  if (!last || showsOtherwise(last, next, configuration, at)) rows.push(rowOf(next, configuration, at))
  return rows
}

/** Whoever is removed while signed in ends with a row that says so. */
export function historyOfRemoval(previous: Facts, cause: Cause, at: number): readonly HistoryRow[] {
  if (previous.link.kind === 'signed-out') return []
  return [
    {
      representativeId: previous.representativeId,
      at,
      statusId: 'offline',
      text: 'Offline',
      base: 'offline',
      origin: 'signed-out',
      by: null,
      behind: null,
      signedIn: false,
      queues: previous.profile.queues,
      cause,
    },
  ]
}

function showsOtherwise(previous: Facts, next: Facts, configuration: Configuration, at: number): boolean {
  const [before, after] = [previous.shown, next.shown]
  return (
    before.statusId !== after.statusId ||
    before.text !== after.text ||
    before.base !== after.base ||
    before.origin !== after.origin ||
    !same(before.by, after.by) ||
    isSignedIn(previous) !== isSignedIn(next) ||
    !same(previous.profile.queues, next.profile.queues) ||
    !same(coveredBy(previous, configuration, at), coveredBy(next, configuration, at))
  )
}

function rowOf(facts: Facts, configuration: Configuration, at: number): HistoryRow {
  const { statusId, text, base, origin, by } = facts.shown
  return {
    representativeId: facts.representativeId,
    at,
    statusId,
    text,
    base,
    origin,
    by,
    behind: coveredBy(facts, configuration, at),
    signedIn: isSignedIn(facts),
    queues: facts.profile.queues,
    cause: facts.cause,
  }
}

const isSignedIn = (facts: Facts) => facts.link.kind !== 'signed-out'

/** What an absence hides ("Lunch, laptop shut"); only then is it part of the history. */
function coveredBy(facts: Facts, configuration: Configuration, at: number): HistoryRow['behind'] {
  if (facts.link.kind !== 'absent') return null
  const behind = behindOf(facts, configuration, at)
  return behind && { statusId: behind.statusId, text: behind.text, base: behind.base }
}
