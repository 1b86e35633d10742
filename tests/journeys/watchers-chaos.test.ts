// Watchers who stall, vanish, come back with old cursors and change what they watch, while everything changes. The
// gate runs a small one. At full size, by hand:
//   WATCHERS=200 RATE=2000 SECONDS=60 SEED=1 npx jest tests/journeys/watchers-chaos.test.ts

import { type ChaosResult, runChaos, SETTINGS } from '../support/chaos/run.ts'

const setting = (name: string, usual: number) => Number(process.env[name] ?? usual)
const options = {
  seed: setting('SEED', Date.now() % 1_000_000),
  watchers: setting('WATCHERS', 40),
  rate: setting('RATE', 300),
  seconds: setting('SECONDS', 10),
}
/** Frames that one batch, one second of live counts and an answer may add before the next look at a socket. */
const BETWEEN_LOOKS = 32
/** What the pictures of all watchers, their bookmarks and the log of the run take: they are still held then. */
const GROWTH_MB = 32 + options.watchers
/** As reading too slowly; or, if the kernel took after all what waited, as answering no ping. */
const CLOSED = ['slow', 'silent']
const told = `${options.watchers} watchers, ${options.rate} changes/s, ${options.seconds} s, seed ${options.seed}`

describe(`chaos of ${told}`, () => {
  let result: ChaosResult
  beforeAll(async () => {
    result = await runChaos(options)
    result.figures.print(`Chaos of ${told}`)
  }, 600_000)

  it('[SU1, SU2, SU3, SU6] nothing wrong was shown to anybody, and in the end all show what the store shows', () => {
    expect(result.complaints).toEqual([])
  })

  it('had something to judge: changes, diffs, states, stalls, refusals', () => {
    const { of } = result.figures
    expect(of('changes')).toBeGreaterThan(1_000)
    const wanted = [
      'diffs',
      'states',
      'stalls',
      'disconnections',
      'watches refused',
      'live counts',
      'revocations',
    ]
    expect(wanted.filter(what => of(what) === 0)).toEqual([])
  })

  it('[SU5] who does not read is cut off, and closed if it never does', () => {
    const { of } = result.figures
    expect([of('cut off') >= 2, of('resyncs (slow)') >= 1]).toEqual([true, true])
    expect(CLOSED.reduce((sum, reason) => sum + of(`sleepers closed (${reason})`), 0)).toBe(1)
  })

  it('[SU5] what waits for a socket is bounded, and the memory after it is that of before', () => {
    const { of } = result.figures
    expect(of('most frames waiting for a socket')).toBeLessThan(SETTINGS.slowFrames + BETWEEN_LOOKS)
    expect(of('heap after (MB)') - of('heap before (MB)')).toBeLessThan(GROWTH_MB)
  })

  it('[SU5] nobody waits for the one who does not read', () => {
    const { percentile } = result.figures
    expect(percentile('in storms', 0.99)).toBeLessThan(SETTINGS.slowMs)
    expect(percentile('in play', 0.99)).toBeLessThan(SETTINGS.slowMs)
  })
})
