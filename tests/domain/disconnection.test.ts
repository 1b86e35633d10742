import { deadlinesOf, earliestDeadline } from '../../server/src/domain/deadlines-of.ts'
import { presenceOf } from '../../server/src/domain/presence-of.ts'
import { createFloor, type Floor, MINUTE, openFloor, START, SUPERVISOR } from '../support/domain-builders.ts'

const WINDOW = 150_000

const endIncarnation = (floor: Floor, incarnation: string) =>
  floor.on({ type: 'incarnation-ended', incarnation, reason: 'node-lost' })
const handOver = (floor: Floor, incarnation = 'n1', windowMs = 30_000) =>
  floor.on({ type: 'handover-began', incarnation, windowMs })

describe('disconnection', () => {
  it('[DI1] the end of the last connection shows Offline at once and opens the restore window', () => {
    const floor = openFloor()
    floor.choose('busy', { note: 'mail' })
    floor.wait(MINUTE)
    expect(floor.drop()).toMatchObject({ kind: 'done', cause: { event: 'disconnected', rule: 'DI1' } })
    expect(floor.facts().shown).toMatchObject({
      statusId: 'offline',
      origin: 'disconnected',
      note: null,
      since: floor.now(),
    })
    expect(floor.facts().link).toMatchObject({
      kind: 'absent',
      until: floor.now() + WINDOW,
      before: { statusId: 'busy', since: START },
    })
  })

  it.each([0, 1, WINDOW])('[DI2, SI4] back after %d ms, everything is as it was', ms => {
    const floor = openFloor()
    floor.choose('away', { note: 'tea', by: SUPERVISOR })
    const { shown, stance } = floor.facts()
    floor.wait(MINUTE)
    floor.drop()
    floor.wait(ms)
    expect(floor.connect()).toMatchObject({ kind: 'done', cause: { event: 'reconnected', rule: 'SI4' } })
    expect(floor.facts()).toMatchObject({ shown, stance })
  })

  it('[DI2, DI4] one millisecond later it is a sign-in, by the clock alone', () => {
    const floor = openFloor()
    floor.choose('away')
    floor.drop()
    floor.wait(WINDOW)
    expect(presenceOf(floor.facts(), floor.config(), floor.now())).toMatchObject({ origin: 'disconnected' })
    floor.wait(1)
    expect(presenceOf(floor.facts(), floor.config(), floor.now())).toMatchObject({ origin: 'signed-out' })
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[DI2, PO3] the window is the policy’s, and one that runs keeps its length', () => {
    const floor = openFloor({ policy: { restoreWindowMs: 1_000 } })
    floor.drop()
    floor.configure({ policy: { restoreWindowMs: 60_000 } })
    expect(earliestDeadline(floor.facts(), floor.config())).toBe(START + 1_001)
  })

  it('[DI3, SI4] a close during the absence is seen on return, with a new since', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.drop()
    floor.wait(MINUTE)
    floor.happens('close', 'w1')
    expect(floor.facts()).toMatchObject({ shown: { statusId: 'offline' }, cause: { rule: 'DI3' } })
    floor.connect()
    expect(floor.facts().shown).toMatchObject({
      statusId: 'available',
      origin: 'capacity',
      since: START + MINUTE,
    })
    expect(floor.facts().cause.inputs).toMatchObject({ capacity: 'CA2.5' })
  })

  it('[DI4] at the end of the window choice, next choice and hold are forgotten, work is kept', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('away')
    floor.choose('offline', { when: 'after-work' })
    floor.drop()
    floor.wait(10 * MINUTE)
    expect(floor.pass()).toMatchObject({
      kind: 'done',
      cause: { event: 'restore-window-ended', rule: 'DI4', actor: { kind: 'system', id: 'rollcall' } },
    })
    expect(floor.facts()).toMatchObject({
      link: { kind: 'signed-out' },
      stance: { kind: 'none' },
      next: null,
    })
    expect(floor.facts().work).toHaveLength(1)
    expect(floor.facts().shown).toMatchObject({ origin: 'signed-out', since: START + WINDOW + 1 })
    expect(deadlinesOf(floor.facts(), floor.config())).toEqual([])
  })

  it('[DI4, NO6] a hold ends with the window, not with a return in time', () => {
    const floor = openFloor()
    floor.offer('w1')
    floor.happens('miss', 'w1')
    floor.drop()
    floor.wait(WINDOW)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'inactive', origin: 'missed', since: START })
    floor.drop()
    floor.wait(WINDOW + 1)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[DI6] the death of a node ends its connections only', () => {
    const floor = openFloor()
    floor.connect('ada', 'ada-2', 'n2')
    expect(endIncarnation(floor, 'n1')).toMatchObject({ cause: { event: 'node-lost', rule: 'DI9' } })
    expect(floor.facts().shown.statusId).toBe('available')
    expect(endIncarnation(floor, 'n1')).toEqual({ kind: 'nothing' })
    expect(endIncarnation(floor, 'n2')).toMatchObject({ cause: { rule: 'DI6' } })
    expect(floor.facts().link).toMatchObject({ kind: 'absent', reason: 'node-lost' })
  })

  it('[DI7] a planned stop changes nothing that is shown, while clients move', () => {
    const floor = openFloor()
    floor.choose('busy')
    const { shown } = floor.facts()
    expect(handOver(floor)).toMatchObject({ kind: 'done', cause: { event: 'handover-began', rule: 'DI7' } })
    expect(handOver(floor)).toEqual({ kind: 'nothing' })
    floor.wait(10_000)
    floor.drop()
    expect(floor.facts()).toMatchObject({ link: { kind: 'handover', connections: [] }, shown })
    floor.wait(20_000)
    expect(floor.connect('ada', 'ada-2', 'n2')).toMatchObject({
      cause: { event: 'reconnected', rule: 'DI7' },
    })
    expect(floor.facts()).toMatchObject({ link: { kind: 'present' }, shown })
  })

  it('[DI7] whoever has a connection elsewhere is in no handover', () => {
    const floor = openFloor()
    floor.connect('ada', 'ada-2', 'n2')
    expect(handOver(floor)).toEqual({ kind: 'nothing' })
  })

  it('[DI7] a tab that moves first leaves the others connected', () => {
    const floor = openFloor()
    floor.connect('ada', 'ada-2', 'n1')
    handOver(floor)
    floor.connect('ada', 'ada-3', 'n2')
    floor.drop('ada', 'ada-3')
    expect(floor.facts().shown.statusId).toBe('available')
    floor.drop('ada', 'ada-1')
    floor.drop('ada', 'ada-2')
    expect(floor.facts().shown.statusId).toBe('offline')
  })

  it('[DI7] whoever has not come back is Offline from the end, and restorable counting from the stop', () => {
    const floor = openFloor()
    floor.choose('away')
    handOver(floor)
    floor.wait(30_000)
    expect(presenceOf(floor.facts(), floor.config(), floor.now()).statusId).toBe('away')
    floor.wait(1)
    expect(presenceOf(floor.facts(), floor.config(), floor.now())).toMatchObject({
      origin: 'disconnected',
      rule: 'DI7',
    })
    floor.wait(MINUTE)
    expect(floor.pass()).toMatchObject({ cause: { event: 'handover-ended', rule: 'DI7' } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'offline', since: START + 30_001 })
    floor.wait(WINDOW - MINUTE - 30_001)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'away', since: START })
  })

  it('[SI4, DI7] what falls due at the very end of a handover hides nothing that was shown until then', () => {
    const floor = openFloor({ policy: { staleWorkAfterMs: 30_001 } })
    floor.assign('w1')
    handOver(floor)
    floor.wait(30_002)
    floor.connect()
    expect(floor.facts()).toMatchObject({
      shown: { statusId: 'busy', since: START },
      work: [{ stale: true }],
    })
  })

  it('[DI7] a window shorter than the handover ends with it', () => {
    const floor = openFloor({ policy: { restoreWindowMs: 1_000 } })
    handOver(floor)
    expect(presenceOf(floor.facts(), floor.config(), START + 30_001).origin).toBe('signed-out')
    floor.wait(MINUTE)
    floor.pass()
    expect(floor.facts().shown).toMatchObject({ origin: 'signed-out', since: START + 30_001 })
  })

  it('[DI8] a sign-out ends all connections and restores by default', () => {
    const floor = openFloor()
    floor.connect('ada', 'ada-2', 'n2')
    floor.choose('away')
    expect(floor.signOut()).toMatchObject({ kind: 'done', cause: { event: 'signed-out', rule: 'DI8' } })
    expect(floor.facts()).toMatchObject({
      link: { kind: 'absent', reason: 'signed-out' },
      shown: { statusId: 'offline', origin: 'disconnected' },
    })
    expect(floor.signOut()).toEqual({ kind: 'nothing' })
    floor.wait(MINUTE)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'away', since: START })
  })

  it('[DI8] where the policy says so, a sign-out is final', () => {
    const floor = openFloor({ policy: { signOutRestores: false } })
    floor.choose('away')
    floor.signOut()
    expect(floor.facts().shown).toMatchObject({ statusId: 'offline', origin: 'signed-out' })
    expect(floor.signOut()).toEqual({ kind: 'nothing' })
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[DI8] a sign-out during an absence keeps the window that runs', () => {
    const floor = openFloor()
    floor.drop()
    floor.wait(MINUTE)
    floor.signOut()
    expect(floor.facts().link).toMatchObject({ reason: 'signed-out', until: START + WINDOW })
  })

  it('[DI9] late news of an old connection changes nothing, whatever state she is in', () => {
    const floor = createFloor()
    floor.hire()
    const late = () => floor.drop('ada', 'long-gone')
    expect(late()).toEqual({ kind: 'nothing' })
    floor.connect()
    const { revision } = floor.facts()
    expect(late()).toEqual({ kind: 'nothing' })
    expect(floor.facts().revision).toBe(revision)
    floor.drop()
    expect(late()).toEqual({ kind: 'nothing' })
    floor.connect('ada', 'ada-2')
    expect(floor.drop('ada', 'ada-1')).toEqual({ kind: 'nothing' })
    expect(floor.facts().shown.statusId).toBe('available')
  })

  it('[DI10, MA6] what was due long ago takes effect in its order, each at its own instant', () => {
    const floor = openFloor()
    floor.choose('away', { forMs: MINUTE })
    floor.drop()
    expect(deadlinesOf(floor.facts(), floor.config()).map(({ at, why }) => [at - START, why])).toEqual([
      [MINUTE, 'choice-expired'],
      [WINDOW + 1, 'restore-window-ended'],
    ])
    floor.wait(2 * MINUTE)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
    floor.drop()
    floor.wait(60 * MINUTE)
    floor.pass()
    expect(floor.facts().shown.since).toBe(START + 2 * MINUTE + WINDOW + 1)
  })
})
