// B4: what an idle representative takes in memory, facts and view and socket, against a bare socket.

import { type Actor, startActor } from '../load/actor.ts'
import type { Fleet } from '../load/fleet.ts'
import { median } from '../load/numbers.ts'
import { requireDescriptors } from '../servers/descriptors.ts'
import { BARE, PLAIN_WS, rollcall, type Side } from '../servers/sides.ts'
import { type Options, type Result, setUpOf } from './scenario.ts'

const FULL = { representatives: 10_000 }
const QUICK = { representatives: 500 }

interface MemoryFigures {
  readonly heapKb: number
  readonly residentKb: number
}

export async function b4({ quick, rounds, profileTo, say }: Options): Promise<Result> {
  const { representatives } = quick ? QUICK : FULL
  requireDescriptors(representatives)
  const sides = [rollcall(profileTo), BARE, PLAIN_WS]
  const bySide: Record<string, MemoryFigures[]> = {}
  for (let round = 1; round <= rounds; round++) {
    for (const side of sides) {
      say(`round ${round} of ${rounds}: ${side.name}`)
      const figures = await measure(side, representatives)
      bySide[side.name] = [...(bySide[side.name] ?? []), figures]
    }
  }
  const row = (what: string, pick: (figures: MemoryFigures) => number) => {
    const medians = Object.entries(bySide).map(([name, list]) => [name, median(list.map(pick))] as const)
    const values: Readonly<Record<string, number>> = Object.fromEntries(medians)
    const ratio = (values['rollcall'] ?? Number.NaN) / (values[BARE.name] ?? Number.NaN)
    return { what, values, digits: 2, ratio, target: '<= 1.20 of bare' }
  }
  return {
    title: 'B4 memory',
    how: {
      representatives,
      rounds,
      method:
        'a fresh server each round; after full collections, with everybody connected less before anybody was, by representative',
      heap: 'heapUsed and external of Node',
      resident:
        "RSS of the process; Rollcall's contains touched pages of its data file, which the system can take back",
    },
    sides: setUpOf(sides),
    rows: [
      row('heap KB/representative', ({ heapKb }) => heapKb),
      row('resident KB/representative', ({ residentKb }) => residentKb),
    ],
    checks: [],
    raw: bySide,
  }
}

async function measure(side: Side, representatives: number): Promise<MemoryFigures> {
  const server = await side.start()
  let fleet: Actor<Fleet> | null = null
  try {
    await server.quiet()
    const before = await server.memory()
    fleet = startActor<Fleet>('./fleet.js')
    await fleet.call('connect', { dialect: side.dialect, url: server.url, count: representatives })
    await server.quiet()
    const after = await server.memory()
    const kb = (bytes: number) => bytes / 1024 / representatives
    return { heapKb: kb(after.heap - before.heap), residentKb: kb(after.resident - before.resident) }
  } finally {
    await fleet?.stop()
    await server.stop()
  }
}
