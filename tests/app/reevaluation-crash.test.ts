// PO1: a process that dies while everybody is judged by a changed configuration. Tried after every single commit.

import { type PresenceView, workstreamBody } from '@rollcall/shared'
import {
  type AppWorld,
  administrator,
  as,
  choice,
  createAppWorld,
  principal,
  service,
} from '../support/app-world.ts'
import { cutLog } from '../support/cut-log.ts'
import type { MemoryLog } from '../support/memory-storage.ts'
import { createSettlingClock, type SettlingClock } from '../support/settling-clock.ts'

const admin = as(administrator())
const PROFILE = { limit: 2, blocking: false, reset: 'immediate' as const, timeZone: null, endOfDay: null }
/** More than two slices. */
const PEOPLE = 120
const IDS = Array.from({ length: PEOPLE }, (_, place) => `r${String(place).padStart(3, '0')}`)

/** Signed out with the profile; away with a chat; away with a chat and a sticky choice; without the profile. */
const KINDS = ['idle', 'working', 'lunching', 'mailing'] as const
const kindOf = (place: number) => KINDS[place % KINDS.length]

describe('[PO1] a process that dies while everybody is judged by a changed configuration', () => {
  let clock: SettlingClock
  const worlds: AppWorld[] = []

  beforeEach(() => {
    clock = createSettlingClock()
  })
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map(world => world.end()))
  })

  async function start(log?: MemoryLog): Promise<AppWorld> {
    const world = await createAppWorld({ clock, ...(log && { log }) })
    worlds.push(world)
    return world
  }

  /** Alone and at rest: nothing is judged any more. */
  async function atRest(world: AppWorld): Promise<void> {
    let before = -1
    while (world.log.commits.length !== before) {
      before = world.log.commits.length
      await clock.advance(1)
    }
  }

  const limitTo = (world: AppWorld, limit: number, blocking = false) =>
    world.app.configuration.profiles.put(admin, 'chat', { ...PROFILE, limit, blocking }, null)
  const revisions = (world: AppWorld) => views(world).map(view => view.revision)

  it('each is changed once, with one feed entry, wherever it died, and also if it dies again', async () => {
    const first = await start()
    await populate(first)
    const before = views(first)
    const told = first.log.commits.length
    await limitTo(first, 1, true)
    await atRest(first)
    const done = first.log.commits.length
    expect(views(first).map(essence)).toEqual(IDS.map((_, place) => expected(place)))

    for (let cut = told + 1; cut <= done; cut += 1) {
      const second = await start(cutLog(first.log, cut))
      // One more slice, and it dies again.
      const again = await start(cutLog(second.log, cut + 1))
      for (const world of [second, again]) {
        const seq = world.storage.feed.position('default').seq
        const left = raisedBy(before, views(world), 0)
        await atRest(world)
        expect(views(world).map(essence)).toEqual(IDS.map((_, place) => expected(place)))
        expect(raisedBy(before, views(world), 1)).toBe(PEOPLE * 0.75)
        const entries = world.storage.feed.since(
          'default',
          { ...world.storage.feed.position('default'), seq },
          500,
        )
        expect(entries).toHaveLength(left - PEOPLE * 0.25)
        expect(new Set(entries === 'gone' ? [] : entries.map(entry => 'id' in entry && entry.id)).size).toBe(
          entries.length,
        )
        await world.end()
      }
    }
  })

  it('a second change goes once around everybody, and after a crash too', async () => {
    const first = await start()
    await populate(first)
    const before = views(first)
    const aSlice = firstChange(first)
    await limitTo(first, 1)
    await aSlice
    await limitTo(first, 0)
    const between = first.log.commits.length
    await atRest(first)
    const limits = (world: AppWorld) =>
      views(world).map(view => view.capacity.profiles['chat']?.limit ?? null)
    const expectedLimits = IDS.map((_, place) => (kindOf(place) === 'mailing' ? null : 0))
    expect(limits(first)).toEqual(expectedLimits)
    // Those of the first slices were told both, the others the second alone.
    expect(
      new Set(revisions(first).map((revision, place) => revision - (before[place]?.revision ?? 0))),
    ).toEqual(new Set([0, 1, 2]))
    for (let cut = between; cut <= first.log.commits.length; cut += 1) {
      const second = await start(cutLog(first.log, cut))
      await atRest(second)
      expect(limits(second)).toEqual(expectedLimits)
      expect(revisions(second)).toEqual(revisions(first))
      await second.end()
    }
  })

  it('what is taken back before she was looked at is no change', async () => {
    const first = await start()
    await populate(first)
    const before = views(first)
    await Promise.all([limitTo(first, 1), limitTo(first, 2)])
    await atRest(first)
    expect(views(first)).toEqual(before)
  })

  it('a change that touches nobody leaves nothing to be gone on with', async () => {
    const first = await start()
    await populate(first)
    const before = views(first)
    await first.app.configuration.policy.patch(admin, { maxDeclines: 1 }, null)
    await atRest(first)
    expect(views(first)).toEqual(before)
    const second = await start(cutLog(first.log))
    await atRest(second)
    expect(views(second)).toEqual(before)
    expect(second.storage.feed.position('default').seq).toBe(0)
  })

  async function populate(world: AppWorld): Promise<void> {
    const { configuration, presence, work } = world.app
    for (const id of ['chat', 'mail']) await configuration.profiles.put(admin, id, PROFILE, null)
    const chat = workstreamBody.parse({ channel: 'chat', cost: { profiles: ['chat'] } })
    await configuration.workstreams.put(admin, 'chat', chat, null)
    for (const [place, id] of IDS.entries()) {
      const kind = kindOf(place)
      const profiles = kind === 'mailing' ? { mail: null } : { chat: null }
      const body = { queues: [], defaultStatusId: null, capacity: { units: null, profiles }, attributes: {} }
      await configuration.representatives.put(admin, id, body, null)
      if (kind !== 'working' && kind !== 'lunching') continue
      await presence.connect(principal(id), id, 0)
      await work.put(as(service()), { ...CHAT, workItemId: `w-${id}`, representativeId: id })
      if (kind === 'lunching') await presence.choose(as(principal(id)), choice(id, 'away'))
      await presence.disconnect('default', id, id, 'gone', 0)
    }
    await atRest(world)
  }
})

