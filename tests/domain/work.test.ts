import { workItemDeadline } from '../../server/src/domain/deadlines-of.ts'
import type { Report } from '../../server/src/domain/work-record.ts'
import {
  codeOf,
  openFloor,
  person,
  SERVICE,
  START,
  SUPERVISOR,
  twoPeople,
  workOf,
} from '../support/domain-builders.ts'

describe('picking work', () => {
  it('[WK9] she takes an unknown item where the workstream allows it', () => {
    const floor = openFloor()
    expect(floor.accept('w1')).toMatchObject({ kind: 'done', cause: { event: 'work-accepted', rule: 'WK9' } })
    expect(floor.item('w1')).toMatchObject({
      tenant: 'default',
      state: 'active',
      representativeId: 'ada',
      queueId: 'default',
      cost: { units: 0, profiles: [] },
      since: START,
      queuedAt: null,
    })
    expect(floor.facts().cause).toMatchObject({
      event: 'work-accepted',
      rule: 'CA2.4',
      inputs: { openItems: 1 },
    })
  })

  it('[WK9] an accept that names no workstream only answers an offer', () => {
    expect(codeOf(openFloor().accept('w1', 'ada', null))).toBe('offer-gone')
  })

  it('[WK9] elsewhere it is forbidden, and unknown workstreams are not found', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat' }] })
    expect(codeOf(floor.accept('w1', 'ada', 'chat'))).toBe('forbidden')
    expect(codeOf(floor.accept('w1', 'ada', 'nowhere'))).toBe('not-found')
    expect(codeOf(floor.accept('w1', 'nobody'))).toBe('representative-unknown')
  })

  it('[WK9] a queued item is taken from a queue of hers, by its own workstream', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', selfAssign: true }], queues: ['billing'] })
    for (const id of ['w1', 'w2']) {
      floor.assign(id)
      floor.happens('release', id)
    }
    expect(codeOf(floor.accept('w1', 'ada', 'chat'))).toBe('forbidden')
    expect(codeOf(floor.accept('w1'))).toBe('done')
    floor.on({
      type: 'profile-changed',
      profile: { ...floor.facts().profile, queues: ['billing'] },
      by: SUPERVISOR,
    })
    expect(codeOf(floor.accept('w2'))).toBe('forbidden')
  })

  it.each(['wait', 'resume', 'wrap-up', 'close'] as const)(
    '[WK9] a "%s" of hers about an item that is nobody’s is forbidden',
    type => {
      const floor = openFloor()
      floor.assign('w1')
      floor.happens('release', 'w1')
      expect(codeOf(floor.does(type, 'w1'))).toBe('forbidden')
      expect(codeOf(floor.does('reject', 'w1'))).toBe('offer-gone')
    },
  )

  it('[WK9] fifty open items are the most, however the next would come', () => {
    const floor = twoPeople()
    for (let turn = 0; turn < 50; turn += 1) floor.accept(`w${turn}`)
    floor.accept('other', 'bob')
    expect(codeOf(floor.accept('w50'))).toBe('no-capacity')
    expect(codeOf(floor.assign('w50'))).toBe('no-capacity')
    expect(codeOf(floor.offer('w50', { force: true }))).toBe('no-capacity')
    expect(codeOf(floor.transfer('other', 'ada', SERVICE))).toBe('no-capacity')
    floor.does('close', 'w0')
    expect(codeOf(floor.accept('w50'))).toBe('done')
  })
})

