// The watchers of a scenario, in a process of their own. Every frame that reaches any of them is read, and every
// watcher's replica is kept: a frame that several get is decoded once and found again by comparing bytes, so that a
// hundred watchers cost little more than the bytes themselves.

import { serveActor } from './actor.ts'
import { runLoad } from './closed-loop.ts'
import { createDecoder } from './decoder.ts'
import { DIALECTS, type DialectName, type SeenChange } from './dialects.ts'
import { createHistogram } from './histogram.ts'
import { monotonicMs } from './now.ts'
import type { Session } from './session.ts'
import { mintBenchToken } from './tokens.ts'

interface Watcher {
  readonly session: Session
  /** By representative; what a whole replica would hold, as far as this scenario asks. */
  readonly revisions: Int32Array
}

export interface Account {
  /** Changes that reached a watcher, counted once for each watcher; conflated ones are not in it. */
  readonly received: number
  readonly frames: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly steppedBack: number
  /** CPU time of this process, in percent of the time since `begin`: near 100 it is what was measured. */
  readonly busyPercent: number
}

export interface Span {
  readonly from: number
  readonly to: number
}

const POLL_MS = 20
const HANDSHAKES = 16

let watchers: Watcher[] = []
let histogram = createHistogram()
let received = 0
let frames = 0
let steppedBack = 0
let began = { at: 0, cpu: process.cpuUsage() }
/** Of every live change, if a scenario asks for them one by one: when it was sent, and its delay. */
let kept: { readonly sentAt: number; readonly ms: number }[] | null = null

const methods = {
  /** Each watches everybody; resolves when each has the whole state. */
  async join(options: { dialect: DialectName; url: string; count: number; representatives: number }) {
    const { open, read } = DIALECTS[options.dialect]
    const decode = createDecoder(read)
    let at = 0
    await runLoad(options.count, HANDSHAKES, async () => {
      const index = at++
      const revisions = new Int32Array(options.representatives)
      const take = (changes: readonly SeenChange[], isLive: boolean) => note(revisions, changes, isLive)
      let whole = false
      const sub = `watcher-${index}`
      const session = await open({
        url: options.url,
        index,
        sub,
        token: mintBenchToken(sub, ['supervisor']),
        signIn: false,
        onFrame(payload) {
          frames += 1
          take(decode(payload), whole)
        },
      })
      const answer = await session.command('watch', options.dialect === 'rollcall' ? { queues: '*' } : {})
      if (!answer.includes('"ok":true')) throw new Error(`A watch was refused: ${answer.slice(0, 200)}`)
      if (options.dialect !== 'mqtt') take(read(answer), false)
      whole = true
      watchers.push({ session, revisions })
    })
  },

  /** Forgets what was counted so far. */
  async begin(options: { keepEach: boolean }): Promise<void> {
    kept = options.keepEach ? [] : null
    histogram = createHistogram()
    received = 0
    frames = 0
    steppedBack = 0
    began = { at: performance.now(), cpu: process.cpuUsage() }
  },

  /** Waits until every replica holds these revisions, and says how many do not after `withinMs`. */
  async converge(options: { revisions: Int32Array; withinMs: number }): Promise<{ behind: number }> {
    const deadline = performance.now() + options.withinMs
    for (;;) {
      const behind = watchers.filter(watcher => !isEqual(watcher.revisions, options.revisions)).length
      if (behind === 0 || performance.now() > deadline) return { behind }
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
    }
  },

  async account(_: null): Promise<Account> {
    const { user, system } = process.cpuUsage(began.cpu)
    const busyPercent = (user + system) / 10 / (performance.now() - began.at)
    const [p50Ms, p99Ms] = [histogram.quantile(0.5), histogram.quantile(0.99)]
    return { received, frames, steppedBack, p50Ms, p99Ms, busyPercent }
  },

  /** The delays of changes that were sent within one of the spans, by `monotonicMs`. */
  async delaysWithin(spans: readonly Span[]): Promise<readonly number[]> {
    const isWithin = (at: number) => spans.some(({ from, to }) => at >= from && at <= to)
    return (kept ?? []).filter(({ sentAt }) => isWithin(sentAt)).map(({ ms }) => ms)
  },

  async leave(_: null): Promise<void> {
    for (const { session } of watchers) session.destroy()
    watchers = []
  },
}

export type Audience = typeof methods

serveActor(methods)

/** Delays count for live changes only: what comes with a state happened long before. */
function note(revisions: Int32Array, changes: readonly SeenChange[], isLive: boolean): void {
  const now = monotonicMs()
  for (const { index, revision, sentAt } of changes) {
    const before = revisions[index]
    if (before === undefined) continue
    if (revision < before) steppedBack += 1
    else revisions[index] = revision
    if (!isLive) continue
    received += 1
    if (!(sentAt > 0)) continue
    histogram.add(now - sentAt)
    kept?.push({ sentAt, ms: now - sentAt })
  }
}

function isEqual(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}
