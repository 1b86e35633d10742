// When nothing happens any more, all pictures of the contact center must be one: every watcher's, every tab's, the
// store's, and the books of what was acknowledged.

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { differences } from './differences.ts'
import type { Verdicts } from './invariants.ts'
import type { Ledger } from './ledger.ts'
import { seenByAll } from './records.ts'

type Views = ReadonlyMap<string, PresenceView>

export interface Picture {
  readonly who: string
  readonly sees: Views
  /** What the store has of those whom this one may see. */
  readonly of: Views
}

const IN_HAND: readonly string[] = ['active', 'waiting', 'wrap-up']

export function checkEnd(
  verdicts: Verdicts,
  ledger: Ledger,
  pictures: readonly Picture[],
  stored: Views,
  items: ReadonlyMap<string, WorkItemResource | null>,
): void {
  for (const { who, sees, of } of pictures) {
    for (const id of new Set([...sees.keys(), ...of.keys()])) {
      const difference = differences(common(sees.get(id)), common(of.get(id)))
      const what = () => `${who} sees something else than the store has: ${difference}`
      verdicts.check('I3', id, difference === null, what)
    }
  }
  for (const [id, { revision }] of stored) ledger.checkRevision(id, revision, ledger.revisionOf(id))
  for (const [id, item] of items) ledger.checkItem(id, item)
  checkHolders(verdicts, stored)
  checkHands(verdicts, stored, items)
}

/** Nobody holds what somebody else holds. */
export function checkHolders(verdicts: Verdicts, all: Views): void {
  const holders = new Map<string, string>()
  for (const { representativeId, work } of all.values()) {
    for (const { workItemId } of work) {
      const other = holders.get(workItemId)
      holders.set(workItemId, representativeId)
      verdicts.check('one', workItemId, other === undefined, () => `is with ${other} and ${representativeId}`)
    }
  }
}

/** The item's own record and the hands of its holder say the same. */
function checkHands(
  verdicts: Verdicts,
  stored: Views,
  items: ReadonlyMap<string, WorkItemResource | null>,
): void {
  const hands = new Map<string, string>()
  for (const { representativeId, work } of stored.values())
    for (const { workItemId, state } of work) hands.set(workItemId, `${state} with ${representativeId}`)
  for (const item of items.values()) {
    if (!item) continue
    const { id, state, representativeId } = item
    const record = IN_HAND.includes(state) ? `${state} with ${representativeId}` : 'with nobody'
    const shown = hands.get(id) ?? 'with nobody'
    verdicts.check('one', id, record === shown, () => `its record says ${record}, presences say ${shown}`)
  }
}

function common(view: PresenceView | undefined): PresenceView | undefined {
  return view && seenByAll(view)
}
