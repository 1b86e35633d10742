// SU5, made to happen: two watchers of everything stop reading while everybody changes at length. Both are cut off; one
// reads on in time and is asked to begin again, the other never does and is closed.

import { until } from '../until.ts'
import type { Figures } from './figures.ts'
import type { Floor } from './floor.ts'
import type { ChaosServer } from './server.ts'
import type { Watcher } from './watching.ts'

export interface SleepContext {
  readonly server: ChaosServer
  readonly floor: Floor
  readonly figures: Figures
  readonly complain: (who: string, what: string) => void
  readonly newWatcher: (name: string, grant: '*') => Watcher
  readonly measure: () => void
}

export interface Sleeper {
  /** Resolves when the server has closed the one that never reads. */
  closed(): Promise<void>
  end(): void
}

/** More than the kernel takes for two sockets, and than the server lets wait. */
const STORMS = 150
const WITHIN_MS = 60_000

export async function sleep({
  server,
  floor,
  figures,
  complain,
  newWatcher,
  measure,
}: SleepContext): Promise<Sleeper> {
  const [waker, sleeper] = [newWatcher('waker', '*'), newWatcher('sleeper', '*')]
  const before = await cutOff(server)
  try {
    await fallAsleep(sleeper)
    await fallAsleep(waker)
    figures.phase('in storms')
    await stormUntil(async () => (await cutOff(server)) >= before + 2)
    figures.phase('in play')
    const resyncs = figures.of('resyncs (slow)')
    waker.wake()
    const told = () => figures.of('resyncs (slow)') > resyncs
    await until('the waker to be told to begin again', told, WITHIN_MS)
    waker.watch('*', { cursor: waker.pictureOf('*').cursors.at(-1), proves: true })
    const isRight = () => !waker.isAsking() && !waker.pictureOf('*').difference()
    await until('the waker to show what the store shows', isRight, WITHIN_MS)
  } catch (error) {
    complain('a stalled watcher:', String(error))
  } finally {
    waker.drop(true)
    figures.phase('in play')
    figures.add('cut off', await cutOff(server))
  }
  return {
    async closed() {
      const reason = await until('the sleeper to be closed', () => endOf(server, 'sleeper'), WITHIN_MS)
      figures.add(`sleepers closed (${reason})`)
    },
    end: () => sleeper.drop(true),
  }

  async function fallAsleep(watcher: Watcher): Promise<void> {
    watcher.connect()
    await until('it to be connected', watcher.isConnected)
    watcher.watch('*', { cursor: undefined, proves: false })
    await until('it to show everybody', () => watcher.picture()?.isWhole())
    watcher.stall()
  }

  async function stormUntil(isSo: () => Promise<boolean>): Promise<void> {
    for (let storm = 0; storm < STORMS; storm += 1) {
      await floor.storm()
      measure()
      if (await isSo()) return
    }
    throw new Error(`${STORMS} times everybody has changed, and nobody was cut off.`)
  }
}

/** Why its connection ended: `slow`; or, when the kernel took what waited after all, that it answers no ping. */
function endOf(server: ChaosServer, sub: string): string | undefined {
  const line = server
    .logged()
    .find(each => each.includes('connection ended') && each.includes(`"sub":"${sub}"`))
  return line && (JSON.parse(line) as { readonly reason: string }).reason
}

async function cutOff({ metrics }: ChaosServer): Promise<number> {
  const { values } = await metrics.slowWatchers.get()
  return values[0]?.value ?? 0
}
