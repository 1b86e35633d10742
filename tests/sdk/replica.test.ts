import type { PresenceView, Sync } from '@rollcall/shared'
import fc from 'fast-check'
import { type Changes, createReplica } from '../../client-sdk/src/replica.ts'
import { viewOf } from '../support/views.ts'

// A floor of six changes step by step; a watcher is told in every way the protocol allows, and more. In the end it
// must see exactly what is there.

type Floor = ReadonlyMap<string, PresenceView>
type Step = { readonly who: number; readonly what: 'change' | 'leave' }

const PEOPLE = ['ada', 'ben', 'cleo', 'dan', 'eve', 'fay']
const STATUSES = ['available', 'busy', 'away'] as const

/** The floor after each step, and the message about it. Somebody new comes whole, others as a patch. */
function play(steps: readonly Step[]): { floors: readonly Floor[]; messages: readonly Changes[] } {
  const floor = new Map<string, PresenceView>()
  const revisions = new Map<string, number>()
  const floors: Floor[] = [new Map()]
  const messages: Changes[] = []
  for (const [index, { who, what }] of steps.entries()) {
    const id = PEOPLE[who % PEOPLE.length] ?? 'ada'
    const before = floor.get(id)
    const revision = (revisions.get(id) ?? 0) + 1
    revisions.set(id, revision)
    const message: Changes = { cursor: `k${index + 1}`, presences: [], removed: [] }
    if (what === 'leave') {
      floor.delete(id)
      message.removed.push(id)
    } else {
      const statusId = STATUSES[revision % 3] ?? 'busy'
      const change = { revision, statusId, text: statusId, note: `${index}` }
      const after = before ? { ...before, ...change } : viewOf(id, change)
      floor.set(id, after)
      message.presences.push(before ? { representativeId: id, ...change } : after)
    }
    floors.push(new Map(floor))
    messages.push(message)
  }
  return { floors, messages }
}

const steps = fc.array(
  fc.record<Step>({
    who: fc.nat(5),
    what: fc.oneof({ weight: 5, arbitrary: fc.constant('change' as const) }, fc.constant('leave' as const)),
  }),
  { maxLength: 40 },
)

/** A state as the server sends it: the answer to `watch`, and its further pages. */
function paged(floor: Floor, cursor: string, size: number): { sync: Sync; pages: readonly Changes[] } {
  const views = [...floor.values()]
  const pages: Changes[] = []
  for (let from = size; from < views.length; from += size) {
    const complete = from + size >= views.length
    pages.push({ cursor, presences: views.slice(from, from + size), removed: [], complete })
  }
  const sync: Sync = {
    kind: 'state',
    cursor,
    presences: views.slice(0, size),
    removed: [],
    complete: pages.length === 0,
  }
  return { sync, pages }
}

const shown = (views: ReadonlyMap<string, PresenceView>) =>
  [...views.values()].sort((a, b) => (a.representativeId < b.representativeId ? -1 : 1))

