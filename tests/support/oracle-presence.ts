// How the naive oracle looks at somebody: stances that begin and end, what follows from them, and what is then shown.

import {
  activeWork,
  capacityResult,
  held,
  isOpen,
  limitsInWords,
  offers,
  sessions,
  untilReset,
} from './oracle-capacity.ts'
import { nextReset } from './oracle-days.ts'
import {
  baseOf,
  type Choice,
  type Hold,
  type Item,
  type Person,
  type Stance,
  type Who,
  type World,
  workstream,
} from './oracle-world.ts'

/** MA3 */
export function isSticky(world: World, stance: Stance): boolean {
  return stance.kind === 'choice' && isStickyBase(world, stance.statusId)
}

export function isStickyBase(world: World, statusId: string): boolean {
  return ['do-not-disturb', 'away', 'offline'].includes(baseOf(world, statusId))
}

/** SI6, MA2: a default, and a choice that is not sticky. */
export function isPassing(world: World, stance: Stance): boolean {
  return stance.kind === 'default' || (stance.kind === 'choice' && !isSticky(world, stance))
}

/** MA4 */
export function beginChoice(world: World, she: Person, choice: Choice, at: number): void {
  if (she.stance.kind === 'hold') world.mark('MA4 a choice replaces a hold')
  const until = choice.forMs === null ? null : at + choice.forMs
  she.next = null
  she.stance = { kind: 'choice', statusId: choice.statusId, by: choice.by, until, note: choice.note }
  withdrawDisallowed(world, she, choice.statusId, 'NO10 withdrawn by a choice')
  tell(world, she, choice.by, at)
}

/** NO4, NO7, NO11 */
export function beginHold(world: World, she: Person, why: Hold, itemId: string | null, at: number): void {
  if (she.link === 'signed-out') {
    world.mark('NO11 no hold for somebody signed out')
    return
  }
  if (isSticky(world, she.stance)) {
    world.mark('NO4 no hold under a sticky choice')
    return
  }
  if (she.stance.kind === 'hold') return
  she.stance = { kind: 'hold', why }
  const statusId = why === 'missed' ? 'inactive' : 'do-not-disturb'
  notice(she, { at, kind: why, statusId, by: null, workItemId: itemId })
  // Her offers are among what fills the limit of sessions: such a hold leaves them.
  if (why !== 'session-limit') withdrawDisallowed(world, she, statusId, 'NO10 withdrawn by a hold')
}

/** The offer to her ends without an answer of hers. A decline, if so, is counted (RO6). */
export function endOffer(item: Item, declined: boolean): void {
  const she = item.offeredTo ?? ''
  if (declined) item.declines[she] = (item.declines[she] ?? 0) + 1
  item.offeredTo = null
  if (item.state === 'offered') item.state = 'queued'
}

/** MA5: of what she does herself she needs no notice. */
export function tell(world: World, she: Person, by: Who, at: number): void {
  if (by.kind === 'representative' && by.id === she.id) return
  notice(she, {
    at,
    kind: 'changed-by',
    statusId: ifConnected(world, she),
    by: `${by.kind}:${by.id}`,
    workItemId: null,
  })
}

/** What follows by itself whenever something of hers is another (CA6, SE3, MA7); then what is shown. */
export function look(world: World, she: Person, at: number): void {
  beginDays(world, she, at)
  if (she.stance.kind === 'hold' && she.stance.why === 'session-limit') {
    const { open, reserved, limit } = sessions(world, she)
    if (open + reserved < limit) {
      world.mark('SE3 below the limit')
      she.stance = { kind: 'none' }
    }
  }
  if (she.next !== null && activeWork(world, she) === 0) {
    world.mark('MA7 applied')
    beginChoice(world, she, she.next, at)
  }
  const { stance } = she
  let statusId = 'offline'
  let origin = 'signed-out'
  let by: string | null = null
  if (she.link === 'absent') origin = 'disconnected'
  else if (she.link !== 'signed-out') {
    statusId = ifConnected(world, she)
    if (stance.kind === 'choice') {
      const self = stance.by.kind === 'representative' && stance.by.id === she.id
      origin = stance.by.kind
      by = self ? null : `${stance.by.kind}:${stance.by.id}`
    } else origin = stance.kind === 'none' ? 'capacity' : stance.kind === 'hold' ? stance.why : 'default'
  }
  const { seen } = she
  // MA10, SI4: `since` stays while status, origin and by do.
  if (seen.statusId !== statusId || seen.origin !== origin || seen.by !== by)
    she.seen = { statusId, origin, by, since: at }
}

/** CA5: called whenever limits may have changed. */
export function lookAtLimits(world: World, she: Person): void {
  const limits = limitsInWords(world, she)
  if (limits === she.limits) return
  she.limits = limits
  if (!isPassing(world, she.stance)) return
  if (capacityResult(world, she) === 'do-not-disturb') {
    world.mark('CA5 new limits end what is passing')
    she.stance = { kind: 'none' }
  } else world.mark('CA5 new limits leave what is passing')
}

/** The third and fourth line of the precedence. */
export function ifConnected(world: World, she: Person): string {
  const { stance } = she
  if (stance.kind === 'hold') return stance.why === 'missed' ? 'inactive' : 'do-not-disturb'
  return stance.kind === 'none' ? capacityResult(world, she) : stance.statusId
}

function notice(she: Person, one: Person['notices'][number]): void {
  she.notices = [...she.notices.filter(other => one.at - other.at < 86_400_000), one].slice(-50)
}

/** NO10 */
function withdrawDisallowed(
  world: World,
  she: Person,
  statusId: string,
  mark: 'NO10 withdrawn by a choice' | 'NO10 withdrawn by a hold',
): void {
  for (const item of offers(world, she)) {
    if (allows(world, item, statusId)) continue
    world.mark(mark)
    endOffer(item, true)
  }
}

/** RO2, ST7 */
function allows(world: World, item: Item, statusId: string): boolean {
  const status = world.config.statuses[statusId]
  const only = status?.workstreams ?? null
  if (only !== null && !only.includes(item.workstreamId)) {
    world.mark('ST7 other workstreams only')
    return false
  }
  const allowed = workstream(world, item).allowedPresences
  return allowed.includes(statusId) || (statusId !== 'inactive' && allowed.includes(baseOf(world, statusId)))
}

/** CA6: work that costs an end-of-day profile has a day that ends; of other profiles nothing is counted. */
function beginDays(world: World, she: Person, at: number): void {
  for (const profileId of Object.keys(she.days)) {
    if (!untilReset(world, profileId)) delete she.days[profileId]
  }
  for (const item of held(world, she)) {
    if (!isOpen(item) || item.overReset) continue
    for (const profileId of item.profiles) {
      if (!untilReset(world, profileId)) continue
      const day = she.days[profileId]
      if (day !== undefined && day.endsAt !== null) continue
      const end = nextReset(world.config, profileId, at, day?.date ?? '')
      she.days[profileId] = { closed: 0, endsAt: end.at, date: end.date }
    }
  }
}
