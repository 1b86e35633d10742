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
    // Since a message takes its time, the server's clock is a little ahead of what is known of it here: without a
    // bound, an offer of 120 s would begin with 121.
    const ends = open ? Date.parse(open.expiresAt) : 0
    const left = Math.max(0, ends - Math.max(serverNow(), Date.parse(offer.offeredAt)))
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
