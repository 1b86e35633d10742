// What becomes of an offer: most are answered after a moment, some rejected, some missed.

import { type Floor, type Item, plan, type Scene } from './floor.ts'

export interface Offered {
  readonly item: Item
  /** Of a colleague (TR4), who keeps it until then. */
  readonly handedOver: boolean
  readonly taken: () => unknown
  readonly declined: () => unknown
  /** Decided already, instead of by the dice. */
  readonly fate?: Fate
}

export type Fate = 'answer' | 'reject' | 'miss'

/** After a hold (NO2, NO3) somebody has to end it, as after a break. */
export function answerLater(floor: Floor, scene: Scene, offered: Offered): void {
  const { random, day } = floor
  const { item, handedOver, taken, declined } = offered
  const fate = offered.fate ?? fateOf(random.next())
  const afterMs =
    fate === 'miss'
      ? day.offerTimeoutMs + 1_500
      : random.between(1_000, Math.max(1_000, day.offerTimeoutMs * 0.6))
  plan(floor, afterMs, scene, () => {
    if (fate === 'answer') {
      if (scene.where !== 'here') return null
      taken()
      item.state = 'active'
      scene.items.push(item)
      return { kind: 'answer', workItemId: item.id, handedOver }
    }
    if (fate === 'reject' && scene.where !== 'here') return null
    declined()
    scene.onBreak = true
    return fate === 'reject' ? { kind: 'reject', workItemId: item.id, handedOver } : null
  })
}

function fateOf(dice: number): Fate {
  return dice < 0.7 ? 'answer' : dice < 0.85 ? 'reject' : 'miss'
}
