// Reports about work for random histories: mostly what makes sense of the item as it is, now and then anything.

import type { createOracle } from './oracle.ts'
import { WORKSTREAMS } from './oracle-floor.ts'
import type { Report } from './oracle-work.ts'
import type { Item, Who } from './oracle-world.ts'
import { pickFrom, type Random } from './random.ts'

/** `items`: those that were named so far, of the `itemCount` that there are. */
export interface ReportScene {
  readonly oracle: ReturnType<typeof createOracle>
  readonly people: readonly string[]
  readonly items: ReadonlySet<string>
  readonly itemCount: number
}

type Type = Report['type']

const SENSIBLE: Readonly<Record<Item['state'] | 'none' | 'pending', readonly Type[]>> = {
  none: ['offer', 'offer', 'offer', 'assign', 'accept', 'accept'],
  queued: ['offer', 'offer', 'assign', 'accept', 'accept', 'close'],
  offered: [
    'accept',
    'accept',
    'accept',
    'accept',
    'reject',
    'reject',
    'miss',
    'withdraw',
    'assign',
    'close',
  ],
  // TR4: with somebody, and on offer to another.
  pending: ['accept', 'accept', 'reject', 'miss', 'withdraw', 'close', 'close', 'wait', 'transfer', 'offer'],
  active: ['wrap-up', 'wrap-up', 'close', 'wait', 'transfer', 'transfer', 'offer', 'offer', 'release'],
  waiting: ['resume', 'resume', 'close', 'assign', 'transfer', 'release'],
  'wrap-up': ['close', 'close', 'resume', 'wait', 'transfer', 'release', 'assign'],
  closed: ['offer', 'assign', 'assign', 'accept', 'close'],
}

export const REPORT_TYPES = [
  'offer',
  'assign',
  'accept',
  'reject',
  'miss',
  'withdraw',
  'wait',
  'resume',
  'wrap-up',
  'close',
  'release',
  'transfer',
] as const satisfies readonly Type[]

export function drawReport(scene: ReportScene, dice: Random): Report {
  const itemId = drawItem(scene, dice)
  const number = Number(itemId.slice(1))
  const own = itemId === 'full-0' ? 'quiet' : (WORKSTREAMS[number % WORKSTREAMS.length] ?? 'default')
  const item = scene.oracle.item(itemId)
  const state = item?.state ?? 'none'
  const pending = item !== undefined && item.offeredTo !== null && state !== 'offered'
  const type =
    dice() < 0.85 ? pickFrom(dice, SENSIBLE[pending ? 'pending' : state]) : pickFrom(dice, REPORT_TYPES)
  const who = pickFrom(dice, scene.people)
  const { people } = scene
  const there = people.filter(id => scene.oracle.link(id) === 'present')
  const other = dice() < 0.02 ? 'nobody' : pickFrom(dice, there.length > 0 && dice() < 0.7 ? there : people)
  const doneBy = dice() < 0.3 ? 'representative' : 'other'
  switch (type) {
    case 'offer':
    case 'assign': {
      // Rollcall routes by offers, never by assignments.
      const routes = type === 'offer' && dice() < 0.25
      const by: Who = routes ? { kind: 'system', id: 'rollcall' } : { kind: 'service', id: 'router' }
      const workstreamId = dice() < 0.03 ? pickFrom(dice, [...WORKSTREAMS, 'nowhere']) : own
      const cost =
        dice() < 0.7
          ? null
          : pickFrom(dice, [
              { units: 0, profiles: [] },
              { units: 45, profiles: ['chat', 'day'] },
            ])
      const to = type === 'assign' && item?.holder && dice() < 0.6 ? item.holder : other
      return {
        itemId,
        type,
        by: dice() < 0.02 ? self(who) : by,
        doneBy,
        to,
        workstreamId,
        cost,
        force: dice() < 0.2,
        reopen: dice() < 0.6,
      }
    }
    case 'accept': {
      const to = item?.offeredTo && dice() < 0.9 ? item.offeredTo : who
      const herself = dice() < 0.65
      const named = item?.offeredTo === to ? 0.2 : 0.95
      const workstreamId =
        dice() < 0.03 ? pickFrom(dice, [...WORKSTREAMS, 'nowhere']) : dice() < named ? own : null
      const by: Who = herself ? self(to) : { kind: 'service', id: 'router' }
      return { itemId, type, by, doneBy: herself ? 'representative' : doneBy, to, workstreamId }
    }
    case 'transfer': {
      const by = reporterOf(scene, item, who, dice)
      const toQueue = dice() < 0.25
      const queue = pickFrom(dice, ['support', 'billing', 'sales', 'nowhere'])
      const reporter = doneByOf(by, doneBy)
      return {
        itemId,
        type,
        by,
        doneBy: reporter,
        to: toQueue ? queue : other,
        toQueue,
        offer: dice() < 0.55,
      }
    }
    default: {
      const answers = type === 'reject' || type === 'miss' || type === 'withdraw'
      const hers = answers ? item?.offeredTo : item?.holder
      const by = reporterOf(scene, item, hers ?? who, dice)
      return { itemId, type, by, doneBy: doneByOf(by, doneBy) }
    }
  }
}

/** Often what is on offer, before its time is over. */
function drawItem({ oracle, items, itemCount }: ReportScene, dice: Random): string {
  if (items.has('full-0') && dice() < 0.2) return 'full-0'
  const offered = [...items].filter(id => oracle.item(id)?.offeredTo != null)
  return offered.length > 0 && dice() < 0.4 ? pickFrom(dice, offered) : `w${Math.floor(dice() * itemCount)}`
}

/** Mostly she whose item it is, or a service. */
function reporterOf({ people }: ReportScene, item: Item | undefined, hers: string, dice: Random): Who {
  const chance = dice()
  if (chance < 0.4) return { kind: 'service', id: 'router' }
  if (chance < 0.5) return { kind: 'supervisor', id: 'sue' }
  if (chance < 0.55) return self(pickFrom(dice, people))
  if (chance < 0.7) return self(item?.offeredTo ?? hers)
  return self(chance < 0.8 ? (item?.holder ?? hers) : hers)
}

function doneByOf(by: Who, doneBy: Report['doneBy']): Report['doneBy'] {
  return by.kind === 'representative' ? 'representative' : by.kind === 'supervisor' ? 'other' : doneBy
}

function self(id: string): Who {
  return { kind: 'representative', id }
}
