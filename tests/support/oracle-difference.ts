// What oracle and core say differently about anybody or anything, in words.

import { PEOPLE } from './oracle-floor.ts'
import type { Scene } from './oracle-steps.ts'
import { itemInWords } from './oracle-view.ts'

/** null: nothing. */
export function difference({ oracle, core, items, at }: Scene): string | null {
  oracle.tick(at)
  for (const id of PEOPLE) {
    const ours = oracle.presence(id)
    const theirs = core.presence(id, at)
    for (const key in ours) {
      const [one, other] = [ours[key as keyof typeof ours], theirs[key as keyof typeof ours]]
      if (!same(one, other))
        return `${id}, ${key}\n  oracle ${JSON.stringify(one)}\n  core   ${JSON.stringify(other)}`
    }
  }
  for (const id of items) {
    const item = oracle.item(id)
    const ours = item === undefined ? null : itemInWords(item)
    const theirs = core.item(id, at)
    if (ours !== theirs) return `item ${id}\n  oracle ${ours}\n  core   ${theirs}`
  }
  return null
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((each, index) => each === other[index])
}
