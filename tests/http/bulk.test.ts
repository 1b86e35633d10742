import { httpBench, TOKENS } from '../support/http-bench.ts'

const PATH = '/v1/presences/bulk'
const { representative, service, supervisor } = TOKENS

describe('POST /v1/presences/bulk', () => {
  it('[SU7] answers an outcome or an error object for each', async () => {
    const { send } = httpBench()
    const body = { representativeIds: ['ada', 'nobody'], statusId: 'busy' }
    const answer = await send('post', PATH, supervisor, body)
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        items: [
          { representativeId: 'ada', outcome: 'updated' },
          {
            representativeId: 'nobody',
            error: { code: 'representative-unknown', message: 'Check the id.', retry: false },
          },
        ],
      },
    ])
    expect((await send('post', PATH, representative, body)).status).toBe(403)
  })

  it.each([
    ['nobody at all', { representativeIds: [], statusId: 'busy' }, 'representativeIds'],
    ['a thousand and one', { representativeIds: Array(1_001).fill('ada'), reset: true }, 'representativeIds'],
    ['neither a status nor a reset', { representativeIds: ['ada'] }, 'statusId'],
    ['both', { representativeIds: ['ada'], statusId: 'busy', reset: true }, 'statusId'],
    ['a reset with a note', { representativeIds: ['ada'], note: 'x', reset: true }, 'note'],
    ['a reset that is none', { representativeIds: ['ada'], reset: false }, 'reset'],
    ['an id that is none', { representativeIds: ['ada', 'a b'], reset: true }, 'representativeIds.1'],
    ['a revision', { representativeIds: ['ada'], statusId: 'busy', expectedRevision: 1 }, 'expectedRevision'],
  ])('[HTTP, SU7] %s is invalid-message and names the field', async (_what, body, field) => {
    const { app, send } = httpBench()
    const answer = await send('post', PATH, service, body)
    expect([answer.status, answer.body.details?.field]).toEqual([400, field])
    expect(app.lastCaller()).toBeNull()
  })

  it('[HTTP, SU7] a thousand of the longest ids fit; a body over 160 KiB does not', async () => {
    const { send } = httpBench()
    const longest = Array.from({ length: 1_000 }, (_, number) => `r${number}`.padEnd(128, 'x'))
    const body = { representativeIds: longest, statusId: 'busy', note: 'x'.repeat(200) }
    expect((await send('post', PATH, service, body)).body.items).toHaveLength(1_000)
    const answer = await send('post', PATH, service, { ...body, note: 'x'.repeat(40_000) })
    expect([answer.status, answer.body.code, answer.body.details.limitBytes]).toEqual([
      413,
      'payload-too-large',
      160 * 1024,
    ])
  })

  it('[HTTP, SU7] honours an Idempotency-Key', async () => {
    const { app, send } = httpBench()
    const key = { 'Idempotency-Key': 'k1' }
    await send('post', PATH, service, { representativeIds: ['ada'], statusId: 'busy' }, key)
    expect(app.lastCaller()?.commandKey?.key).toBe('k1')
    const other = await send('post', PATH, service, { representativeIds: ['ada'], reset: true }, key)
    expect([other.status, other.body.code]).toEqual([422, 'key-reused'])
  })
})
