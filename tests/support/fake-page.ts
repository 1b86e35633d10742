// A page that does what a test says: wakes, freezes, loses its network, counts who still listens.
import type { Page } from '../../client-sdk/src/page.ts'

export interface FakePage extends Page {
  wake(): void
  freeze(): void
  setOnline(online: boolean): void
  readonly held: ReadonlySet<string>
  listeners(): number
}

export function createFakePage(): FakePage {
  const wakes = new Set<() => void>()
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
    wake() {
      for (const listener of wakes) listener()
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
