// What the representatives of a scenario do, phase by phase.

import type { Random } from '../simulation/random.ts'
import type { Checks } from './checks.ts'
import type { Latencies } from './latencies.ts'
import type { CommandKind, Person } from './person.ts'
import type { Mix, Phase } from './scenario.ts'

export interface Stage {
  readonly people: readonly Person[]
  readonly random: Random
  readonly checks: Checks
  /** From the instant a command was due to its answer, by kind. */
  readonly answered: Readonly<Record<CommandKind, Latencies>>
  /** Sign-ins and returns, from the first packet to `ready`. */
  readonly connected: Latencies
  readonly connecting: number
  /** True once the run is to end early. */
  readonly isOver: () => boolean
}

const TICK_MS = 2
const FREE_MS = 1

export async function playPhase(phase: Phase, stage: Stage): Promise<void> {
  switch (phase.kind) {
    case 'steady':
      return steady(phase, stage)
    case 'burst':
      return burst(phase, stage)
    case 'storm':
      return storm(phase, stage)
    case 'idle':
      return pause(phase.seconds * 1_000, stage)
  }
}

/** Connects everybody given, `connecting` at a time. A refusal is a broken check, not the end of the run. */
export async function connectAll(people: readonly Person[], stage: Stage): Promise<void> {
  const waiting = people[Symbol.iterator]()
  const one = async () => {
    for (const person of waiting) {
      if (stage.isOver()) return
      const began = performance.now()
      const broken = await person.connect().then(
        () => null,
        (error: unknown) => `could not connect: ${error instanceof Error ? error.message : error}`,
      )
      stage.checks.look('connections', person.id, broken)
      stage.connected.add(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: stage.connecting }, one))
}

async function steady({ seconds, perSecond, mix }: Phase & { kind: 'steady' }, stage: Stage): Promise<void> {
  const total = Math.round(seconds * perSecond)
  const begin = performance.now()
  const under: Promise<void>[] = []
  const next = chooserOf(stage)
  for (let i = 0; i < total && !stage.isOver(); ) {
    const due = begin + (i * 1_000) / perSecond
    if (due > performance.now()) await after(TICK_MS)
    else {
      under.push(send(await next(), kindOf(mix, stage.random), due, stage))
      i += 1
    }
  }
  await Promise.all(under)
}

async function burst({ commands, inFlight, mix }: Phase & { kind: 'burst' }, stage: Stage): Promise<void> {
  const next = chooserOf(stage)
  let left = commands
  const one = async () => {
    while (left > 0 && !stage.isOver()) {
      left -= 1
      const person = await next()
      await send(person, kindOf(mix, stage.random), performance.now(), stage)
    }
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, stage.people.length) }, one))
}

async function storm({ share, awaySeconds }: Phase & { kind: 'storm' }, stage: Stage): Promise<void> {
  const gone = stage.people.slice(0, Math.ceil(stage.people.length * share))
  for (const person of gone) person.drop()
  await pause(awaySeconds * 1_000, stage)
  await connectAll(gone, stage)
}

/** Takes the next who is connected and has no command under way; waits while there is none. null: nobody will be. */
function chooserOf({ people, isOver }: Stage): () => Promise<Person | null> {
  let at = 0
  return async () => {
    for (;;) {
      for (let tried = 0; tried < people.length; tried++) {
        const person = people[at++ % people.length]
        if (person?.take()) return person
      }
      if (isOver() || !people.some(person => person.isConnected())) return null
      await after(FREE_MS)
    }
  }
}

async function send(person: Person | null, kind: CommandKind, due: number, stage: Stage): Promise<void> {
  if (!person) return
  await person.send(kind)
  stage.answered[kind].add(performance.now() - due)
}

function kindOf({ choose, work, read }: Mix, random: Random): CommandKind {
  const dice = random.next() * (choose + work + read)
  if (dice < choose) return 'choose'
  return dice < choose + work ? 'work' : 'read'
}

async function pause(ms: number, { isOver }: Stage): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until && !isOver()) await after(Math.min(50, until - performance.now()))
}

function after(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, ms)))
}
