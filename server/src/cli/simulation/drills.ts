// What a proof wants and a demo spares its viewers: floods of work, changes of the configuration, lost networks.

import type { Act, Change } from './acts.ts'
import { type Floor, newItem, plan, type Scene, without } from './floor.ts'
import { type Happening, withOne } from './happening.ts'

/** What the administrator changes, and changes back. */
const POLICY = { usual: 6, other: 8 }
export const SESSION_LIMIT = POLICY.usual

/** More cases than the session limit allows are put on one desk (SE2); she works them off. */
export function flood(floor: Floor, here: readonly Scene[]): Happening | null {
  const takesCases = ({ player, casesLeft, onBreak }: Scene) =>
    !onBreak && casesLeft > POLICY.other && player.takes.some(({ workstreamId }) => workstreamId === 'case')
  return withOne(floor, here, takesCases, scene => {
    const assign = (): Act => {
      const item = newItem(floor, scene, 'case')
      scene.items.push(item)
      const { id: workItemId, workstreamId, attributes } = item
      return { kind: 'assign', workItemId, workstreamId, attributes }
    }
    for (let nth = 1; nth <= POLICY.other; nth += 1) {
      plan(floor, nth * 300, scene, () => (scene.where === 'here' ? assign() : null))
      plan(floor, 30_000 + nth * 1_500, scene, () => {
        const [item] = scene.items
        if (scene.where !== 'here' || !item) return null
        without(scene, item)
        return { kind: 'close', workItemId: item.id }
      })
    }
    return assign()
  })
}

export function configure(floor: Floor, here: readonly Scene[]): Happening | null {
  return withOne(
    floor,
    here,
    () => true,
    () => {
      const changes = changesOf(floor)
      const change = changes[floor.changes % changes.length]
      floor.changes += 1
      if (!change) throw new Error('nothing to configure')
      return { kind: 'configure', change }
    },
  )
}

/** Each is changed back in its turn. */
function changesOf({ cast }: Floor): readonly Change[] {
  const ids = cast.players.filter(({ capacity }) => capacity.units === 60).map(({ id }) => id)
  return [
    { what: 'profile', id: 'chats', limit: 1 },
    { what: 'units', ids, units: 40 },
    { what: 'policy', patch: { sessionLimit: POLICY.other } },
    { what: 'profile', id: 'chats', limit: 2 },
    { what: 'units', ids, units: 60 },
    { what: 'policy', patch: { sessionLimit: POLICY.usual } },
  ]
}

/** She comes back before the server has noticed, or within the window that begins when it has (DI5, DI9). */
export function cut(floor: Floor, here: readonly Scene[]): Happening | null {
  const { random, day, atMs } = floor
  return withOne(
    floor,
    here,
    ({ player }) => player.fromHome,
    scene => {
      scene.where = 'gone'
      scene.tabs = 0
      scene.backAtMs = atMs + random.between(day.windowMs * 0.2, day.windowMs * 1.2)
      return { kind: 'cut' }
    },
  )
}
