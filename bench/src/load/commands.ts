// The commands that scripted representatives send: each is a real change.

import { type DialectName, nameOf } from './dialects.ts'
import { monotonicMs } from './now.ts'

/** `stamped`: a choice whose note says when it was sent, for watchers to compare. */
export type Kind = 'choose' | 'stamped' | 'work'

export interface ScriptedCommand {
  readonly event: string
  readonly payload: object
}

/** `turn`: how many commands this representative sent before. Choices alternate, and so do accept and close. */
export function commandOf(dialect: DialectName, kind: Kind, index: number, turn: number): ScriptedCommand {
  const isFirst = turn % 2 === 0
  // A broker has no rules: its clients say themselves what all others see.
  if (dialect === 'mqtt') return { event: 'publish', payload: presenceOf(index, turn + 1, isFirst) }
  const commandId = `${index}-${turn}`
  if (kind !== 'work') {
    const statusId = isFirst ? 'busy' : 'away'
    const note = kind === 'stamped' ? { note: stamp() } : {}
    return { event: 'presence:set', payload: { statusId, commandId, ...note } }
  }
  const workItemId = `work-${index}-${turn - (turn % 2)}`
  return isFirst
    ? { event: 'work:accept', payload: { workItemId, workstreamId: 'default', commandId } }
    : { event: 'work:close', payload: { workItemId, commandId } }
}

function presenceOf(index: number, revision: number, busy: boolean) {
  return {
    representativeId: nameOf(index),
    revision,
    statusId: busy ? 'busy' : 'away',
    text: busy ? 'Busy' : 'Appear away',
    base: busy ? 'busy' : 'away',
    origin: 'representative',
    since: new Date().toISOString(),
    note: stamp(),
  }
}

function stamp(): string {
  return monotonicMs().toFixed(2)
}
