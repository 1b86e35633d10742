// One step of a random history: what happens next, drawn so that rules meet each other often.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { CHANGES } from './oracle-changes.ts'
import type { Core } from './oracle-core.ts'
import { CHOICES, LIMITS, PEOPLE } from './oracle-floor.ts'
import type { Coverage } from './oracle-marks.ts'
import { drawReport, type ReportScene } from './oracle-reports.ts'
import type { Report } from './oracle-work.ts'
import type { Choice, Did, Who } from './oracle-world.ts'
import { pickFrom, type Random } from './random.ts'

export interface Scene extends ReportScene {
  readonly core: Core
  readonly coverage: Coverage
  readonly items: Set<string>
  config: Configuration
  at: number
  /** Begins with somebody who has all the items that she can have (WK9). */
  full: boolean
  /** Made again now and then (MA10). */
  lastChoice?: { readonly who: string; readonly choice: Choice }
}

type Step = { readonly words: () => string; readonly expected: readonly Did[]; readonly got: string }

/** Each as likely as often as it stands here. */
const KINDS = [
  ...Array<'connect'>(12).fill('connect'),
  ...Array<'disconnect'>(4).fill('disconnect'),
  ...Array<'choose'>(8).fill('choose'),
  ...Array<'report'>(40).fill('report'),
  'signOut',
  'signOut',
  'lifeEnded',
  'handOver',
  'chooseAfterWork',
  'chooseAfterWork',
  'reset',
  'reset',
  'cancelNext',
  'seeNotice',
  'setLimits',
  'setLimits',
  'configure',
  'configure',
] as const

export const STEP_KINDS: readonly string[] = [...new Set(KINDS)]

const SHORT = [0, 0, 1, 500, 1_000, 3_000]
const GAPS = [5_000, 10_000, 30_000, 60_000, 150_000, 600_000]
const DAY_MS = 86_400_000
const FULL = 49

/** Often at the very instant at which something falls due, or a millisecond beside it. */
export function drawGap(scene: Pick<Scene, 'oracle' | 'items' | 'at'>, dice: Random): number {
  const { oracle, at } = scene
  const chance = dice()
  if (chance < 0.6) return pickFrom(dice, SHORT)
  if (chance < 0.7) return pickFrom(dice, GAPS)
  if (chance > 0.98) return toForgotten(scene, dice)
  const ahead = oracle.instants().filter(instant => instant > at && instant - at <= DAY_MS)
  const soon = ahead.slice(0, 3)
  if (soon.length === 0) return pickFrom(dice, GAPS)
  return Math.max(0, pickFrom(dice, soon) - at + pickFrom(dice, [-1, 0, 0, 1]))
}

/** WK3: a day after some item was closed; else some hours. */
function toForgotten({ oracle, items, at }: Pick<Scene, 'oracle' | 'items' | 'at'>, dice: Random): number {
  const closed = [...items].flatMap(id => {
    const item = oracle.item(id)
    return item?.state === 'closed' && item.closedAt + DAY_MS > at ? [item.closedAt + DAY_MS - at] : []
  })
  if (closed.length === 0) return pickFrom(dice, [DAY_MS, 3_600_000])
  return Math.max(0, pickFrom(dice, closed) + pickFrom(dice, [-1, 0, 0, 1]))
}

/** Told to both. */
export function drawStep(scene: Scene, dice: Random): Step {
  if (scene.full) return fill(scene, dice)
  const kind = pickFrom(dice, KINDS)
  const step = kind === 'report' ? reported(scene, dice) : happens(kind, scene, dice)
  scene.coverage.count(`event ${kind}`)
  scene.coverage.count(`outcome ${step.got}`)
  return step
}

function reported(scene: Scene, dice: Random): Step {
  const what = drawReport(scene, dice)
  scene.coverage.count(`report ${what.type} by ${what.by.kind}`)
  return tell(scene, what)
}

function tell({ oracle, core, items, at }: Scene, what: Report): Step {
  items.add(what.itemId)
  const { itemId, type, by, ...more } = what
  const words = () => `${by.kind} ${by.id}: ${type} ${itemId} ${JSON.stringify(more)}`
  return { words, expected: [oracle.report(what, at)], got: core.report(what, at) }
}

