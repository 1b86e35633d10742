// Plays the script against a server: every representative is a client of the SDK with a real socket, the supervisor
// works over HTTP.

import { createRepresentative, type RepresentativeClient } from '@rollcall/client'
import type { Role } from '@rollcall/shared/vocabulary'
import { isLoopback } from '../../auth/loopback.ts'
import type { Clock } from '../../clock.ts'
import type { Cast, Player } from './cast.ts'
import { type Act, type Step, script } from './script.ts'
import { call, type Http, setUp } from './setup.ts'

export interface DemoOptions {
  /** Where the server is: on this machine, or the demo refuses. */
  readonly url: string
  readonly cast: Cast
  readonly seed: number
  readonly clock: Clock
  /** Mints a token for a person of the demo. */
  readonly tokenFor: (claims: {
    sub: string
    roles: readonly Role[]
    name: string
    queues?: readonly string[]
    watches?: readonly string[]
  }) => string
  /** An act that did not succeed. Some never do: the script keeps only a rough picture of the server. */
  readonly onRefusal: (step: Step, error: unknown) => void
}

export interface Demo {
  /** Everybody's socket is closed when it resolves. */
  stop(): Promise<void>
}

/** Configures the server, then plays until stopped. Rejects if the configuration is refused. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { url, cast, clock, tokenFor } = options
  if (!isLoopback(new URL(url).hostname)) {
    throw new Error(`The demo plays against a server on this machine only, not against ${url}.`)
  }
  const { id, name } = cast.supervisor
  const roles = ['supervisor', 'administrator', 'service'] as const
  await setUp({ url, token: () => tokenFor({ sub: 'demo', name: 'Demo', roles, watches: ['*'] }) }, cast)

  const supervisor: Http = {
    url,
    token: () => tokenFor({ sub: id, name, roles: ['supervisor'], watches: ['*'] }),
  }
  const stage = createStage(options, supervisor)
  const steps = script(cast, options.seed)
  let stopped = false
  let cancel = () => {}
  let playedUntilMs = 0
  playNext()

  return {
    async stop() {
      stopped = true
      cancel()
      await stage.clear()
    },
  }

  /** Waits from act to act, so that a machine that slept goes on where it was instead of catching up. */
  function playNext(): void {
    const step = steps.next().value
    cancel = clock.after(step.atMs - playedUntilMs, () => {
      if (stopped) return
      playedUntilMs = step.atMs
      stage.play(step)
      playNext()
    })
  }
}

interface Stage {
  play(step: Step): void
  clear(): Promise<void>
}

function createStage({ url, cast, tokenFor, clock, onRefusal }: DemoOptions, supervisor: Http): Stage {
  const players = new Map(cast.players.map(player => [player.id, player]))
  const clients = new Map<string, RepresentativeClient>()
  /** Acts of one person happen one after another. */
  const pending = new Map<string, Promise<void>>()
  /** Work items of an earlier run are closed, and their ids gone for a day. */
  const run = clock.wall().toString(36)

  return {
    play(step) {
      const player = players.get(step.playerId)
      if (!player) return
      const before = pending.get(player.id) ?? Promise.resolve()
      pending.set(
        player.id,
        before.then(() => perform(player, step.act)).catch(error => onRefusal(step, error)),
      )
    },
    async clear() {
      for (const client of clients.values()) client.disconnect()
      await Promise.all(pending.values())
    },
  }

  async function perform(player: Player, act: Act): Promise<void> {
    const client = clientOf(player)
    switch (act.kind) {
      case 'sign-in':
      case 'return':
        await client.connect()
        return
      case 'drop':
        client.disconnect()
        return
      case 'sign-out':
        await client.signOut()
        return
      case 'accept': {
        const { workstreamId, attributes } = act
        await client.accept(idOf(act.workItemId), { workstreamId, attributes })
        return
      }
      case 'close':
        await client.close(idOf(act.workItemId))
        return
      case 'transfer':
        await client.transfer(idOf(act.workItemId), { representativeId: act.to })
        return
      case 'choose':
        await choose(player, client, act)
        return
      case 'reset':
        await client.resetPresence()
        return
    }
  }

  async function choose(
    player: Player,
    client: RepresentativeClient,
    act: Act & { kind: 'choose' },
  ): Promise<void> {
    const { statusId, when, forMs, note, bySupervisor } = act
    const more = { when, ...(forMs !== null && { forMs }), ...(note !== null && { note }) }
    if (bySupervisor) {
      await call(supervisor, 'PUT', `/v1/representatives/${player.id}/presence`, { statusId, ...more })
    } else await client.setPresence(statusId, more)
  }

  function clientOf({ id, name, queues }: Player): RepresentativeClient {
    const known = clients.get(id)
    if (known) return known
    const getToken = () => tokenFor({ sub: id, name, roles: ['representative'], queues })
    const client = createRepresentative({ url, getToken })
    clients.set(id, client)
    return client
  }

  function idOf(workItemId: string): string {
    return `${workItemId}-${run}`
  }
}