const CHAT = {
  workstreamId: 'chat',
  state: 'active',
  force: false,
  reopen: false,
  by: 'other',
} as const

function views(world: AppWorld): readonly PresenceView[] {
  const byId = [...world.app.replica.snapshot('default', '*').views]
  return byId.sort((one, other) => one.representativeId.localeCompare(other.representativeId))
}

function firstChange({ app }: AppWorld): Promise<void> {
  return new Promise(resolve => {
    const undo = app.replica.subscribe((_, changes) => {
      if (changes.length === 0) return
      undo()
      resolve()
    })
  })
}

/** How many of them were raised by so much since. */
function raisedBy(before: readonly PresenceView[], now: readonly PresenceView[], by: number): number {
  return now.filter((view, place) => view.revision - (before[place]?.revision ?? 0) === by).length
}

function essence({ statusId, behind, capacity }: PresenceView) {
  return { statusId, behind: behind?.statusId ?? null, chat: capacity.profiles['chat'] ?? null }
}

/** By CA2.2, MA3 and DI3, once the limit is 1 and blocking. */
function expected(place: number) {
  const chat = { limit: 1, used: 0, reserved: 0, blocking: true }
  switch (kindOf(place)) {
    case 'working':
      return { statusId: 'offline', behind: 'do-not-disturb', chat: { ...chat, used: 1 } }
    case 'lunching':
      return { statusId: 'offline', behind: 'away', chat: { ...chat, used: 1 } }
    case 'mailing':
      return { statusId: 'offline', behind: null, chat: null }
    default:
      return { statusId: 'offline', behind: null, chat }
  }
}
