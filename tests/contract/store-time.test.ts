import { createStoreTime } from '../../server/src/storage/embedded/store-time.ts'

const START = 1_800_000_000_000

function start(floor = 0) {
  // Small numbers: added to one as large as a date, steps this small are rounded (which was the fault).
  let wall = 0
  let elapsed = 0
  const clock = {
    wall: () => START + Math.floor(wall + 1e-6),
    elapsed: () => elapsed,
    after: () => () => undefined,
  }
  const now = createStoreTime(clock, floor)
  return {
    now,
    pass(ms: number, wallMs = ms) {
      elapsed += ms
      wall += wallMs
    },
    set(ms: number) {
      wall += ms
    },
  }
}

it('[DI2] keeps to the wall clock, however often it is asked', () => {
  const { now, pass } = start()
  for (let times = 0; times < 200_000; times++) {
    pass(0.05)
    now()
  }
  expect(now() - START).toBe(10_000)
})

it('[DI2] does not run away from a wall clock that is slower than elapsed time', () => {
  const { now, pass } = start()
  for (let times = 0; times < 100_000; times++) {
    pass(10, 9.999)
    now()
  }
  expect(now() - START).toBeLessThanOrEqual(999_900)
})

it('[DI2] never runs backwards: a wall clock set back by little is waited for, by much is left', () => {
  const { now, pass, set } = start()
  pass(1_000)
  set(-40)
  expect(now()).toBe(START + 960)
  const little = start()
  little.pass(1_000)
  little.now()
  little.set(-40)
  expect(little.now()).toBe(START + 1_000)
  little.pass(40)
  expect(little.now()).toBe(START + 1_000)
  little.pass(5)
  expect(little.now()).toBe(START + 1_005)
  const much = start()
  much.pass(1_000)
  much.now()
  much.set(-3_600_000)
  much.pass(500)
  expect(much.now()).toBe(START + 1_500)
  much.set(3_600_000)
  expect(much.now()).toBe(START + 1_500)
  much.pass(7)
  expect(much.now()).toBe(START + 1_507)
})

it('[DI10] follows a wall clock that is set forward, and begins no earlier than its floor', () => {
  const { now, set } = start()
  set(3_600_000)
  expect(now()).toBe(START + 3_600_000)
  const late = start(START + 60_000)
  late.pass(1_000)
  expect(late.now()).toBe(START + 61_000)
})
