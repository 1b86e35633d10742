// A small seeded generator (mulberry32), so that whatever chance found can be played again.

/** At least 0 and below 1. */
export type Random = () => number

export function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of them, each as likely. */
export function pickFrom<One>(random: Random, all: readonly One[]): One {
  return all[Math.floor(random() * all.length)] as One
}