describe('reports', () => {
  it.each([
    [person('ada'), 'offer assign miss withdraw release'],
    [SUPERVISOR, 'offer assign accept reject miss wait resume wrap-up'],
  ] as const)('[WK4] %j may not report: %s', (by, types) => {
    const floor = openFloor()
    floor.accept('w1')
    for (const type of types.split(' ') as Report['type'][])
      expect(codeOf(floor.assign('w1', { type, by } as Partial<Report>))).toBe('forbidden')
  })

  it.each(['close', 'release', 'withdraw'] as const)('[WK4] a supervisor may report "%s"', type => {
    const floor = openFloor()
    if (type === 'withdraw') floor.offer('w1')
    else floor.assign('w1')
    const made = { type, workItemId: 'w1', by: SUPERVISOR, doneBy: 'other' } as const
    expect(codeOf(floor.report(made))).toBe('done')
    expect(floor.facts().work).toEqual([])
  })

  it('[WK5, CA4] waiting frees capacity, resuming takes it again', () => {
    const floor = openFloor()
    floor.accept('w1')
    floor.does('wait', 'w1')
    expect(floor.facts().shown.statusId).toBe('available')
    floor.does('resume', 'w1')
    expect(floor.facts().shown.statusId).toBe('busy')
  })

  it('[WK2, WK3] assignments need a known workstream and representative, and keep the item’s workstream', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat', cost: { units: 5, profiles: ['p'] } }] })
    expect(codeOf(floor.assign('w1', { workstreamId: 'nowhere' }))).toBe('not-found')
    expect(codeOf(floor.assign('w1', { representativeId: 'nobody' }))).toBe('representative-unknown')
    expect(codeOf(floor.offer('w1', { representativeId: 'nobody' }))).toBe('representative-unknown')
    floor.assign('w1', { workstreamId: 'chat', priority: 5 })
    expect(floor.item('w1')).toMatchObject({
      cost: { units: 5, profiles: ['p'] },
      priority: 5,
      routed: false,
    })
    floor.happens('release', 'w1')
    expect(codeOf(floor.assign('w1', { workstreamId: 'default' }))).toBe('work-item-conflict')
    floor.assign('w1', { workstreamId: 'chat', cost: { units: 7, profiles: [] } })
    expect(floor.item('w1')).toMatchObject({ cost: { units: 7 }, priority: 5 })
  })

  it('[WK2] a service may accept for her, and the accept can describe the item', () => {
    const floor = openFloor()
    floor.offer('w1')
    const accept = {
      type: 'accept',
      workItemId: 'w1',
      by: SERVICE,
      doneBy: 'representative',
      representativeId: 'ada',
      workstreamId: null,
      attributes: { title: 'Refund' },
    } as const
    expect(codeOf(floor.report(accept))).toBe('done')
    expect(floor.item('w1')?.attributes).toEqual({ title: 'Refund' })
    expect(floor.facts().work).toMatchObject([{ state: 'active', attributes: { title: 'Refund' } }])
    floor.report({ ...accept, workItemId: 'w2', workstreamId: 'default' })
    expect(floor.item('w2')?.attributes).toEqual({ title: 'Refund' })
  })

  it('[CA8] wrap-up holds its capacity as the workstream says', () => {
    const floor = openFloor({
      workstreams: [
        { id: 'none', wrapUp: 'none' },
        { id: 'timed', wrapUp: { seconds: 20 } },
      ],
    })
    for (const id of ['default', 'none', 'timed']) {
      floor.assign(id, { workstreamId: id })
      floor.happens('wrap-up', id)
    }
    expect(floor.facts().work).toMatchObject([
      { holdsCapacity: true, capacityUntil: null },
      { holdsCapacity: false, capacityUntil: null },
      { holdsCapacity: true, capacityUntil: START + 20_000 },
    ])
  })

  it('[WK3] an item is looked at again when it has been closed for 24 hours', () => {
    const floor = openFloor()
    floor.accept('w1')
    const item = floor.item('w1')
    expect(item && workItemDeadline(item)).toBeNull()
    floor.does('close', 'w1')
    const closed = floor.item('w1')
    expect(closed && workItemDeadline(closed)).toBe(START + 24 * 60 * 60 * 1_000)
    expect(closed).toMatchObject({ representativeId: 'ada', closedAt: START })
  })

  it('[WK3] work of a workstream that is gone goes on with the defaults', () => {
    const floor = openFloor({ workstreams: [{ id: 'chat' }] })
    floor.assign('w1', { workstreamId: 'chat' })
    floor.offer('w2', { workstreamId: 'chat' })
    const { chat: _gone, ...workstreams } = floor.config().workstreams
    const config = floor.config()
    Object.assign(config, { workstreams })
    floor.happens('wrap-up', 'w1')
    floor.transfer('w1', 'ada')
    expect(floor.facts().work[0]).toMatchObject({ state: 'wrap-up', holdsCapacity: true })
    floor.hire('bob')
    floor.connect('bob')
    floor.transfer('w1', 'bob', SERVICE, true)
    expect(floor.facts('bob').work).toMatchObject([{ state: 'offered', expiresAt: START + 120_000 }])
    floor.choose('offline')
    expect(workOf(floor)).toEqual(['w1 wrap-up', 'w2 offered'])
  })
})
