// The representatives of a scenario, in a process of their own: they connect, send commands, drop and return.

import { serveActor } from './actor.ts'
import { type Measured, runLoad } from './closed-loop.ts'
import { commandOf, type Kind } from './commands.ts'
import { DIALECTS, type DialectName, nameOf } from './dialects.ts'
import { type Paced, paceLoad } from './open-loop.ts'
import type { Session } from './session.ts'
import { mintBenchToken } from './tokens.ts'

/** Handshakes under way at once. "At once" with all of them would measure the kernel's queue of connections. */
const HANDSHAKES = 256

let dialect: DialectName = 'rollcall'
let url = ''
let sessions: Session[] = []
/** Who returns brings the token that she left with. */
let tokens: string[] = []
let turns = new Int32Array(0)
/** By representative, the revision of the last acknowledged change; 0: none. */
let revisions = new Int32Array(0)
/** What was shown before a drop, by representative. */
let shown: string[] = []
let next = 0

const methods = {
  async connect(options: { dialect: DialectName; url: string; count: number }): Promise<void> {
    dialect = options.dialect
    url = options.url
    turns = new Int32Array(options.count)
    revisions = new Int32Array(options.count)
    tokens = Array.from({ length: options.count }, (_, i) => mintBenchToken(nameOf(i), ['representative']))
    await openAll(options.count)
    sessions.forEach(({ greeting }, index) => {
      revisions[index] = revisionIn(greeting)
    })
  },

  run(options: { kind: Kind; commands: number; inFlight: number }): Promise<Measured> {
    return runLoad(options.commands, options.inFlight, () => send(options.kind))
  },

  pace(options: { kind: Kind; perSecond: number; seconds: number }): Promise<Paced> {
    return paceLoad(options.perSecond, options.seconds, () => send(options.kind))
  },

  async revisions(_: null): Promise<Int32Array> {
    return revisions
  },

  /** A tab that every second representative chose to be away in must be found so again. */
  async chooseHalf(_: null): Promise<void> {
    const half = sessions.filter((_, index) => index % 2 === 0)
    let at = 0
    await runLoad(half.length, 64, async () => {
      await half[at++]?.command('presence:set', { statusId: 'away' })
    })
  },

  /** All sockets end without a word. What was shown before is remembered. */
  async drop(_: null): Promise<void> {
    if (dialect === 'rollcall') shown = await Promise.all(sessions.map(shownTo))
    for (const session of sessions) session.destroy()
  },

  /** All come back. Counts whose presence, origin and `since` are what they were (SI4); null where a peer says nothing. */
  async comeBack(_: null): Promise<{ seconds: number; restored: number | null }> {
    const began = performance.now()
    await openAll(sessions.length)
    const seconds = (performance.now() - began) / 1000
    if (dialect !== 'rollcall') return { seconds, restored: null }
    const restored = sessions.filter(({ greeting }, index) => shownIn(greeting) === shown[index]).length
    return { seconds, restored }
  },
}

export type Fleet = typeof methods

serveActor(methods)

async function openAll(count: number): Promise<void> {
  const opened: Session[] = new Array(count)
  let at = 0
  await runLoad(count, HANDSHAKES, async () => {
    const index = at++
    opened[index] = await open(index)
  })
  sessions = opened
}

function open(index: number): Promise<Session> {
  const token = tokens[index] ?? ''
  return DIALECTS[dialect].open({ url, index, sub: nameOf(index), token, signIn: true })
}

/** By turns, so that a change is everybody's. */
async function send(kind: Kind): Promise<void> {
  const index = next++ % sessions.length
  const turn = turns[index] ?? 0
  turns[index] = turn + 1
  const { event, payload } = commandOf(dialect, kind, index, turn)
  const answer = await sessions[index]?.command(event, payload)
  if (answer === undefined || !answer.includes('"ok":true', 0)) {
    throw new Error(`A command was refused: ${answer}`)
  }
  revisions[index] = dialect === 'mqtt' ? turn + 1 : revisionIn(answer)
}

function revisionIn(text: string): number {
  const at = text.indexOf('"revision":')
  return at < 0 ? 0 : Number.parseInt(text.slice(at + 11, at + 23), 10)
}

async function shownTo(session: Session): Promise<string> {
  return shownIn(await session.command('presence:get', {}))
}

function shownIn(text: string): string {
  const fields = ['statusId', 'origin', 'since'].map(
    name => new RegExp(`"${name}":"([^"]*)"`).exec(text)?.[1],
  )
  return fields.join(' ')
}
