// Watchers that join and leave again, timed, in a process of their own (B8): others must not wait for their reading.

import { serveActor } from './actor.ts'
import type { Span } from './audience.ts'
import { DIALECTS, type DialectName } from './dialects.ts'
import { monotonicMs } from './now.ts'
import { mintBenchToken } from './tokens.ts'

const methods = {
  /**
   * `count` sockets connect, then ask at once. By joiner the span from there to the last byte of the state. What they
   * got is looked at only afterwards: everybody must be in it.
   */
  async join(options: {
    dialect: DialectName
    url: string
    count: number
    representatives: number
  }): Promise<readonly Span[]> {
    const joiners = await Promise.all(
      Array.from({ length: options.count }, (_, index) => open(options, index)),
    )
    return Promise.all(joiners.map(join => join()))
  },
}

export type Joiners = typeof methods

serveActor(methods)

async function open(
  { dialect, url, representatives }: Parameters<Joiners['join']>[0],
  index: number,
): Promise<() => Promise<Span>> {
  const { open, read } = DIALECTS[dialect]
  const pages: string[] = []
  let complete: () => void = () => {}
  const last = new Promise<void>(resolve => {
    complete = resolve
  })
  const sub = `joiner-${index}`
  const session = await open({
    url,
    index,
    sub,
    token: mintBenchToken(sub, ['supervisor']),
    signIn: false,
    onFrame(payload) {
      pages.push(payload.toString())
      if (payload.includes('"complete":true', payload.length - 32)) complete()
    },
  })
  return async () => {
    const from = monotonicMs()
    const answer = await session.command('watch', dialect === 'rollcall' ? { queues: '*' } : {})
    // A state in one piece is here; one in pages says so behind its first, before the live counts.
    if (answer.includes('"complete":false')) await last
    const to = monotonicMs()
    session.destroy()
    const everybody = new Set([answer, ...pages].flatMap(page => read(page).map(change => change.index)))
    everybody.delete(-1)
    if (everybody.size < representatives)
      throw new Error(`A state held ${everybody.size} of ${representatives} representatives.`)
    return { from, to }
  }
}
