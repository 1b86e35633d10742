// Two tabs of two people take the same item at the same instant, a thousand times: one holder, always.

import { createRepresentative, RollcallError } from '@rollcall/client'
import { type RunningServer, startServer } from '../support/server.ts'

const RACES = 1_000

describe('one work item', () => {
  let server: RunningServer
  const open: { disconnect(): void }[] = []

  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(async () => {
    for (const client of open) client.disconnect()
    await server.close()
  })

  it('[WK2, WK3] has one holder, however many take it at once', async () => {
    const [ada, ben] = await Promise.all(['ada', 'ben'].map(signIn))
    if (!ada || !ben) throw new Error('Nobody signed in.')
    const won = { ada: 0, ben: 0 }
    for (let race = 0; race < RACES; race++) {
      const workItemId = `w${race}`
      const order = race % 2 ? [ben, ada] : [ada, ben]
      const takes = order.map(client => client.accept(workItemId, { workstreamId: 'default' }))
      const [first, second] = await Promise.allSettled(takes)
      const [winner, loser] = first?.status === 'fulfilled' ? [first, second] : [second, first]
      if (winner?.status !== 'fulfilled' || loser?.status !== 'rejected')
        throw new Error(`${workItemId} has not one holder.`)
      expect(loser.reason).toBeInstanceOf(RollcallError)
      expect(loser.reason).toMatchObject({ code: 'work-item-conflict' })

      const holder = winner.value.representativeId as 'ada' | 'ben'
      won[holder] += 1
      const item = server.storage.workItem('default', workItemId)
      expect(item).toMatchObject({ state: 'active', representativeId: holder })
      const held = ['ada', 'ben'].filter(id =>
        server.storage.representative('default', id)?.work.some(work => work.workItemId === workItemId),
      )
      expect(held).toEqual([holder])
      await (holder === 'ada' ? ada : ben).close(workItemId)
    }
    expect(won.ada + won.ben).toBe(RACES)
    expect(Math.min(won.ada, won.ben)).toBeGreaterThan(0)
  })

  async function signIn(sub: string) {
    const client = createRepresentative({ url: server.url, token: server.token({ sub }) })
    open.push(client)
    await client.connect()
    return client
  }
})