/** Items without a cost and of no presence, so that the rest of the history is not only about them. */
function fill(scene: Scene, dice: Random): Step {
  scene.full = false
  const to = pickFrom(dice, PEOPLE)
  const more = { workstreamId: 'quiet', cost: { units: 0, profiles: [] }, force: false, reopen: false }
  const by: Who = { kind: 'service', id: 'router' }
  let last: Step | null = null
  for (let i = 0; i < FULL; i++)
    last = tell(scene, { itemId: `full-${i}`, type: 'assign', to, by, doneBy: 'other', ...more })
  return { words: () => `${FULL} items to ${to}`, expected: last?.expected ?? [], got: last?.got ?? '' }
}

function happens(kind: Exclude<(typeof KINDS)[number], 'report'>, scene: Scene, dice: Random): Step {
  const { oracle, core, at } = scene
  const gone = kind === 'connect' ? PEOPLE.filter(id => isGone(oracle.link(id))) : []
  const who = pickFrom(dice, gone.length > 0 && dice() < 0.6 ? gone : PEOPLE)
  const tab = `${who}-${pickFrom(dice, [1, 2])}`
  const by = chooserOf(who, dice)
  const step = (words: () => string, expected: Did, got: string): Step => ({
    words,
    expected: [expected],
    got,
  })
  switch (kind) {
    case 'connect': {
      const life = pickFrom(dice, ['n1', 'n1', 'n2'])
      return step(
        () => `connect ${tab} at ${life}`,
        oracle.connect(who, tab, at, life),
        core.connect(who, tab, at, life),
      )
    }
    case 'disconnect':
      return step(() => `disconnect ${tab}`, oracle.disconnect(who, tab, at), core.disconnect(who, tab, at))
    case 'lifeEnded': {
      const life = pickFrom(dice, ['n1', 'n2'])
      const window = at + pickFrom(dice, [0, 0, 20_000])
      const did = oracle.lifeEnded(who, life, window, at)
      return step(
        () => `${life} of ${who} ends, window from +${window - at}`,
        did,
        core.lifeEnded(who, life, window, at),
      )
    }
    case 'handOver': {
      const life = pickFrom(dice, ['n1', 'n2'])
      const did = oracle.handOver(who, life, 30_000, at)
      return step(() => `${life} of ${who} hands over`, did, core.handOver(who, life, 30_000, at))
    }
    case 'signOut':
      return step(() => `sign out ${who}`, oracle.signOut(who, at), core.signOut(who, at))
    case 'choose':
    case 'chooseAfterWork': {
      const statusId = pickFrom(dice, dice() < 0.85 ? CHOICES.slice(0, 9) : CHOICES.slice(9))
      const forMs = pickFrom(dice, [null, null, null, 30_000, 150_000, 400_000])
      const drawn = { who, choice: { statusId, by, forMs, note: pickFrom(dice, [null, null, 'back soon']) } }
      const { choice } = scene.lastChoice?.who === who && dice() < 0.15 ? scene.lastChoice : drawn
      scene.lastChoice = { who, choice }
      const when = kind === 'choose' ? 'now' : 'after-work'
      const { did, also } = oracle.choose(who, choice, when, at)
      const got = core.choose(who, choice, when, at)
      const words = () => `${JSON.stringify(choice)} for ${who}, ${when}`
      return { words, expected: also === undefined ? [did] : [did, also], got }
    }
    case 'reset':
      return step(() => `${by.id} resets ${who}`, oracle.reset(who, by, at), core.reset(who, by, at))
    case 'cancelNext':
      return step(
        () => `${by.id} cancels next of ${who}`,
        oracle.cancelNext(who, by, at),
        core.cancelNext(who, by, at),
      )
    case 'seeNotice':
      return step(() => `${who} reads`, oracle.seeNotice(who, at), core.seeNotice(who, at))
    case 'setLimits': {
      const limits = pickFrom(dice, LIMITS)
      const words = () => `limits of ${who}: ${JSON.stringify(limits)}`
      return step(words, oracle.setLimits(who, limits, at), core.setLimits(who, limits, at))
    }
    case 'configure': {
      const change = pickFrom(dice, CHANGES)
      scene.config = change.make(scene.config)
      oracle.configure(scene.config, { kind: 'administrator', id: 'ivo' }, at)
      core.configure(scene.config, at)
      return step(() => `configure ${change.words}`, 'done', 'done')
    }
  }
}

function isGone(link: string): boolean {
  return link === 'absent' || link === 'handover'
}

function chooserOf(who: string, dice: Random): Who {
  const kind = pickFrom(dice, ['representative', 'representative', 'supervisor', 'service'] as const)
  return { kind, id: kind === 'representative' ? who : kind === 'supervisor' ? 'sue' : 'router' }
}
