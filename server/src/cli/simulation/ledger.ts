// The books of a shift: what the server has acknowledged, and so what must be there afterwards (I5).

import type { PresenceView, WorkItemResource } from '@rollcall/shared'
import { type Act, peopleOf, type Step } from './acts.ts'
import { isSticky } from './check-steps.ts'
import type { Verdicts } from './invariants.ts'

/** What a work item may be. `holder` is null for one that nobody has. */
export interface Expected {
  readonly state: WorkItemResource['state'] | 'none'
  readonly holder: string | null
}

export interface Ledger {
  begun(step: Step): void
  acknowledged(step: Step, presence: PresenceView | null): void
  /** A command without an answer; what the server says of its work item now, if it could be asked. */
  unknown(step: Step, found: WorkItemResource | null | undefined): void
  /** The highest revision that was answered for her. */
  revisionOf(playerId: string): number
  /** What came with a new connection of hers. `atLeast`: the highest revision answered before the old one ended. */
  checkReturn(view: PresenceView, atLeast: number): void
  /** A view that must not be older than what had been answered. */
  checkRevision(playerId: string, revision: number, atLeast: number): void
  /** Ids, as in the script, of every work item that something was acknowledged about. */
  items(): readonly string[]
  /** The item as the server has it at the end; null: it never heard of it. */
  checkItem(workItemId: string, item: WorkItemResource | null): void
}

const ENDS_CHOICE: readonly Act['kind'][] = [
  ...(['choose', 'reset', 'cancel-next', 'sign-out'] as const),
  ...(['choose-many', 'reset-many'] as const),
]
const NONE: Expected = { state: 'none', holder: null }
const QUEUED: Expected = { state: 'queued', holder: null }

export function createLedger(verdicts: Verdicts): Ledger {
  /** An item that a transfer offered (TR4) stays with who has it until it is taken. */
  const items = new Map<string, readonly Expected[]>()
  const revisions = new Map<string, number>()
  /** Choices that outlive work and absences (MA3), until somebody chooses or resets again. */
  const lasting = new Map<string, string>()

  const judge = (id: string, allowed: readonly Expected[], item: WorkItemResource | null) => {
    const found = item ? { state: item.state, holder: item.representativeId } : NONE
    const holds = allowed.some(
      ({ state, holder }) => state === found.state && (state === 'closed' || holder === found.holder),
    )
    verdicts.check('I5', id, holds, () => `is ${told([found])}, not ${told(allowed)}`)
    return found
  }

  const expected = (id: string) => items.get(id) ?? [NONE]

  const checkRevision = (playerId: string, revision: number, atLeast: number) => {
    const what = () => `revision ${revision} after revision ${atLeast} had been answered`
    verdicts.check('I5', playerId, revision >= atLeast, what)
  }

  return {
    begun(step) {
      if (!ENDS_CHOICE.includes(step.act.kind)) return
      for (const id of peopleOf(step)) lasting.delete(id)
    },
    acknowledged({ act, playerId }, presence) {
      if (act.kind === 'choose' && presence && lasts(presence)) lasting.set(playerId, presence.statusId)
      if (presence) {
        const { representativeId: id, revision } = presence
        revisions.set(id, Math.max(revisions.get(id) ?? 0, revision))
      }
      if ('workItemId' in act) {
        const after = outcomeOf(act, playerId, expected(act.workItemId))
        if (after) items.set(act.workItemId, after)
      }
    },
    unknown({ act, playerId }, found) {
      if (!('workItemId' in act)) return
      const id = act.workItemId
      const before = expected(id)
      const allowed = [...before, ...(outcomeOf(act, playerId, before) ?? [])]
      items.set(id, found === undefined ? allowed : settled(judge(id, allowed, found)))
    },
    revisionOf: playerId => revisions.get(playerId) ?? 0,
    checkReturn(view, atLeast) {
      const { representativeId: id, statusId, cause } = view
      checkRevision(id, view.revision, atLeast)
      const chosen = lasting.get(id)
      if (chosen === undefined || cause.event !== 'reconnected') return
      verdicts.check(
        'I5',
        id,
        statusId === chosen,
        () => `came back as ${statusId}, and had chosen ${chosen}`,
      )
    },
    checkRevision,
    items: () => [...items.keys()],
    checkItem: (id, item) => void judge(id, expected(id), item),
  }
}

function lasts(view: PresenceView): boolean {
  return isSticky(view) && view.expiresAt === null && view.next === null
}

/** Null: the act leaves its item as it is. */
function outcomeOf(
  act: Extract<Act, { readonly workItemId: string }>,
  playerId: string,
  before: readonly Expected[],
): readonly Expected[] | null {
  const hers = (state: Expected['state']) => [{ state, holder: playerId }]
  switch (act.kind) {
    case 'pick':
    case 'assign':
    case 'answer':
    case 'resume':
      return hers('active')
    case 'wait':
      return hers('waiting')
    case 'wrap-up':
      return hers('wrap-up')
    case 'offer':
      return settled({ state: 'offered', holder: null })
    case 'release':
      return [QUEUED]
    case 'withdraw':
    case 'reject':
      return before.some(({ holder }) => holder !== null) ? null : [QUEUED]
    case 'close':
    case 'hang-up':
    case 'take-away':
      return [{ state: 'closed', holder: null }, NONE]
    case 'transfer':
      if (act.offer) return null
      return 'queueId' in act.to ? [QUEUED] : [{ state: 'active', holder: act.to.representativeId }]
  }
}

/** An offer may end by itself at any time: missed, or withdrawn because she went. */
function settled(found: Expected): readonly Expected[] {
  return found.state === 'offered' ? [found, QUEUED] : [found]
}

function told(those: readonly Expected[]): string {
  return those.map(({ state, holder }) => (holder === null ? state : `${state} with ${holder}`)).join(' or ')
}
