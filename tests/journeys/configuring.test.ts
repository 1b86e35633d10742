// Queues, workstreams, capacity profiles and representatives as an administrator writes them, with their versions.

import { type OpenFloor, openTheFloor, type Problem } from '../support/open-floor.ts'

let floor: OpenFloor
beforeEach(async () => {
  floor = await openTheFloor()
})
afterEach(() => floor.close())

describe('configuration over HTTP', () => {
  it.each([
    ['/v1/queues/mail', { name: 'Mail' }, { name: 'Post' }],
    ['/v1/capacity-profiles/mail', { limit: 1 }, { limit: 2, blocking: true }],
    ['/v1/workstreams/mail', { queueId: 'billing' }, { queueId: 'billing', cost: { units: 5 } }],
    ['/v1/representatives/dora', { queues: ['billing'] }, { queues: [], name: 'Dora' }],
  ])(
    '[PO1] %s has versions: who read an older one is told, and changes nothing',
    async (path, first, second) => {
      const made = await floor.admin.put(path, first)
      expect(made.status).toBe(201)
      expect((await floor.admin.get(path)).etag).toBe(made.etag)
      const changed = await floor.admin.put(path, second, { 'If-Match': String(made.etag) })
      expect([changed.status, changed.etag === made.etag]).toEqual([200, false])
      expect(changed.body).toMatchObject(second)
      const late = await floor.admin.put<Problem>(path, first, { 'If-Match': String(made.etag) })
      expect([late.status, late.body.code]).toEqual([412, 'revision-mismatch'])
      expect((await floor.admin.get(path)).body).toEqual(changed.body)
      expect((await floor.service.put<Problem>(path, first)).body.code).toBe('forbidden')
    },
  )

  it('[PO1] representatives come in bulk: defaults, capacity and queues, each line with its outcome', async () => {
    const lines = [
      { id: 'ada', name: 'Ada L.', queues: ['billing'], capacity: { units: 40, profiles: {} } },
      { id: 'dora', queues: ['billing'], defaultStatusId: 'busy' },
      { id: 'emil', queues: ['nowhere'] },
    ]
    const answer = await fetch(`${floor.server.url}/v1/representatives/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${floor.server.token({ sub: 'root', roles: ['administrator'] })}`,
        'content-type': 'application/x-ndjson',
      },
      body: lines.map(line => JSON.stringify(line)).join('\n'),
    })
    expect(
      (await answer.text())
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { line: 1, id: 'ada', outcome: 'updated' },
      { line: 2, id: 'dora', outcome: 'created' },
      { line: 3, id: 'emil', error: { code: 'not-found' } },
    ])
    const dora = await (await floor.tab('dora')).ready()
    expect(dora.presence).toMatchObject({ statusId: 'busy', origin: 'default', queues: ['billing'] })
    expect(await floor.view('ada')).toMatchObject({ name: 'Ada L.', capacity: { units: { total: 40 } } })
  })
})
