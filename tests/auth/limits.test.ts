import { createLimits } from '../../server/src/auth/limits.ts'
import { createTokenBucket } from '../../server/src/auth/token-bucket.ts'
import { createManualClock } from '../support/manual-clock.ts'

const ada = { tenant: 'acme', sub: 'ada' }
const tooMany = { code: 'too-many-requests', details: { retryAfterMs: expect.any(Number) } }

it('[LIMITS] twenty connects pass at once, the next is told when to come again', async () => {
  const limits = createLimits({ on: true, clock: createManualClock() })
  for (let connect = 0; connect < 20; connect += 1) await limits.admitConnect(ada)
  await expect(limits.admitConnect(ada)).rejects.toMatchObject(tooMany)
  await limits.admitConnect({ ...ada, tenant: 'other' })
})

it('[LIMITS] sixty watches of everybody a minute', async () => {
  const limits = createLimits({ on: true, clock: createManualClock() })
  for (let watch = 0; watch < 60; watch += 1) await limits.admitWatchOfAll(ada)
  await expect(limits.admitWatchOfAll(ada)).rejects.toMatchObject(tooMany)
  for (let explained = 0; explained < 60; explained += 1) await limits.admitExplanation(ada)
  await expect(limits.admitExplanation(ada)).rejects.toMatchObject(tooMany)
})

it('[LIMITS] thirty presence commands a minute', async () => {
  const limits = createLimits({ on: true, clock: createManualClock() })
  for (let command = 0; command < 30; command += 1) await limits.admitPresenceCommand(ada)
  await expect(limits.admitPresenceCommand(ada)).rejects.toMatchObject(tooMany)
})

it('[LIMITS] twenty connections, and a place given back can be taken again', () => {
  const limits = createLimits({ on: true, clock: createManualClock() })
  const places = Array.from({ length: 20 }, () => limits.takeConnection(ada))
  expect(() => limits.takeConnection(ada)).toThrow('20 connections')
  places[0]?.()
  expect(() => limits.takeConnection(ada)).not.toThrow()
})

it('[LIMITS] a hundred commands at once, then twenty a second, and who goes on is closed', () => {
  const clock = createManualClock()
  const gate = createLimits({ on: true, clock }).createFloodGate()
  const kinds = Array.from({ length: 301 }, () => gate().kind)
  expect(kinds.slice(0, 100)).toEqual(Array(100).fill('pass'))
  expect(kinds.slice(100, 300)).toEqual(Array(200).fill('refuse'))
  expect(kinds[300]).toBe('close')
  clock.advance(1_000)
  const later = Array.from({ length: 21 }, () => gate().kind)
  expect(later.filter(kind => kind === 'pass')).toHaveLength(20)
})

it('[LIMITS] off lifts all of them', async () => {
  const limits = createLimits({ on: false, clock: createManualClock() })
  for (let time = 0; time < 50; time += 1) {
    await limits.admitConnect(ada)
    await limits.admitPresenceCommand(ada)
    limits.takeConnection(ada)
  }
  const gate = limits.createFloodGate()
  expect(Array.from({ length: 1_000 }, () => gate().kind)).not.toContain('refuse')
})

it('[LIMITS] a bucket says how long the next token takes', () => {
  const clock = createManualClock()
  const bucket = createTokenBucket(20, 1, clock.elapsed)
  expect([bucket.take(), bucket.take()]).toEqual([0, 50])
  clock.advance(50)
  expect(bucket.take()).toBe(0)
})
