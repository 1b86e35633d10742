// What watchers do at random: stall, disconnect, come back with whatever cursor they find, watch something else, ask
// for what is not theirs, and get other tokens.

import type { Random } from '../../../server/src/cli/simulation/random.ts'
import { QUEUES } from './floor.ts'
import { keyOf, type Picture } from './picture.ts'
import type { Queues, Since, Watcher } from './watching.ts'

export interface Acts {
  /** The next thing that this one does; nothing while it waits for an answer. */
  act(watcher: Watcher): void
  /** It is to be connected, to read and to watch; asks for what is missing. */
  settle(watcher: Watcher): void
}

export function createActs(random: Random, revoke: (watcher: Watcher) => void): Acts {
  /** Cursors of everybody, to be presented where they prove nothing. */
  const strangers: { readonly of: Picture; readonly cursor: string }[] = []

  function someOf(queues: Queues): Queues {
    if (queues === '*' && random.chance(0.4)) return '*'
    const from = queues === '*' ? QUEUES : queues
    const some = from.filter(() => random.chance(1.5 / from.length))
    return some.length > 0 ? some : [random.pick(from)]
  }

  function since(watcher: Watcher, queues: Queues): Since {
    const picture = watcher.pictureOf(queues)
    const latest = picture.cursors.at(-1)
    if (latest && random.chance(0.1)) strangers.push({ of: picture, cursor: latest })
    const dice = random.next()
    if (dice < 0.4) return { cursor: latest, proves: true }
    if (dice < 0.7 && latest) return { cursor: random.pick(picture.cursors), proves: true }
    if (dice < 0.8) return { cursor: foreign(queues), proves: false }
    if (dice < 0.9 && watcher.halfStates.length > 0)
      return { cursor: random.pick(watcher.halfStates), proves: false }
    if (dice < 0.92) return { cursor: 'no-cursor-of-anybody', proves: false }
    return { cursor: undefined, proves: false }
  }

  /** Of a watch of other queues, of this watcher or another. */
  function foreign(queues: Queues): string | undefined {
    const key = keyOf(queues)
    const others = strangers.filter(({ of }) => keyOf(of.queues) !== key)
    return others.length > 0 ? random.pick(others).cursor : undefined
  }

  /** Mostly what was watched before: what a cursor is for. */
  function watch(watcher: Watcher): void {
    const latest = watcher.latest()
    const queues = latest && random.chance(0.6) ? latest : someOf(watcher.grant())
    watcher.watch(queues, since(watcher, queues))
  }

  function trespass(watcher: Watcher): void {
    const grant = watcher.grant()
    const others = QUEUES.filter(queue => grant !== '*' && !grant.includes(queue))
    if (grant === '*' || others.length === 0) return
    watcher.trespass(random.chance(0.3) ? '*' : [random.pick(grant), random.pick(others)])
  }

  const OFTEN: readonly (readonly [number, (watcher: Watcher) => void])[] = [
    [0.34, watch],
    [0.4, watcher => watcher.unwatch()],
    [0.47, trespass],
    [0.67, watcher => watcher.stall()],
    [0.87, watcher => watcher.drop(random.chance(0.5))],
    [0.98, watcher => watcher.refresh(someGrant(random))],
    [1, revoke],
  ]

  return {
    act(watcher) {
      if (watcher.isStalled()) {
        // Whoever stalls may still ask; the answer waits with the rest.
        if (random.chance(0.2) && !watcher.isAsking()) return watch(watcher)
        return watcher.wake()
      }
      if (!watcher.isConnected()) return watcher.connect()
      if (watcher.isAsking() || watcher.isDoomed()) return
      if (!watcher.picture()) return watch(watcher)
      const dice = random.next()
      OFTEN.find(([most]) => dice < most)?.[1](watcher)
    },
    settle(watcher) {
      if (watcher.isStalled()) watcher.wake()
      if (!watcher.isConnected()) return watcher.connect()
      if (!watcher.isAsking() && !watcher.isDoomed() && !watcher.picture()) watch(watcher)
    },
  }
}

export function someGrant(random: Random): Queues {
  if (random.chance(0.15)) return '*'
  const some = QUEUES.filter(() => random.chance(0.25))
  return some.length > 0 ? some : [random.pick(QUEUES)]
}
