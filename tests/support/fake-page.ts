// A page that does what a test says: wakes, freezes, loses its network, counts who still listens.
import type { Page, WakeReason } from '../../client-sdk/src/page.ts'

export interface FakePage extends Page {
  wake(reason: WakeReason): void
  freeze(): void
  setOnline(online: boolean): void
  readonly held: ReadonlySet<string>
  listeners(): number
}

export function createFakePage(): FakePage {
  const wakes = new Set<(reason: WakeReason) => void>()
  const freezes = new Set<() => void>()
  const held = new Set<string>()
  let online = true
  return {
    online: () => online,
    onWake(listener) {
      wakes.add(listener)
      return () => void wakes.delete(listener)
    },
    onFreeze(listener) {
      freezes.add(listener)
      return () => void freezes.delete(listener)
    },
    hold(lock) {
      held.add(lock)
      return () => void held.delete(lock)
    },
    wake(reason) {
      for (const listener of wakes) listener(reason)
    },
    freeze() {
      for (const listener of freezes) listener()
    },
    setOnline(next) {
      online = next
    },
    held,
    listeners: () => wakes.size + freezes.size,
  }
}
