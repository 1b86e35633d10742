// SU7: many representatives in one request.

import type { Choice } from '../../server/src/app/app.ts'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  refusal,
  service,
  supervisor,
} from '../support/app-world.ts'

let world: AppWorld

beforeEach(async () => {
  world = await createAppWorld()
})
afterEach(() => world.end())

const signIn = (id: string, queue = 'billing') =>
  world.app.presence.connect(principal(id, { queues: [queue] }), `c-${id}`, 0)
const shown = (id: string) => world.app.replica.view('default', id)
const busy: Omit<Choice, 'representativeId' | 'expectedRevision'> = {
  statusId: 'busy',
  when: 'now',
  forMs: null,
  note: 'Meeting',
}

describe('a choice for many', () => {
  it('[SU7, MA5] is made for each, in the order named, and says who made it', async () => {
    for (const id of ['ada', 'bo']) await signIn(id)
    const outcomes = await world.app.presence.chooseForMany(as(supervisor('*')), ['bo', 'ada', 'bo'], busy)
    expect(outcomes).toEqual([
      { representativeId: 'bo', outcome: 'updated' },
      { representativeId: 'ada', outcome: 'updated' },
    ])
    expect(shown('ada')).toMatchObject({ statusId: 'busy', note: 'Meeting', by: { id: 'sue' } })
  })

  it('[SU7] is refused to each apart: out of reach, unknown, never signed in', async () => {
    for (const id of ['ada', 'cy']) await signIn(id)
    await signIn('dee', 'sales')
    const capacity = { units: null, profiles: {} }
    const bo = { queues: ['billing'], defaultStatusId: null, capacity, attributes: {} }
    await world.app.configuration.representatives.put(as(administrator()), 'bo', bo, null)
    const ids = ['ada', 'bo', 'nobody', 'dee', 'cy']
    const outcomes = await world.app.presence.chooseForMany(as(supervisor(['billing'])), ids, busy)
    expect(outcomes).toMatchObject([
      { representativeId: 'ada', outcome: 'updated' },
      { representativeId: 'bo', refused: { code: 'not-signed-in' } },
      { representativeId: 'nobody', refused: { code: 'representative-unknown' } },
      { representativeId: 'dee', refused: { code: 'forbidden' } },
      { representativeId: 'cy', outcome: 'updated' },
    ])
    expect(shown('dee')?.statusId).toBe('available')
  })

  it('[SU7, MA7] waits for the end of work where there is work', async () => {
    for (const id of ['ada', 'bo']) await signIn(id)
    const work = {
      workItemId: 'w1',
      workstreamId: 'default',
      attributes: null,
      by: 'representative',
    } as const
    await world.app.work.accept(as(principal('ada')), work)
    const later = { ...busy, when: 'after-work' } as const
    expect(await world.app.presence.chooseForMany(as(service()), ['ada', 'bo'], later)).toEqual([
      { representativeId: 'ada', outcome: 'queued' },
      { representativeId: 'bo', outcome: 'updated' },
    ])
  })

  it('[SU7] is undone by a reset of many', async () => {
    for (const id of ['ada', 'bo']) await signIn(id)
    await world.app.presence.chooseForMany(as(service()), ['ada', 'bo'], busy)
    const outcomes = await world.app.presence.resetMany(as(service()), ['ada', 'bo', 'nobody'])
    expect(outcomes).toMatchObject([{ outcome: 'reset' }, { outcome: 'reset' }, { refused: {} }])
    expect([shown('ada')?.statusId, shown('bo')?.statusId]).toEqual(['available', 'available'])
  })
})

describe('under a command key', () => {
  const everybody = Array.from({ length: 60 }, (_, number) => `r${number}`)
  const caller = as(supervisor('*'), 'k1')

  beforeEach(async () => {
    for (const id of everybody.slice(0, 50)) await signIn(id)
  })

  it('[SU7] the same again changes nothing and answers the first outcomes, errors too', async () => {
    const first = await world.app.presence.chooseForMany(caller, everybody, busy)
    expect(first.filter(each => 'refused' in each)).toHaveLength(10)
    await signIn('r55')
    await world.app.presence.choose(as(principal('r1')), choice('r1', 'available'))
    expect(await world.app.presence.chooseForMany(caller, everybody, busy)).toEqual(first)
    expect([shown('r1')?.statusId, shown('r55')?.statusId]).toEqual(['available', 'available'])
  })

  it('[SU7] one that was broken off goes on, and does nothing twice', async () => {
    const { update } = world.storage
    let left = 1
    const storage = world.storage as { update: typeof update }
    storage.update = (tenant, step, options) =>
      left-- > 0 ? update(tenant, step, options) : Promise.reject(new Error('cut off'))
    await expect(world.app.presence.chooseForMany(caller, everybody, busy)).rejects.toThrow('cut off')
    storage.update = update
    expect([shown('r0')?.statusId, shown('r40')?.statusId]).toEqual(['busy', 'available'])
    await world.app.presence.choose(as(principal('r0')), choice('r0', 'available'))
    const again = await world.app.presence.chooseForMany(caller, everybody, busy)
    expect(again.slice(0, 50).every(each => 'outcome' in each)).toBe(true)
    expect([shown('r0')?.statusId, shown('r40')?.statusId]).toEqual(['available', 'busy'])
  })

  it('[SU7] another body, or another command, is refused', async () => {
    await world.app.presence.chooseForMany(caller, everybody, busy)
    const other = { ...caller, commandKey: { key: 'k1', fingerprint: 'other' } }
    expect((await refusal(() => world.app.presence.resetMany(other, everybody))).code).toBe('key-reused')
  })
})

it('[SU7] a thousand let others through: no turn of the event loop takes long, and they are cut into many', async () => {
  const ids = Array.from({ length: 1_000 }, (_, number) => `r${number}`)
  for (const id of ids) await signIn(id)
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const outcomes = await world.app.presence.chooseForMany(as(service()), ids, busy)
  isOver = true
  expect(outcomes).toHaveLength(1_000)
  // One slice of at most 25 between any two turns.
  expect(turns).toBeGreaterThanOrEqual(39)
})
