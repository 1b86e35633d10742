// Plays the script against a server: every representative is a client of the SDK with a real socket; the supervisor
// and the telephony work over HTTP. It keeps going over a server that dies and comes back.

import type { Role } from '@rollcall/shared/vocabulary'
import { isLoopback } from '../../auth/loopback.ts'
import type { Clock } from '../../clock.ts'
import { itemOf, peopleOf, type Step } from './acts.ts'
import type { Cast, Player } from './cast.ts'
import { type Day, DEMO_DAY } from './floor.ts'
import type { Http } from './http.ts'
import { createPerformance } from './performance.ts'
import { createPerson, type Person } from './person.ts'
import { createRelay, type Relay } from './relay.ts'
import type { Report } from './report.ts'
import { script } from './script.ts'
import { setUp } from './setup.ts'

export interface Claims {
  readonly sub: string
  readonly roles: readonly Role[]
  readonly name: string
  readonly queues?: readonly string[]
  readonly watches?: readonly string[]
}

export interface PlayOptions {
  /** Where the server is: on this machine, unless `elsewhere`. */
  readonly url: string
  readonly elsewhere?: boolean
  readonly cast: Cast
  readonly seed: number
  readonly day?: Day
  /** How many times faster than the script says. Default 1. */
  readonly pace?: number
  readonly clock: Clock
  /** Makes a token for somebody who plays. */
  readonly tokenFor: (claims: Claims) => string | Promise<string>
  readonly onReport: (report: Report) => void
}

export interface Play {
  /** Ids of work items on the server: the script's, made unique for this run. */
  readonly nameOf: (workItemId: string) => string
  /** Everybody who has been here, by id. */
  readonly people: ReadonlyMap<string, Person>
  /** No further act begins; resolves when those under way have ended. */
  pause(): Promise<void>
  /** Everybody's socket is closed when it resolves. */
  stop(): Promise<void>
}

/** Configures the server, then plays until stopped. Rejects if the configuration is refused. */
export async function startPlay(options: PlayOptions): Promise<Play> {
  const { url, cast, clock, tokenFor, onReport, pace = 1, day = DEMO_DAY } = options
  if (!options.elsewhere && !isLoopback(new URL(url).hostname)) {
    throw new Error(`This plays against a server on this machine only, not against ${url}.`)
  }
  const roles = ['supervisor', 'administrator', 'service'] as const
  const service: Http = {
    url,
    token: () => tokenFor({ sub: 'simulation', name: 'Simulation', roles, watches: ['*'] }),
  }
  await setUp(service, cast)

  const players = new Map(cast.players.map(player => [player.id, player]))
  const people = new Map<string, Person>()
  const relays = new Map<string, Relay>()
  if (day.cuts) {
    for (const { id, fromHome } of cast.players) if (fromHome) relays.set(id, await createRelay(url))
  }
  /** Acts of one person, and acts about one work item, happen one after another. */
  const pending = new Map<string, Promise<void>>()
  /** Work items of an earlier run are closed, and their ids gone for a day. */
  const beganAt = clock.wall()
  const run = beganAt.toString(36)
  const nameOf = (workItemId: string) => `${workItemId}-${run}`
  const { id, name } = cast.supervisor
  const supervisor: Http = {
    url,
    token: () => tokenFor({ sub: id, name, roles: ['supervisor'], watches: ['*'] }),
  }
  const perform = createPerformance({ service, supervisor, nameOf, pace, onReport, clock })
  const steps = script(cast, options.seed, day)
  let stopped = false
  let cancel = () => {}
  let playedUntilMs = 0
  playNext()

  return {
    nameOf,
    people,
    async pause() {
      stopped = true
      cancel()
      await Promise.all(pending.values())
    },
    async stop() {
      stopped = true
      cancel()
      for (const person of people.values()) person.disconnect()
      await Promise.all(pending.values())
      await Promise.all([...relays.values()].map(relay => relay.close()))
    },
  }

  /** Waits from act to act, so that a machine that slept goes on where it was instead of catching up. */
  function playNext(): void {
    const step = steps.next().value
    cancel = clock.after((step.atMs - playedUntilMs) / pace, () => {
      if (stopped) return
      playedUntilMs = step.atMs
      play(step)
      playNext()
    })
  }

  function play(step: Step): void {
    const player = players.get(step.playerId)
    if (!player) return
    const keys = keysOf(step)
    const before = Promise.all(keys.map(key => pending.get(key)))
    const done = before.then(() => perform(step, personOf(player)))
    for (const key of keys) pending.set(key, done)
  }

  function personOf(player: Player): Person {
    const { id, name, queues } = player
    const known = people.get(id)
    if (known) return known
    const getToken = () => tokenFor({ sub: id, name, roles: ['representative'], queues })
    const relay = relays.get(id) ?? null
    const person = createPerson({ player, url, relay, getToken, onReport, beganAt })
    people.set(id, person)
    return person
  }
}

function keysOf(step: Step): readonly string[] {
  const item = itemOf(step.act)
  const people = peopleOf(step).map(id => `person ${id}`)
  const place = step.act.kind === 'configure' ? ['place'] : []
  return [...people, ...place, ...(item === null ? [] : [`item ${item}`])]
}