describe('the replica of a watcher', () => {
  it('[SU2] a state in any pages and the changes after it give what is there', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(12),
        (story, at, size, overtaking) => {
          const { floors, messages } = play(story)
          const from = at % floors.length
          const { sync, pages } = paged(floors[from] ?? new Map(), `k${from}`, size)
          const replica = createReplica()
          replica.begin()
          // In the order of the server, but the first few are here before the answer to `watch`.
          const follow = [...pages, ...messages.slice(from)]
          for (const message of follow.slice(0, overtaking)) replica.changes(message)
          const first = replica.sync(sync)
          const rest = follow.slice(overtaking).map(message => replica.changes(message))
          expect([first, ...rest].filter(({ synced }) => synced)).toHaveLength(1)
          expect(shown(replica.presences())).toEqual(shown(floors.at(-1) ?? new Map()))
          expect(replica.cursor()).toBe(`k${story.length}`)
        },
      ),
    )
  })

  it('[SU3] what follows the answer, and is here before it, is held: pages, then changes, some of them older than it', () => {
    fc.assert(
      // Only changes: a removal that is older than the state can't be told from a newer one, and the server sends none.
      fc.property(fc.array(fc.nat(5), { maxLength: 40 }), fc.nat(), fc.nat(), (whos, at, early) => {
        const { floors, messages } = play(whos.map(who => ({ who, what: 'change' })))
        const from = at % floors.length
        const heardFrom = early % (from + 1)
        const { sync, pages } = paged(floors[from] ?? new Map(), `k${from}`, 2)
        const replica = createReplica()
        replica.begin()
        for (const message of [...pages, ...messages.slice(heardFrom)]) {
          expect(replica.changes(message)).toEqual({ changed: [], removed: [] })
        }
        replica.sync(sync)
        expect(shown(replica.presences())).toEqual(shown(floors.at(-1) ?? new Map()))
      }),
    )
  })

  it('[SU3] duplicates and late repetitions of changes alter nothing, in any order', () => {
    const orders = fc.array(fc.nat(), { maxLength: 60 })
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }), orders, (whos, repeats) => {
        const { floors, messages } = play(whos.map(who => ({ who, what: 'change' })))
        const replica = createReplica()
        replica.begin()
        replica.sync({ kind: 'state', cursor: 'k0', presences: [], removed: [] })
        for (const message of messages) replica.changes(message)
        for (const index of repeats) {
          const message = messages[index % messages.length]
          if (message) replica.changes(message)
        }
        expect(shown(replica.presences())).toEqual(shown(floors.at(-1) ?? new Map()))
      }),
    )
  })

  it('[SU2] what is reported as changed and removed leads from one picture to the next', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (story, at) => {
        const { floors, messages } = play(story)
        const again = at % floors.length
        const replica = createReplica()
        const picture = new Map<string, PresenceView>()
        const follow = ({ changed, removed }: ReturnType<typeof replica.changes>) => {
          for (const id of removed) expect(picture.delete(id)).toBe(true)
          for (const view of changed) picture.set(view.representativeId, view)
          expect(shown(picture)).toEqual(shown(replica.presences()))
        }
        replica.begin()
        follow(replica.sync({ kind: 'state', cursor: 'k0', presences: [], removed: [] }))
        for (const [index, message] of messages.entries()) {
          if (index === again) {
            // Continuity was lost here: the whole state again, from where the floor is now.
            replica.begin()
            const { sync, pages } = paged(floors[index] ?? new Map(), `k${index}`, 2)
            follow(replica.sync(sync))
            for (const page of pages) follow(replica.changes(page))
          }
          follow(replica.changes(message))
        }
        expect(shown(replica.presences())).toEqual(shown(floors.at(-1) ?? new Map()))
      }),
    )
  })

  it('[SU2] a diff brings an old picture up to date', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (story, at) => {
        const { floors } = play(story)
        const from = at % floors.length
        const [before, after] = [floors[from] ?? new Map(), floors.at(-1) ?? new Map()]
        const replica = createReplica()
        replica.begin()
        replica.sync({ kind: 'state', cursor: `k${from}`, presences: [...before.values()], removed: [] })
        replica.begin()
        const presences = [...after.values()].filter(view => before.get(view.representativeId) !== view)
        const removed = [...before.keys()].filter(id => !after.has(id))
        expect(replica.sync({ kind: 'diff', cursor: 'k', presences, removed }).synced).toBe('diff')
        expect(shown(replica.presences())).toEqual(shown(after))
      }),
    )
  })

  it('[SU3] a state of a new epoch replaces everything, though its revisions are lower', () => {
    const replica = createReplica()
    replica.begin()
    replica.sync({
      kind: 'state',
      cursor: 'a9',
      presences: [viewOf('ada', { revision: 9 }), viewOf('ben')],
      removed: [],
    })
    replica.begin()
    const change = replica.sync({
      kind: 'state',
      cursor: 'b1',
      presences: [viewOf('ada', { revision: 1 })],
      removed: [],
    })
    expect(change).toMatchObject({
      changed: [{ representativeId: 'ada', revision: 1 }],
      removed: ['ben'],
      synced: 'state',
    })
    expect(replica.cursor()).toBe('b1')
  })

  it('[SU3] half a state is no state: a connection lost in it leaves the old picture and cursor', () => {
    const replica = createReplica()
    replica.begin()
    replica.sync({ kind: 'state', cursor: 'k1', presences: [viewOf('ada')], removed: [] })
    replica.begin()
    replica.sync({ kind: 'state', cursor: 'k5', presences: [viewOf('ben')], removed: [], complete: false })
    replica.changes({ cursor: 'k5', presences: [viewOf('cleo')], removed: [], complete: false })
    replica.begin()
    expect([...replica.presences().keys()]).toEqual(['ada'])
    expect(replica.cursor()).toBe('k1')
  })

  it('[SU2] a patch of somebody unknown is not shown as if it were a view', () => {
    const replica = createReplica()
    replica.begin()
    replica.sync({ kind: 'state', cursor: 'k1', presences: [], removed: [] })
    replica.changes({
      cursor: 'k2',
      presences: [{ representativeId: 'ada', revision: 2, note: 'x' }],
      removed: [],
    })
    expect(replica.presences().size).toBe(0)
  })
})
