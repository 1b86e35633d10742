// PO1: many representatives put in one request.

import type { ImportLine, ImportOutcome } from '../../server/src/app/app.ts'
import { type AppWorld, administrator, as, createAppWorld, refusal } from '../support/app-world.ts'

let world: AppWorld

beforeEach(async () => {
  world = await createAppWorld()
})
afterEach(() => world.end())

const body = (more: Partial<Extract<ImportLine, { body: object }>['body']> = {}) => ({
  queues: [],
  defaultStatusId: null,
  capacity: { units: null, profiles: {} },
  attributes: {},
  ...more,
})
const linesOf = (...ids: readonly string[]): ImportLine[] =>
  ids.map((id, place) => ({ line: place + 1, id, body: body() }))

async function put(lines: Iterable<ImportLine>, key?: string, fingerprint?: string) {
  const outcomes: ImportOutcome[] = []
  const caller = as(administrator(), key, fingerprint)
  for await (const outcome of world.app.configuration.representatives.putMany(caller, lines)) {
    outcomes.push(outcome)
  }
  return outcomes
}

const stored = (id: string) => world.app.configuration.representatives.get(administrator(), id).resource

it('[PO1] each line is created or updated, in their order', async () => {
  await put(linesOf('ada'))
  const lines: ImportLine[] = [
    { line: 1, id: 'bo', body: body({ name: 'Bo', defaultStatusId: 'away' }) },
    { line: 3, id: 'ada', body: body({ name: 'Ada' }) },
    { line: 4, id: 'bo', body: body({ name: 'Bob' }) },
  ]
  expect(await put(lines)).toEqual([
    { line: 1, id: 'bo', outcome: 'created' },
    { line: 3, id: 'ada', outcome: 'updated' },
    { line: 4, id: 'bo', outcome: 'updated' },
  ])
  expect(stored('bo')).toMatchObject({ name: 'Bob', defaultStatusId: null })
  expect(stored('ada').name).toBe('Ada')
})

it('[PO1] a line that names what nobody configured is refused alone', async () => {
  const lines: ImportLine[] = [
    { line: 1, id: 'ada', body: body() },
    { line: 2, id: 'bo', body: body({ queues: ['nowhere'] }) },
    { line: 3, id: 'cy', body: body({ defaultStatusId: 'inactive' }) },
    { line: 4, id: null, refused: { code: 'invalid-message', message: 'It is not JSON.' } },
    { line: 5, id: 'dee', body: body() },
  ]
  expect(await put(lines)).toMatchObject([
    { line: 1, outcome: 'created' },
    { line: 2, id: 'bo', refused: { code: 'not-found', details: { kind: 'queue', id: 'nowhere' } } },
    { line: 3, id: 'cy', refused: { code: 'status-not-selectable' } },
    { line: 4, id: null, refused: { code: 'invalid-message', message: 'It is not JSON.' } },
    { line: 5, outcome: 'created' },
  ])
  expect((await refusal(() => stored('bo'))).code).toBe('representative-unknown')
})

it('[PO1] the same again under its key changes nothing and answers the first outcomes', async () => {
  const lines = linesOf(...Array.from({ length: 60 }, (_, number) => `r${number}`))
  const first = await put(lines, 'k1')
  expect(first.every(each => 'outcome' in each && each.outcome === 'created')).toBe(true)
  await world.app.configuration.representatives.remove(as(administrator()), 'r55', null)
  expect(await put(lines, 'k1')).toEqual(first)
  expect((await refusal(() => stored('r55'))).code).toBe('representative-unknown')
  expect((await refusal(() => put(lines, 'k1', 'other'))).code).toBe('key-reused')
})

it('[PO1] whoever stops reading stops the import; what was told is stored', async () => {
  const lines = linesOf(...Array.from({ length: 200 }, (_, number) => `r${number}`))
  for await (const { id } of world.app.configuration.representatives.putMany(as(administrator()), lines)) {
    expect(stored(id ?? '').id).toBe(id)
    if (id === 'r30') break
  }
  expect((await refusal(() => stored('r199'))).code).toBe('representative-unknown')
})

it('[PO1] a thousand let others through', async () => {
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const outcomes = await put(linesOf(...Array.from({ length: 1_000 }, (_, number) => `r${number}`)))
  isOver = true
  expect(outcomes).toHaveLength(1_000)
  expect(turns).toBeGreaterThanOrEqual(39)
})
