import type { NoticeView } from '@rollcall/shared'
import { createPresenceStore } from '../../client-sdk/src/presence-store.ts'
import { offerOf, viewOf } from '../support/views.ts'

const base = { connectionId: 'c1', nodeId: 'n1', protocol: 1, pingInterval: 1, pingTimeout: 1 }
const ready = (more: object) => ({
  name: 'ready' as const,
  payload: { ...base, serverTime: '2026-11-23T09:00:00.000Z', ...more },
})
const self = (revision: number, more: object = {}) => ({
  name: 'presence:self' as const,
  payload: { ...viewOf('ada', { revision }), offers: [], notices: [], ...more },
})
const notice = (id: string): NoticeView => ({
  id,
  at: '2026-11-23T09:00:00.000Z',
  kind: 'missed',
  presence: { statusId: 'inactive', text: 'Inactive', base: 'away' },
})

const endsOf = (told: readonly string[]) => told.filter(what => what.startsWith('end'))

describe('what a representative knows of herself', () => {
  const start = () => {
    const store = createPresenceStore()
    const told: string[] = []
    store.calls.onPresenceChange(({ revision }) => told.push(`presence ${revision}`))
    store.calls.onOffer(({ workItemId }) => told.push(`offer ${workItemId}`))
    store.calls.onOfferEnd(({ offer, reason }) => told.push(`end ${offer.workItemId} ${reason}`))
    store.calls.onNotice(({ id }) => told.push(`notice ${id}`))
    store.calls.onNoticeEnd(({ id }) => told.push(`no more ${id}`))
    return { store, told }
  }

  it('[SDK] a message older than an answer that came first does not step back', () => {
    const { store, told } = start()
    store.take(ready({ presence: viewOf('ada', { revision: 3 }) }))
    store.answered(viewOf('ada', { revision: 5 }))
    store.take(self(4))
    store.take(self(5))
    store.answered(viewOf('ada', { revision: 4 }))
    expect(told).toEqual(['presence 3', 'presence 5'])
    expect(store.calls.getPresence()?.revision).toBe(5)
  })

  it('[SU3] messages that step back are a new epoch, and count', () => {
    const { store } = start()
    store.take(ready({ presence: viewOf('ada', { revision: 9 }) }))
    store.take(self(2))
    expect(store.calls.getPresence()?.revision).toBe(2)
    store.answered(viewOf('ada', { revision: 8 }))
    store.take(ready({ presence: viewOf('ada', { revision: 1 }) }))
    expect(store.calls.getPresence()?.revision).toBe(1)
  })

  it('[SI4] the same presence after a reconnect is no change', () => {
    const { store, told } = start()
    store.take(ready({ presence: viewOf('ada') }))
    store.take(ready({ presence: viewOf('ada') }))
    expect(told).toEqual(['presence 1'])
  })

  it('[NO8] an offer is told once, whichever way it comes, and again only when it is another one', () => {
    const { store, told } = start()
    const offer = offerOf('w1')
    store.take(ready({ presence: viewOf('ada'), offers: [offer] }))
    store.take({ name: 'work:offered', payload: offer })
    store.take(self(2, { offers: [offer] }))
    store.take(ready({ presence: viewOf('ada', { revision: 2 }), offers: [offer] }))
    const later = offerOf('w1', { offeredAt: '2026-11-23T09:05:00.000Z' })
    store.take({ name: 'work:offered', payload: later })
    expect(told.filter(what => !what.startsWith('presence'))).toEqual(['offer w1', 'end w1 gone', 'offer w1'])
    expect(store.calls.getOffers()).toEqual([later])
  })

  it('[NO9] the end of an offer is told once, with the reason that comes before the whole view', () => {
    const { store, told } = start()
    const offers = [offerOf('w1'), offerOf('w2'), offerOf('w3')]
    store.take(ready({ presence: viewOf('ada'), offers }))
    store.take({ name: 'work:withdrawn', payload: { workItemId: 'w1', reason: 'missed' } })
    store.offerEnded({ workItemId: 'w2' }, 'rejected')
    store.take({ name: 'work:withdrawn', payload: { workItemId: 'w3', reason: 'withdrawn' } })
    expect(store.calls.getOffers()).toEqual([])
    store.take(self(2))
    store.take(self(3))
    expect(endsOf(told)).toEqual(['end w1 missed', 'end w2 rejected', 'end w3 withdrawn'])
  })

  it('[NO9] what is among her work instead was accepted, here or elsewhere', () => {
    const { store, told } = start()
    const work = [
      { workItemId: 'w1', workstreamId: 'chat', state: 'active', since: '2026-11-23T09:00:01.000Z' },
    ]
    store.take(ready({ presence: viewOf('ada'), offers: [offerOf('w1'), offerOf('w2')] }))
    store.take(self(2, { work, offers: [offerOf('w2')] }))
    store.offerEnded({ workItemId: 'w1' }, 'accepted')
    expect(endsOf(told)).toEqual(['end w1 accepted'])
  })

  it('[NO9] an end of which no reason is told is told with the whole view', () => {
    const { store, told } = start()
    store.take(ready({ presence: viewOf('ada'), offers: [offerOf('w1'), offerOf('w2')] }))
    store.take(self(2, { offers: [offerOf('w2')] }))
    expect(endsOf(told)).toEqual(['end w1 gone'])
    store.take(self(3, { offers: [offerOf('w2')] }))
    store.take(self(4))
    store.take(ready({ presence: viewOf('ada', { revision: 5 }) }))
    expect(endsOf(told)).toEqual(['end w1 gone', 'end w2 gone'])
  })

  it('[NO9] an offer that ran out and was made again in one change ends and begins', () => {
    const { store, told } = start()
    const later = offerOf('w1', { offeredAt: '2026-11-23T09:05:00.000Z' })
    store.take(ready({ presence: viewOf('ada'), offers: [offerOf('w1')] }))
    store.take(self(2, { offers: [later] }))
    expect(told.slice(1)).toEqual(['offer w1', 'presence 2', 'end w1 gone', 'offer w1'])
    expect(store.calls.getOffers()).toEqual([later])
  })

  it('[SDK] a client that ends in a listener of an end tells no further offer', () => {
    const { store, told } = start()
    store.calls.onOfferEnd(store.ended)
    store.take(ready({ presence: viewOf('ada'), offers: [offerOf('w1')] }))
    store.take(ready({ presence: viewOf('ada'), offers: [offerOf('w2')] }))
    expect(told).toEqual(['presence 1', 'offer w1', 'end w1 gone', 'end w2 ended'])
    expect(store.calls.getOffers()).toEqual([])
  })

  it('[NO7] a notice is told once over messages and reconnects, and is kept until it was seen', () => {
    const { store, told } = start()
    store.take(ready({ presence: viewOf('ada'), notices: [notice('n1')] }))
    store.take({ name: 'presence:notice', payload: notice('n2') })
    store.take(self(2, { notices: [notice('n1'), notice('n2')] }))
    store.take(ready({ presence: viewOf('ada', { revision: 2 }), notices: [notice('n1'), notice('n2')] }))
    expect(told.filter(what => what.startsWith('notice'))).toEqual(['notice n1', 'notice n2'])
    store.noticeSeen('n1')
    expect(store.calls.getNotices()).toEqual([notice('n2')])
    store.take(self(3))
    expect(told.filter(what => what.startsWith('no more'))).toEqual(['no more n1', 'no more n2'])
  })
})
