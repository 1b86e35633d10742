// Who plays in the demo and in simulated shifts: representatives in five queues, their supervisor, and what the contact center has
// configured for them. Plain data; nothing here is random.

import type { ProfileResource, StatusResource, WorkstreamResource } from '@rollcall/shared'
import { NAMES } from './names.ts'

export interface Player {
  readonly id: string
  readonly name: string
  readonly queues: readonly string[]
  readonly defaultStatusId: string | null
  readonly capacity: {
    readonly units: number | null
    readonly profiles: Readonly<Record<string, number | null>>
  }
  /** The workstreams she takes work from, each only while she has fewer items than that. */
  readonly takes: readonly { readonly workstreamId: string; readonly atOnce: number }[]
  /** Works from home, over a network that may go without a word. */
  readonly fromHome: boolean
}

export interface Cast {
  readonly queues: readonly { readonly id: string; readonly name: string }[]
  readonly profiles: readonly (Partial<ProfileResource> & { readonly id: string })[]
  readonly workstreams: readonly (Partial<WorkstreamResource> & { readonly id: string })[]
  readonly statuses: readonly (Pick<StatusResource, 'id' | 'text' | 'base'> & Partial<StatusResource>)[]
  /** Statuses that people choose to take no new work, and those they choose at work. */
  readonly breaks: readonly string[]
  readonly atWork: readonly string[]
  readonly players: readonly Player[]
  readonly supervisor: { readonly id: string; readonly name: string }
  /** What conversations are about, by workstream: title and customer. */
  readonly topics: Readonly<Record<string, readonly string[]>>
  readonly customers: readonly string[]
}

const MINUTE = 60_000
/** So that they suffice for most, and not for everybody. */
const CASES_A_DAY = 60
export const CASES_PROFILE = 'cases'

const CHATS = { workstreamId: 'chat', atOnce: 3 }
const CALLS = { workstreamId: 'phone', atOnce: 1 }
const EMAILS = { workstreamId: 'email', atOnce: 4 }
const CASES = { workstreamId: 'case', atOnce: 3 }

const TEAMS = [
  {
    queue: 'billing',
    cases: false,
    name: 'Billing',
    capacity: { units: 100, profiles: {} },
    takes: [CHATS, EMAILS],
  },
  {
    queue: 'orders',
    cases: false,
    name: 'Orders',
    capacity: { units: null, profiles: { chats: 3 } },
    takes: [CHATS],
  },
  {
    queue: 'support',
    cases: false,
    name: 'Technical support',
    capacity: { units: null, profiles: { chats: null, calls: null } },
    takes: [CHATS, CALLS],
  },
  {
    queue: 'claims',
    cases: true,
    name: 'Claims',
    capacity: { units: null, profiles: { calls: null } },
    takes: [CALLS, CASES],
  },
  {
    queue: 'returns',
    cases: true,
    name: 'Returns',
    capacity: { units: 60, profiles: {} },
    takes: [EMAILS, CHATS, CASES],
  },
] as const

const PLACE: Omit<Cast, 'players'> = {
  queues: TEAMS.map(team => ({ id: team.queue, name: team.name })),
  profiles: [
    { id: 'chats', name: 'Chats', limit: 2 },
    // Somebody on the phone takes nothing else, so that a used-up call profile blocks.
    { id: 'calls', name: 'Calls', limit: 1, blocking: true },
    // Closed cases count until the day ends (CA6).
    { id: CASES_PROFILE, name: 'Cases', limit: CASES_A_DAY, reset: 'end-of-day' },
  ],
  workstreams: [
    {
      id: 'chat',
      name: 'Live chat',
      channel: 'chat',
      cost: { units: 30, profiles: ['chats'] },
      queueId: 'orders',
      selfAssign: true,
    },
    {
      id: 'phone',
      name: 'Phone',
      channel: 'voice',
      cost: { profiles: ['calls'] },
      // After a call there is a moment of paperwork, and then room for the next one (CA8).
      wrapUp: { seconds: 10 },
      queueId: 'support',
      selfAssign: true,
    },
    {
      id: 'email',
      name: 'E-mail',
      channel: 'email',
      cost: { units: 20 },
      queueId: 'billing',
      selfAssign: true,
    },
    {
      id: 'case',
      name: 'Cases',
      channel: 'case',
      wrapUp: 'none',
      queueId: 'claims',
      selfAssign: true,
    },
  ],
  statuses: [
    { id: 'lunch', text: 'Lunch', base: 'away', expectedMs: 30 * MINUTE },
    { id: 'short-break', text: 'Short break', base: 'away', expectedMs: 10 * MINUTE },
    { id: 'training', text: 'Training', base: 'do-not-disturb', expectedMs: 60 * MINUTE },
    { id: 'team-meeting', text: 'Team meeting', base: 'do-not-disturb', expectedMs: 30 * MINUTE },
    { id: 'paperwork', text: 'Paperwork', base: 'busy' },
    {
      id: 'floor-support',
      text: 'Floor support',
      base: 'available',
      description: 'Available, and helping new colleagues.',
    },
  ],
  breaks: ['lunch', 'short-break', 'training', 'team-meeting', 'away', 'do-not-disturb'],
  atWork: ['available', 'busy', 'paperwork', 'floor-support'],
  supervisor: { id: 'sue.supervisor', name: 'Sue Ortega' },
  topics: {
    chat: ['Where is my parcel?', 'A voucher does not work', 'Change of address', 'Which size fits?'],
    phone: ['Router keeps restarting', 'Damage report', 'Cannot log in', 'Appointment with a technician'],
    case: ['Water damage', 'Stolen bicycle', 'Broken screen', 'Late delivery'],
    email: ['Two invoices for one month', 'Refund not received', 'Copy of a contract', 'Return of a gift'],
  },
  customers: [
    'M. Albrecht',
    'S. Dubois',
    'K. Eze',
    'L. Gruber',
    'R. Hassan',
    'T. Ito',
    'P. Moreau',
    'J. Ward',
  ],
}

