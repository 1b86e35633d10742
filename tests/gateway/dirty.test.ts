import type { ViewChange } from '../../server/src/app/app.ts'
import { createDirty } from '../../server/src/gateway/dirty.ts'
import { viewOf } from '../support/views.ts'

const change = (
  revision: number,
  fields: object,
  queues: [string[], string[]] = [['billing'], ['billing']],
) => ({
  representativeId: 'ada',
  view: viewOf('ada', { revision, queues: queues[1], ...fields }),
  patch: { representativeId: 'ada', revision, ...fields },
  queuesBefore: queues[0],
  queuesAfter: queues[1],
})
const gone: ViewChange = {
  representativeId: 'ada',
  view: null,
  patch: null,
  queuesBefore: ['billing'],
  queuesAfter: [],
}

it('[SU4] patches of one representative become one, the latest of each field', () => {
  const dirty = createDirty('*')
  dirty.note(change(2, { statusId: 'away', note: 'Lunch' }))
  dirty.note(change(3, { note: null }))
  expect(dirty.take()).toEqual({
    presences: [{ representativeId: 'ada', revision: 3, statusId: 'away', note: null }],
    removed: [],
    reborn: [],
  })
  expect(dirty.take()).toBeNull()
})

it('[SU2] who joins a watched queue comes whole, with what changes in the same batch', () => {
  const dirty = createDirty(new Set(['sales']))
  dirty.note(change(2, {}, [['billing'], ['sales']]))
  dirty.note(change(3, { note: 'Hi' }, [['sales'], ['sales']]))
  expect(dirty.take()).toEqual({
    presences: [viewOf('ada', { revision: 3, queues: ['sales'], note: 'Hi' })],
    removed: [],
    reborn: [],
  })
})

it('[SU2] who leaves and returns within a batch comes whole, who leaves last is removed', () => {
  const dirty = createDirty(new Set(['billing']))
  dirty.note(change(2, {}, [['billing'], []]))
  dirty.note(change(3, {}, [[], ['billing']]))
  expect(dirty.take()).toMatchObject({ presences: [{ revision: 3, name: 'ada' }], removed: [] })
  dirty.note(change(4, { note: 'x' }))
  dirty.note(gone)
  expect(dirty.take()).toEqual({ presences: [], removed: ['ada'], reborn: [] })
})

it('[SU2] who was never watched is neither told nor removed', () => {
  const dirty = createDirty(new Set(['sales']))
  dirty.note(change(2, { note: 'x' }))
  dirty.note(gone)
  expect(dirty.take()).toBeNull()
})
