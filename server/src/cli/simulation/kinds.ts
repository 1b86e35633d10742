// Every kind of event that a whole shift holds. What the script contains and a shift never saw is a hole in the proof.

import type { Day } from './floor.ts'

export const KINDS = {
  People: [
    'sign-in',
    'sign-in of the night',
    'sign-out',
    'browser closed',
    'network lost without a word',
    'back within the window',
    'back after the window',
    'tab reloaded',
    'second tab opened',
    'second tab closed',
  ],
  Work: [
    'chat taken',
    'call taken',
    'mail taken',
    'case taken',
    'offer',
    'offer with force',
    'assignment',
    'pick',
    'offer answered',
    'offer rejected',
    'offer missed',
    'offer withdrawn',
    'parked',
    'resumed',
    'wrap-up that holds until the close',
    'wrap-up that holds for seconds',
    'wrap-up that holds nothing',
    'wrap-up released by time',
    'closed by herself',
    'closed by the customer',
    'closed by the supervisor',
    'released by the supervisor',
    'transfer to a colleague',
    'transfer to a queue',
    'transfer as an offer',
    'transfer accepted',
    'transfer declined',
  ],
  Presence: [
    'lunch',
    'break or meeting',
    'status at work',
    'choice with a note',
    'choice that ended by time',
    'next choice queued',
    'next choice applied',
    'next choice cancelled',
    'reset by herself',
    'held: missed',
    'held: rejected',
    'held: session limit',
    'supervisor chose for one',
    'supervisor reset one',
    'supervisor chose for many',
    'supervisor reset many',
  ],
  Place: [
    'policy changed',
    'capacity profile changed',
    'capacity of a team changed',
    'presence judged by a new configuration',
    'end of day with closed cases',
    'case open over the end of day',
  ],
} as const

export type Kind = (typeof KINDS)[keyof typeof KINDS][number]

const OF_CUTS: readonly Kind[] = ['network lost without a word']
const OF_DRILLS: readonly Kind[] = [
  'held: session limit',
  'policy changed',
  'capacity profile changed',
  'capacity of a team changed',
  'presence judged by a new configuration',
]
const OF_THE_NIGHT: readonly Kind[] = ['sign-in of the night']
const OF_THE_END_OF_DAY: readonly Kind[] = ['end of day with closed cases', 'case open over the end of day']

/** All that stayed at zero, whether the script contains it or not. */
export function neverAmong(happened: ReadonlyMap<Kind, number>): readonly Kind[] {
  return Object.values(KINDS)
    .flat()
    .filter(kind => !happened.has(kind))
}

/** What the script of such a day contains. `dayEnds`: the end of day of the cases falls into it. */
export function kindsOf({ cuts, drills, nightFromMs }: Day, dayEnds: boolean): readonly Kind[] {
  const not = [
    ...(cuts ? [] : OF_CUTS),
    ...(drills ? [] : OF_DRILLS),
    ...(nightFromMs === null ? OF_THE_NIGHT : []),
    ...(dayEnds ? [] : OF_THE_END_OF_DAY),
  ]
  return Object.values(KINDS)
    .flat()
    .filter(kind => !not.includes(kind))
}
