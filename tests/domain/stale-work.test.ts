import { earliestDeadline } from '../../server/src/domain/deadlines-of.ts'
import { codeOf, type Floor, MINUTE, SERVICE, START, twoPeople } from '../support/domain-builders.ts'

const HOUR = 60 * MINUTE

/** Ada has been at work on w1 since the start; after an hour without a report it is stale. */
function atWork(staleWorkAfterMs: number | null = HOUR): Floor {
  const floor = twoPeople({ policy: { staleWorkAfterMs } })
  floor.assign('w1')
  return floor
}
const staleOf = (floor: Floor, id = 'ada') => floor.facts(id).work.map(({ stale }) => stale)

describe('work that nobody touches', () => {
  it('[WK8] becomes stale when its time is over, in one change, and stays in her hands', () => {
    const floor = atWork()
    expect(earliestDeadline(floor.facts(), floor.config())).toBe(START + HOUR)
    floor.wait(HOUR - 1)
    expect(codeOf(floor.pass())).toBe('nothing')
    floor.wait(1)
    floor.pass()
    const { revision, cause, shown } = floor.facts()
    expect(staleOf(floor)).toEqual([true])
    expect(cause).toMatchObject({ event: 'work-stale', rule: 'WK8', inputs: { workItemId: 'w1' } })
    expect(shown).toMatchObject({ statusId: 'busy', since: START })
    floor.wait(100 * HOUR)
    floor.pass()
    expect(floor.facts().revision).toBe(revision)
    expect(floor.item('w1')).toMatchObject({ state: 'active', representativeId: 'ada' })
  })

  it('[WK8] only the item that it is about', () => {
    const floor = atWork()
    floor.wait(MINUTE)
    floor.assign('w2')
    floor.wait(HOUR - MINUTE)
    floor.pass()
    expect(staleOf(floor)).toEqual([true, false])
  })

  it('[WK8] a report touches it, also one that changes nothing else', () => {
    const floor = atWork()
    floor.wait(HOUR - 1)
    expect(codeOf(floor.happens('resume', 'w1'))).toBe('nothing')
    expect(floor.facts().cause).toMatchObject({ event: 'work-touched', rule: 'WK8' })
    floor.wait(HOUR - 1)
    floor.pass()
    expect(staleOf(floor)).toEqual([false])
    floor.wait(1)
    floor.pass()
    expect(staleOf(floor)).toEqual([true])
    floor.happens('resume', 'w1')
    expect(staleOf(floor)).toEqual([false])
    floor.happens('wait', 'w1')
    floor.wait(HOUR)
    floor.pass()
    expect(floor.facts().work).toMatchObject([{ state: 'waiting', stale: true }])
  })

  it('[WK8, MA2] a touch ends no choice', () => {
    const floor = atWork()
    floor.choose('available')
    floor.happens('resume', 'w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'representative' })
  })

  it('[WK8, TR4] an offer of it to another touches it, and is no item of hers that drifts', () => {
    const floor = atWork()
    floor.wait(MINUTE)
    floor.transfer('w1', 'bob', SERVICE, true)
    expect(floor.facts().work[0]?.staleAt).toBe(START + MINUTE + HOUR)
    expect(floor.facts('bob').work[0]?.staleAt).toBeNull()
    floor.accept('w1', 'bob', null)
    expect(floor.facts('bob').work[0]?.staleAt).toBe(START + MINUTE + HOUR)
  })

  it('[WK8] a refused report does not touch it', () => {
    const floor = atWork()
    floor.wait(MINUTE)
    expect(codeOf(floor.happens('miss', 'w1'))).toBe('transition-not-allowed')
    expect(floor.facts().work[0]?.staleAt).toBe(START + HOUR)
  })

  it('[WK8, WK3] without the policy nothing becomes stale, and the same report changes nothing', () => {
    const floor = atWork(null)
    const { revision } = floor.facts()
    floor.happens('resume', 'w1')
    floor.wait(1_000 * HOUR)
    floor.pass()
    expect(floor.facts().revision).toBe(revision)
  })

  it('[WK8, PO3] a running time keeps its length; the next report counts by the new one', () => {
    const floor = atWork()
    floor.configure({ policy: { staleWorkAfterMs: null } })
    floor.wait(HOUR)
    floor.pass()
    expect(staleOf(floor)).toEqual([true])
    floor.happens('resume', 'w1')
    expect(floor.facts().work).toMatchObject([{ stale: false, staleAt: null }])
    floor.configure({ policy: { staleWorkAfterMs: MINUTE } })
    floor.happens('wait', 'w1')
    expect(floor.facts().work[0]?.staleAt).toBe(floor.now() + MINUTE)
  })

  it('[WK8] time counts from the first report under the policy, also one that changes nothing else', () => {
    const floor = atWork(null)
    floor.configure({ policy: { staleWorkAfterMs: HOUR } })
    floor.wait(HOUR)
    floor.pass()
    expect(floor.facts().work).toMatchObject([{ stale: false, staleAt: null }])
    floor.happens('resume', 'w1')
    floor.wait(HOUR)
    floor.pass()
    expect(staleOf(floor)).toEqual([true])
  })
})
