import fc from 'fast-check'
import { delayBefore } from '../../client-sdk/src/backoff.ts'

describe('how long to wait before connecting again', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  it('[SDK] every delay is between half a second and five seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), chance, (attempt, random) => {
        const delay = delayBefore(attempt, () => random)
        expect(delay).toBeGreaterThanOrEqual(500)
        expect(delay).toBeLessThanOrEqual(5_000)
      }),
    )
  })

  it('[SDK] a failure widens the spread, until it is five seconds wide', () => {
    const longest = [1, 2, 3, 4, 5].map(attempt => delayBefore(attempt, () => 0.999_999))
    expect(longest).toEqual([1_000, 2_000, 4_000, 5_000, 5_000])
    expect(delayBefore(5, () => 0)).toBe(500)
  })
})
