import { presenceOf } from '../../server/src/domain/presence-of.ts'
import {
  ADMINISTRATOR,
  codeOf,
  MINUTE,
  openFloor,
  person,
  SERVICE,
  START,
  SUPERVISOR,
} from '../support/domain-builders.ts'

describe('manual choice', () => {
  it('[MA1] she chooses a status and is shown as it', () => {
    const floor = openFloor()
    floor.wait(MINUTE)
    const outcome = floor.choose('away', { note: 'lunch' })
    expect(outcome).toMatchObject({ kind: 'done', cause: { event: 'presence-chosen', rule: 'MA1' } })
    expect(floor.facts().shown).toEqual({
      statusId: 'away',
      text: 'Appear away',
      base: 'away',
      origin: 'representative',
      by: null,
      note: 'lunch',
      expiresAt: null,
      since: START + MINUTE,
    })
  })

  it.each(['inactive', 'nonsense', '__proto__'])(
    '[MA1] %s cannot be chosen, and nothing changes',
    statusId => {
      const floor = openFloor()
      const before = floor.facts()
      expect(codeOf(floor.choose(statusId))).toBe('status-not-selectable')
      expect(floor.facts()).toBe(before)
    },
  )

  it.each(['available', 'busy'])('[MA2] a chosen %s lasts until the next accept', statusId => {
    const floor = openFloor()
    floor.choose(statusId)
    floor.accept('w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'capacity' })
  })

  it.each(['available', 'busy'])('[MA2] a chosen %s lasts until the next close', statusId => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose(statusId)
    expect(floor.facts().shown).toMatchObject({ statusId, origin: 'representative' })
    floor.does('close', 'w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
  })

  it.each(['do-not-disturb', 'away', 'offline'])('[MA3] a chosen %s survives all work', statusId => {
    const floor = openFloor({ policy: { sessionLimit: 1 } })
    floor.hire('bob')
    floor.connect('bob')
    floor.accept('w0')
    floor.choose(statusId)
    floor.accept('w1')
    expect(floor.facts().cause).toMatchObject({ event: 'work-accepted', rule: 'MA3' })
    floor.does('close', 'w1')
    floor.transfer('w0', 'bob')
    floor.assign('w2')
    floor.happens('wrap-up', 'w2')
    floor.happens('close', 'w2')
    expect(floor.facts().shown).toMatchObject({ statusId, origin: 'representative', since: START })
  })

  it('[MA3] it ends with the restore window', () => {
    const floor = openFloor()
    floor.choose('away')
    floor.signOut()
    floor.wait(150_001)
    floor.pass()
    expect(floor.facts().stance).toEqual({ kind: 'none' })
    floor.connect()
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
  })

  it('[MA4] a choice replaces a hold, cancels the next choice, and leaves work assigned', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('away', { when: 'after-work' })
    floor.offer('w2', { force: true })
    floor.does('reject', 'w2')
    expect(floor.facts().stance).toMatchObject({ kind: 'hold', why: 'rejected' })
    floor.choose('busy')
    expect(floor.facts()).toMatchObject({ stance: { kind: 'choice', statusId: 'busy' }, next: null })
    expect(floor.facts().work.map(item => item.workItemId)).toEqual(['w1'])
  })

  it('[MA4] a choice for somebody signed out is refused', () => {
    const floor = openFloor({ policy: { signOutRestores: false } })
    floor.signOut()
    expect(codeOf(floor.choose('away'))).toBe('not-signed-in')
  })

  it.each([
    [SUPERVISOR, 'supervisor'],
    [SERVICE, 'service'],
    [ADMINISTRATOR, 'supervisor'],
    [person('bob'), 'supervisor'],
  ] as const)('[MA5] a choice by %j is sticky, named to everybody, and told to her', (by, origin) => {
    const floor = openFloor()
    floor.choose('do-not-disturb', { by })
    floor.accept('w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'do-not-disturb', origin, by })
    expect(floor.facts().notices).toMatchObject([
      { kind: 'changed-by', by, presence: { statusId: 'do-not-disturb' }, workItemId: null },
    ])
    expect(floor.choose('away', { by })).toMatchObject({ cause: { rule: 'MA5' } })
  })

  it('[MA6] a choice ends at its time, and the capacity result is shown from then', () => {
    const floor = openFloor()
    floor.choose('away', { forMs: MINUTE })
    expect(floor.facts().shown.expiresAt).toBe(START + MINUTE)
    floor.wait(MINUTE - 1)
    expect(floor.pass()).toEqual({ kind: 'nothing' })
    floor.wait(1)
    expect(presenceOf(floor.facts(), floor.config(), floor.now()).statusId).toBe('available')
    floor.wait(5_000)
    expect(floor.pass()).toMatchObject({ kind: 'done', cause: { event: 'choice-expired', rule: 'MA6' } })
    expect(floor.facts().shown).toMatchObject({ origin: 'capacity', expiresAt: null, since: START + MINUTE })
  })

  it('[MA8, DI3] a choice during the absence shows on a return in time', () => {
    const floor = openFloor()
    floor.drop()
    floor.choose('busy', { by: SUPERVISOR })
    expect(floor.facts().shown).toMatchObject({ statusId: 'offline', origin: 'disconnected' })
    floor.wait(MINUTE)
    floor.connect()
    expect(floor.facts().shown).toMatchObject({
      statusId: 'busy',
      origin: 'supervisor',
      since: START + MINUTE,
    })
  })

  it('[MA9] a reset ends a sticky choice and shows capacity, not the default', () => {
    const floor = openFloor({}, { defaultStatusId: 'busy' })
    floor.choose('offline')
    expect(floor.reset()).toMatchObject({ kind: 'done', cause: { event: 'presence-reset', rule: 'MA9' } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'capacity' })
    expect(floor.reset()).toEqual({ kind: 'nothing' })
  })

  it('[MA9] a reset by somebody else is told', () => {
    const floor = openFloor()
    floor.choose('away')
    floor.reset(SUPERVISOR)
    expect(floor.facts().notices).toMatchObject([{ kind: 'changed-by', presence: { statusId: 'available' } }])
  })

  it('[MA10] the same again is no change; another note or time keeps since', () => {
    const floor = openFloor()
    floor.choose('away')
    const { revision } = floor.facts()
    floor.wait(MINUTE)
    expect(floor.choose('away')).toEqual({ kind: 'nothing' })
    expect(floor.facts().revision).toBe(revision)
    expect(floor.choose('away', { note: 'soon back' })).toMatchObject({ cause: { rule: 'MA10' } })
    floor.choose('away', { note: 'soon back', forMs: MINUTE })
    expect(floor.facts().shown).toMatchObject({
      since: START,
      note: 'soon back',
      expiresAt: START + 2 * MINUTE,
    })
    expect(floor.facts().stance).toMatchObject({ at: START })
    floor.choose('away', { by: SUPERVISOR })
    expect(floor.facts().shown.since).toBe(START + MINUTE)
  })

  it('[MA10, MA4] the same again still cancels a next choice', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('away')
    floor.choose('offline', { when: 'after-work' })
    floor.choose('away')
    expect(floor.facts()).toMatchObject({ next: null, shown: { statusId: 'away' } })
  })

  it('[MA1, MA9] a stale revision refuses choice and reset', () => {
    const floor = openFloor()
    const { revision } = floor.facts()
    expect(codeOf(floor.choose('away', { expectedRevision: revision - 1 }))).toBe('revision-mismatch')
    expect(codeOf(floor.reset(SUPERVISOR, revision + 1))).toBe('revision-mismatch')
    expect(codeOf(floor.choose('away', { expectedRevision: revision }))).toBe('done')
    expect(codeOf(floor.reset(person('ada'), revision + 1))).toBe('done')
  })

  it('[DI10] what was due makes an expected revision stale, and is kept though the choice is refused', () => {
    const floor = openFloor()
    floor.choose('away', { forMs: MINUTE })
    const { revision } = floor.facts()
    floor.wait(2 * MINUTE)
    expect(codeOf(floor.choose('busy', { expectedRevision: revision }))).toBe('revision-mismatch')
    expect(floor.facts()).toMatchObject({ revision: revision + 1, cause: { event: 'choice-expired' } })
  })

  it('[MA5] notices are kept until seen, the latest fifty for a day', () => {
    const floor = openFloor()
    for (let turn = 0; turn < 30; turn += 1) {
      floor.choose('away', { by: SUPERVISOR })
      floor.choose('busy', { by: SUPERVISOR })
      floor.wait(1)
    }
    const { notices } = floor.facts()
    expect(notices).toHaveLength(50)
    expect(new Set(notices.map(({ id }) => id)).size).toBe(50)
    const noticeId = notices[0]?.id ?? ''
    expect(floor.on({ type: 'notice-seen', noticeId, by: person('ada') })).toMatchObject({ kind: 'done' })
    expect(floor.on({ type: 'notice-seen', noticeId, by: person('ada') })).toEqual({ kind: 'nothing' })
    expect(floor.facts().notices).toHaveLength(49)
    floor.wait(24 * 60 * MINUTE)
    floor.choose('away', { by: SUPERVISOR })
    expect(floor.facts().notices).toHaveLength(1)
  })
})
