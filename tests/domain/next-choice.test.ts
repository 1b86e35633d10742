import { ADMINISTRATOR, MINUTE, openFloor, START, SUPERVISOR } from '../support/domain-builders.ts'

describe('the next choice', () => {
  it('[MA7] with active work the choice becomes the next presence, counted from when it applies', () => {
    const floor = openFloor()
    floor.accept('w1')
    const made = { when: 'after-work', forMs: MINUTE, note: 'tea' } as const
    expect(floor.choose('away', made)).toMatchObject({ kind: 'done', queued: true })
    expect(floor.choose('away', made)).toEqual({ kind: 'nothing' })
    expect(floor.choose('offline', made)).toMatchObject({ queued: true })
    expect(floor.choose('offline', { ...made, note: null })).toMatchObject({ queued: true })
    expect(floor.choose('offline', { ...made, note: null, forMs: null })).toMatchObject({ queued: true })
    expect(floor.choose('away', made)).toMatchObject({ queued: true })
    expect(floor.facts().shown.statusId).toBe('busy')
    floor.wait(MINUTE)
    floor.does('close', 'w1')
    expect(floor.facts()).toMatchObject({ next: null, cause: { event: 'work-closed', rule: 'MA7' } })
    expect(floor.facts().shown).toMatchObject({
      statusId: 'away',
      note: 'tea',
      expiresAt: START + 2 * MINUTE,
    })
  })

  it('[MA7] without active work it applies at once', () => {
    const floor = openFloor()
    const outcome = floor.choose('away', { when: 'after-work' })
    expect(outcome).toMatchObject({ kind: 'done', cause: { rule: 'MA1' } })
    expect(outcome).not.toHaveProperty('queued')
    expect(floor.facts().shown.statusId).toBe('away')
  })

  it.each(['wait', 'release', 'close', 'wrap-up'] as const)(
    '[MA7] applies when a %s ends the active work',
    type => {
      const floor = openFloor({ workstreams: [{ id: 'chat', wrapUp: 'none' }] })
      floor.assign('w1', { workstreamId: 'chat' })
      floor.choose('away', { when: 'after-work' })
      floor.happens(type, 'w1')
      expect(floor.facts()).toMatchObject({
        next: null,
        shown: { statusId: 'away', origin: 'representative' },
      })
    },
  )

  it('[MA7, CA9] applies when the configuration makes the work no active work', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat' }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.choose('away', { when: 'after-work' })
    floor.configure({ workstreams: [{ id: 'chat', affectsPresence: false }] })
    floor.on({ type: 'configuration-changed', by: ADMINISTRATOR })
    expect(floor.facts().shown.statusId).toBe('away')
  })

  it('[MA7, MA5] what somebody else queued is told when it applies', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('away', { when: 'after-work', by: SUPERVISOR })
    expect(floor.facts().notices).toEqual([])
    floor.does('close', 'w1')
    expect(floor.facts().notices).toMatchObject([{ kind: 'changed-by', by: SUPERVISOR }])
  })

  it('[MA7, MA9] a reset keeps the next choice; it can be cancelled', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.choose('busy')
    floor.choose('away', { when: 'after-work' })
    floor.reset()
    expect(floor.facts().next).not.toBeNull()
    expect(floor.on({ type: 'next-cancelled', by: SUPERVISOR })).toMatchObject({
      cause: { event: 'next-cancelled' },
    })
    expect(floor.facts()).toMatchObject({ next: null, notices: [{ kind: 'changed-by' }] })
    expect(floor.on({ type: 'next-cancelled', by: SUPERVISOR })).toEqual({ kind: 'nothing' })
  })
})
