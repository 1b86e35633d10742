// The time left to answer an offer, told each second for as long as it is open, and no longer.
import type { OfferView } from '@rollcall/shared'
import type { ClientCalls } from './client.ts'
import type { Clock } from './clock.ts'
import { type PresenceCalls, same } from './presence-store.ts'
import { together } from './together.ts'

const SECOND_MS = 1_000

/** A timer of its own, one at a time; none is left once the offer has ended, or after the undo that is returned. */
export function countdown(
  offer: OfferView,
  listener: (leftMs: number) => void,
  { getOffers, onOfferEnd, serverNow }: PresenceCalls & ClientCalls,
  clock: Clock,
): () => void {
  const isIt = same(offer)
  let cancel: () => void = () => undefined
  const tick = (): void => {
    // Looked up each time: what is no longer open has no time left.
    const open = getOffers().find(isIt)
    const left = open ? Math.max(0, Date.parse(open.expiresAt) - serverNow()) : 0
    if (left > 0) cancel = clock.after(left % SECOND_MS || SECOND_MS, tick)
    else undo()
    listener(left)
  }
  const undo = together(
    onOfferEnd(end => isIt(end.offer) && tick()),
    () => cancel(),
  )
  tick()
  return undo
}
