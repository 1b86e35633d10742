// Which kinds of event a report of the shift is, and a change that the supervisor sees.

import type { PresenceView } from '@rollcall/shared'
import type { Act } from './acts.ts'
import type { Cast } from './cast.ts'
import type { Kind } from './kinds.ts'
import type { Report } from './report.ts'

const TAKEN: Readonly<Record<string, Kind>> = {
  chat: 'chat taken',
  phone: 'call taken',
  email: 'mail taken',
  case: 'case taken',
}
const BY_ACT: Partial<Record<Act['kind'], Kind>> = {
  'sign-in': 'sign-in',
  'sign-out': 'sign-out',
  drop: 'browser closed',
  cut: 'network lost without a word',
  reload: 'tab reloaded',
  'open-tab': 'second tab opened',
  'close-tab': 'second tab closed',
  assign: 'assignment',
  pick: 'pick',
  wait: 'parked',
  resume: 'resumed',
  close: 'closed by herself',
  'hang-up': 'closed by the customer',
  'take-away': 'closed by the supervisor',
  release: 'released by the supervisor',
  'cancel-next': 'next choice cancelled',
  'choose-many': 'supervisor chose for many',
  'reset-many': 'supervisor reset many',
}
const HOLDS: Readonly<Record<string, Kind>> = {
  missed: 'held: missed',
  rejected: 'held: rejected',
  'session-limit': 'held: session limit',
}

/** Of an act that was acknowledged. `night`: it began after the night did. */
export function kindsOfDone(
  { step: { act }, presence }: Report & { kind: 'done' },
  cast: Cast,
  night: boolean,
): readonly Kind[] {
  const kinds: Kind[] = []
  const simple = BY_ACT[act.kind]
  if (simple) kinds.push(simple)
  if (act.kind === 'sign-in' && night) kinds.push('sign-in of the night')
  if (act.kind === 'return' && presence?.cause.event === 'signed-in') kinds.push('back after the window')
  if (act.kind === 'offer') kinds.push(act.force ? 'offer with force' : 'offer')
  if (act.kind === 'pick' || act.kind === 'assign' || act.kind === 'answer') {
    const taken = TAKEN[workstreamOf(act.workItemId)]
    if (taken) kinds.push(taken)
  }
  if (act.kind === 'answer') kinds.push(act.handedOver ? 'transfer accepted' : 'offer answered')
  if (act.kind === 'reject') kinds.push('offer rejected')
  if (act.kind === 'wrap-up') kinds.push(wrapUpOf(workstreamOf(act.workItemId), cast))
  if (act.kind === 'transfer') {
    const straight = 'queueId' in act.to ? 'transfer to a queue' : 'transfer to a colleague'
    kinds.push(act.offer ? 'transfer as an offer' : straight)
  }
  if (act.kind === 'reset') kinds.push(act.bySupervisor ? 'supervisor reset one' : 'reset by herself')
  if (act.kind === 'choose') kinds.push(...kindsOfChoice(act, presence, cast))
  if (act.kind === 'configure') {
    const { what } = act.change
    const other = what === 'profile' ? 'capacity profile changed' : 'capacity of a team changed'
    kinds.push(what === 'policy' ? 'policy changed' : other)
  }
  return kinds
}

/** Of one change of one presence. */
export function kindsOfChange(before: PresenceView, after: PresenceView): readonly Kind[] {
  const { next } = before
  const { event } = after.cause
  const kinds: Kind[] = []
  const held = HOLDS[after.origin]
  if (held && before.origin !== after.origin) kinds.push(held)
  if (next && !after.next && after.statusId === next.statusId && event !== 'presence-chosen')
    kinds.push('next choice applied')
  if (event === 'choice-expired') kinds.push('choice that ended by time')
  if (event === 'wrap-up-ended') kinds.push('wrap-up released by time')
  if (event === 'reconnected' && before.link === 'absent') kinds.push('back within the window')
  if (event === 'configuration-changed') kinds.push('presence judged by a new configuration')
  if (event === 'profile-reset') {
    kinds.push('end of day with closed cases')
    if (after.work.some(({ workstreamId }) => workstreamId === 'case'))
      kinds.push('case open over the end of day')
  }
  return kinds
}

function kindsOfChoice(
  act: Act & { kind: 'choose' },
  presence: PresenceView | null,
  cast: Cast,
): readonly Kind[] {
  const { statusId } = act
  const kinds: Kind[] = []
  if (statusId === 'lunch') kinds.push('lunch')
  else kinds.push(cast.breaks.includes(statusId) ? 'break or meeting' : 'status at work')
  if (act.note !== null) kinds.push('choice with a note')
  if (act.bySupervisor) kinds.push('supervisor chose for one')
  if (act.when === 'after-work' && presence?.next) kinds.push('next choice queued')
  return kinds
}

function wrapUpOf(workstreamId: string, { workstreams }: Cast): Kind {
  const { wrapUp = 'always' } = workstreams.find(({ id }) => id === workstreamId) ?? {}
  if (wrapUp === 'none') return 'wrap-up that holds nothing'
  return wrapUp === 'always' ? 'wrap-up that holds until the close' : 'wrap-up that holds for seconds'
}

/** Items of the script are named after their workstream. */
function workstreamOf(workItemId: string): string {
  return workItemId.slice(0, workItemId.lastIndexOf('-'))
}
