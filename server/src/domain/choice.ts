// Manual choice (MA): now or after work, by herself or by somebody else; reset; and the cancelled next choice.

import { activeWork } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Event } from './event.ts'
import type { Facts, NextChoice } from './facts.ts'
import { type Applied, move, NOTHING } from './move.ts'
import { tellChangedBy } from './notices.ts'
import { type Refusal, refuse } from './outcome.ts'
import { own } from './own.ts'
import { NO_STANCE, sameActor, somebodyElse } from './stance.ts'
import { isSelectable } from './statuses.ts'
import { takeChoice } from './take-stance.ts'

type Chosen = Extract<Event, { type: 'presence-chosen' }>

/** `revision`: the one that the caller's `expectedRevision` must name. */
export function chosen(
  facts: Facts,
  event: Chosen,
  config: Configuration,
  at: number,
  revision: number,
): Applied {
  const refusal =
    refuseStatus(event, config) ?? refuseSignedOut(facts) ?? refuseRevision(event.expectedRevision, revision)
  if (refusal) return refusal
  const waits = event.when === 'after-work' && activeWork(facts, config, at).length > 0
  return waits ? queued(facts, event, at) : chosenNow(facts, event, config, at)
}

export function reset(
  facts: Facts,
  event: Extract<Event, { type: 'presence-reset' }>,
  config: Configuration,
  at: number,
  revision: number,
): Applied {
  const refusal = refuseRevision(event.expectedRevision, revision)
  if (refusal) return refusal
  if (facts.stance.kind === 'none') return NOTHING
  const next = tellChangedBy({ ...facts, stance: NO_STANCE }, event.by, config, at)
  return move(next, 'presence-reset', event.by, 'MA9', { ended: facts.stance.kind })
}

export function nextCancelled(
  facts: Facts,
  event: Extract<Event, { type: 'next-cancelled' }>,
  config: Configuration,
  at: number,
): Applied {
  if (facts.next === null) return NOTHING
  const next = tellChangedBy({ ...facts, next: null }, event.by, config, at)
  return move(next, 'next-cancelled', event.by, 'MA7', { statusId: facts.next.statusId })
}

/** MA10: the same choice again keeps its beginning; only note and expiry may change. */
function chosenNow(facts: Facts, event: Chosen, config: Configuration, at: number): Applied {
  const { stance } = facts
  const again =
    stance.kind === 'choice' && stance.statusId === event.statusId && sameActor(stance.by, event.by)
      ? stance
      : null
  const until = event.forMs === null ? null : at + event.forMs
  const identical = again !== null && again.until === until && again.note === event.note
  if (identical && facts.next === null) return NOTHING
  const standing = takeChoice(facts, choiceOf(event, again?.at ?? at), config, at)
  const told = tellChangedBy(standing, event.by, config, at)
  const rule = somebodyElse(event.by, facts.representativeId) ? 'MA5' : 'MA1'
  const inputs = { statusId: event.statusId, replaced: stance.kind }
  return move(told, 'presence-chosen', event.by, again ? 'MA10' : rule, inputs)
}

/** MA7: not yet a choice; what stands now goes on. */
function queued(facts: Facts, event: Chosen, at: number): Applied {
  const next = choiceOf(event, at)
  if (facts.next !== null && sameChoice(facts.next, next)) return NOTHING
  const { statusId } = event
  return { ...move({ ...facts, next }, 'presence-queued', event.by, 'MA7', { statusId }), queued: true }
}

function choiceOf({ statusId, by, forMs, note }: Chosen, at: number): NextChoice {
  return { statusId, by, at, forMs, note }
}

function sameChoice(one: NextChoice, other: NextChoice): boolean {
  return (
    one.statusId === other.statusId &&
    sameActor(one.by, other.by) &&
    one.forMs === other.forMs &&
    one.note === other.note
  )
}

function refuseStatus({ statusId, by }: Chosen, config: Configuration): Refusal | null {
  const status = own(config.statuses, statusId)
  if (status && isSelectable(status, by.kind)) return null
  const message = `The status ${statusId} is unknown, archived, or not yours to choose; ask for the options and take one of them.`
  return refuse('status-not-selectable', message, { statusId })
}

function refuseSignedOut({ link, representativeId }: Facts): Refusal | null {
  if (link.kind !== 'signed-out') return null
  return refuse('not-signed-in', `${representativeId} is signed out; choose when she has signed in.`)
}

function refuseRevision(expected: number | null, revision: number): Refusal | null {
  if (expected === null || expected === revision) return null
  const message = `Revision ${expected} was expected, but it is ${revision} now; read the presence again and repeat your change.`
  return refuse('revision-mismatch', message, { expected, revision })
}
