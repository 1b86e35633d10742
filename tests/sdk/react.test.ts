import { createElement, memo } from 'react'
import { renderToString } from 'react-dom/server'
import { inQueue, withBase } from '../../client-sdk/src/board.ts'
import type { OfferView } from '../../client-sdk/src/index.ts'
import {
  useConnection,
  useFreshness,
  useLive,
  useNotices,
  useOffers,
  usePresence,
  usePresenceIds,
  usePresenceRow,
} from '../../client-sdk/src/react.ts'
import { boardOf, type TestBoard } from '../support/board-of.ts'
import { type ClientWorld, createClientWorld } from '../support/client-world.ts'
import { createDom, type Dom } from '../support/dom.ts'
import { liveCountsOf } from '../support/live-counts-of.ts'
import { ok } from '../support/scripted-server.ts'
import { until } from '../support/until.ts'
import { offerOf, viewOf } from '../support/views.ts'

const idOf = (index: number) => `r${String(index).padStart(4, '0')}`

let board: TestBoard
/** Who was rendered, in order; a board counts as `board`. */
let rendered: string[]

const Row = memo(({ id }: { readonly id: string }) => {
  const view = usePresenceRow(board, id)
  rendered.push(id)
  return createElement('p', {}, `${id} ${view?.statusId};`)
})
const Board = () => {
  const ids = usePresenceIds(board)
  rendered.push('board')
  return createElement(
    'div',
    {},
    ids.map(id => createElement(Row, { key: id, id })),
  )
}

const Busy = () => {
  const ids = usePresenceIds(board, { where: view => inQueue('billing')(view) && withBase('busy')(view) })
  rendered.push('board')
  return createElement('p', {}, ids.join())
}

describe('the hooks for boards', () => {
  const views = Array.from({ length: 1_000 }, (_, index) => viewOf(idOf(index)))
  let dom: Dom
  beforeEach(async () => {
    dom = await createDom()
    board = boardOf(views)
    rendered = []
  })
  afterEach(() => dom.close())

  const since = (change: () => void): string[] => {
    rendered = []
    dom.during(change)
    return rendered
  }

  it('[SDK] of 1,000 rows the one that changed is rendered again, and no other', () => {
    dom.render(Board)
    expect(rendered).toHaveLength(1_001)
    expect(since(() => board.patch({ representativeId: 'r0500', revision: 2, statusId: 'busy' }))).toEqual([
      'r0500',
    ])
    expect(dom.text()).toContain('r0500 busy;')
    expect(dom.text()).toContain('r0501 available;')
    // The same again, as after a lost answer: nobody looks different.
    expect(since(() => board.patch({ representativeId: 'r0500', revision: 2, statusId: 'busy' }))).toEqual([])
  })

  it('[SDK] the whole state again renders who looks different; who came or went renders the board', () => {
    dom.render(Board)
    const [first, ...rest] = views
    const state = [{ ...(first ?? viewOf('r0000')), text: 'Lunch' }, ...rest]
    expect(since(() => board.resync(state))).toEqual(['r0000'])
    expect(since(() => board.patch(viewOf('r9999')))).toEqual(['board', 'r9999'])
    expect(since(() => board.remove('r9999'))).toEqual(['board'])
    expect(dom.text()).not.toContain('r9999')
  })

  it('[SDK] all rows share one subscription, and none is left after the board, in StrictMode too', () => {
    dom.render(Board)
    expect(board.listeners).toEqual({ now: 1, ever: 1 })
    dom.render(Board, { strict: true })
    expect(board.listeners.now).toBe(1)
    rendered = []
    dom.during(() => board.patch({ representativeId: 'r0007', revision: 2, statusId: 'busy' }))
    expect(new Set(rendered)).toEqual(new Set(['r0007']))
    dom.unmount()
    expect(board.listeners.now).toBe(0)
    expect(since(() => board.patch({ representativeId: 'r0008', revision: 2, note: 'x' }))).toEqual([])
  })

  it('[SDK] a selector that is made anew in each render selects the same, and sees what enters it', () => {
    dom.render(Busy)
    expect(dom.text()).toBe('')
    dom.during(() => board.patch({ representativeId: 'r0007', revision: 2, base: 'busy' }))
    expect(dom.text()).toBe('r0007')
    expect(since(() => board.patch({ representativeId: 'r0007', revision: 3, note: 'x' }))).toEqual([])
  })

  it('[SDK] a row shows somebody else as soon as its id says so', () => {
    dom.render(() => createElement(Row, { id: 'r0001' }))
    dom.render(() => createElement(Row, { id: 'r0002' }))
    expect(dom.text()).toBe('r0002 available;')
    expect(since(() => board.patch({ representativeId: 'r0001', revision: 2, note: 'x' }))).toEqual([])
    expect(since(() => board.patch({ representativeId: 'r0002', revision: 2, note: 'x' }))).toEqual(['r0002'])
  })

  it('[SDK] a server renders what it knows, and keeps no listener', () => {
    expect(renderToString(createElement(Row, { id: 'r0001' }))).toBe('<p>r0001 available;</p>')
    expect(board.listeners.ever).toBe(0)
  })
})

describe('the hooks over a connection', () => {
  let world: ClientWorld
  let dom: Dom
  beforeEach(async () => {
    world = await createClientWorld()
    dom = await createDom()
  })
  afterEach(async () => {
    await dom.close()
    await world.close()
  })

  const shows = (expected: string) => until(`shown: ${expected}`, () => dom.text() === expected)

  it('[SU6] live counts of one queue, and the freshness', async () => {
    const { server } = world
    server.answer('watch', () =>
      ok({ kind: 'state', cursor: 'k1', presences: [], removed: [], live: [liveCountsOf('billing')] }),
    )
    const client = world.supervisor()
    const watch = await client.watch({ queues: '*' })
    let renders = 0
    dom.render(() => {
      renders += 1
      return `${useLive(watch, 'billing')?.queued} ${useLive(watch, 'sales')?.queued} ${useFreshness(watch).kind}`
    })
    expect(dom.text()).toBe('0 undefined live')
    server.latest().send('queue:live', liveCountsOf('mail', { queued: 9 }))
    server.latest().send('queue:live', liveCountsOf('billing', { queued: 3 }))
    await shows('3 undefined live')
    expect(renders).toBe(2)
    server.latest().cut()
    await shows('3 undefined reconnecting')
  })

  it('[SDK] presence, offers, notices and connection of a representative', async () => {
    const { server } = world
    const me = world.representative()
    const titles = (offers: readonly OfferView[]) => offers.map(({ workItemId }) => workItemId).join()
    dom.render(
      () =>
        `${useConnection(me).kind} ${usePresence(me)?.statusId} ${titles(useOffers(me))} ${useNotices(me).length}`,
      { strict: true },
    )
    expect(dom.text()).toBe('idle undefined  0')
    await me.connect()
    await shows('live available  0')
    server.latest().send('work:offered', offerOf('w1'))
    const notice = { id: 'n1', at: '2026-11-23T09:00:00.000Z', kind: 'missed' as const }
    server.latest().send('presence:notice', { ...notice, presence: viewOf('ada') })
    await shows('live available w1 1')
    server.latest().send('work:withdrawn', { workItemId: 'w1', reason: 'withdrawn' })
    await shows('live available  1')
    me.disconnect()
    await shows('ended available  1')
  })
})