/** Fifty people, as the demo plays them. */
export const CAST: Cast = castOf(50, 20_000)

/** Times that a shift shortens or moves. */
export interface CastTimes {
  /** `HH:MM` in UTC, when closed cases count no longer; left out: when the tenant's day ends. */
  readonly endOfDay?: string
  /**
   * Whose closed cases count: a profile of this shift's own, named by this. A local date ends once, so that a second
   * shift on one date would see no end of day.
   */
  readonly run?: string
  /** How long the paperwork after a call holds its capacity. */
  readonly wrapUpSeconds?: number
}

/** `offerTimeoutMs`: how long the server waits for the answer to an offer. */
export function castOf(people: number, offerTimeoutMs: number, times: CastTimes = {}): Cast {
  const { endOfDay, wrapUpSeconds, run } = times
  const cases = run === undefined ? CASES_PROFILE : `${CASES_PROFILE}-${run}`
  const ends = endOfDay === undefined ? {} : { endOfDay, timeZone: 'UTC' }
  return {
    ...PLACE,
    profiles: PLACE.profiles.map(profile =>
      profile.id === CASES_PROFILE ? { ...profile, ...ends, id: cases } : profile,
    ),
    workstreams: PLACE.workstreams.map(workstream => ({
      ...workstream,
      offerTimeoutMs,
      ...(typeof workstream.wrapUp === 'object' &&
        wrapUpSeconds !== undefined && { wrapUp: { seconds: wrapUpSeconds } }),
      ...(workstream.id === 'case' && { cost: { profiles: [cases] } }),
    })),
    players: Array.from({ length: people }, (_, index) => playerOf(nameOf(index), index, cases)),
  }
}

/** What the server is told of her. */
export function profileOf({ id, name, queues, defaultStatusId, capacity }: Player) {
  return { id, name, queues, defaultStatusId, capacity }
}

/** Beyond fifty the names come again, with a number. */
function nameOf(index: number): string {
  const name = NAMES[index % NAMES.length] ?? 'Abena Okafor'
  const round = Math.floor(index / NAMES.length)
  return round === 0 ? name : `${name} ${round + 1}`
}

function playerOf(name: string, index: number, cases: string): Player {
  const team = TEAMS[index % TEAMS.length] ?? TEAMS[0]
  const neighbour = TEAMS[(index + 1) % TEAMS.length] ?? TEAMS[0]
  return {
    id: idOf(name),
    name,
    // Every fourth helps out in a second queue, so that transfers cross teams.
    queues: index % 4 === 0 ? [team.queue, neighbour.queue] : [team.queue],
    // Every tenth begins the day Away, to have time before the first customer.
    defaultStatusId: index % 10 === 7 ? 'away' : null,
    capacity: {
      units: team.capacity.units,
      profiles: { ...team.capacity.profiles, ...(team.cases && { [cases]: null }) },
    },
    takes: team.takes,
    fromHome: index % 7 === 3,
  }
}

/** `Elif Yılmaz` becomes `elif.yilmaz`: an id takes no accents. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/[^a-z0-9 ]/g, '')
    .replaceAll(' ', '.')
}
