// One side of a scenario while it runs: its server, and its representatives in a process of their own.

import { type Actor, startActor } from '../load/actor.ts'
import type { Audience } from '../load/audience.ts'
import type { Fleet } from '../load/fleet.ts'
import type { ServerProcess } from '../servers/child.ts'
import { requireDescriptors } from '../servers/descriptors.ts'
import type { Side } from '../servers/sides.ts'

export interface Floor {
  readonly side: Side
  readonly server: ServerProcess
  readonly fleet: Actor<Fleet>
  readonly audience: Actor<Audience>
  readonly representatives: number
  close(): Promise<void>
}

/** The most watchers that come beside the representatives. */
const WATCHERS = 1_000

/** Everybody is connected when it resolves. */
export async function openFloor(side: Side, representatives: number): Promise<Floor> {
  requireDescriptors(representatives + WATCHERS)
  const server = await side.start()
  const fleet = startActor<Fleet>('./fleet.js')
  const audience = startActor<Audience>('./audience.js')
  const close = async () => {
    await Promise.all([fleet.stop(), audience.stop()])
    await server.stop()
  }
  try {
    await fleet.call('connect', { dialect: side.dialect, url: server.url, count: representatives })
    await server.quiet()
    return { side, server, fleet, audience, representatives, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens all, runs, closes all whatever happens. */
export async function withFloors<Answer>(
  sides: readonly Side[],
  representatives: number,
  run: (floors: readonly Floor[]) => Promise<Answer>,
): Promise<Answer> {
  const floors: Floor[] = []
  try {
    for (const side of sides) floors.push(await openFloor(side, representatives))
    return await run(floors)
  } finally {
    await Promise.all(floors.map(floor => floor.close()))
  }
}
