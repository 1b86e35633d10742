// Whether a workstream's work may go to somebody shown as a status (RO2, ST7).

import type { Status, Workstream } from './configuration.ts'

export function allowsPresence(workstream: Workstream, status: Status): boolean {
  return takesFrom(status, workstream.id) && namesPresence(workstream, status)
}

/** ST7: a status may name the only workstreams that it takes work from. */
export function takesFrom({ workstreams }: Status, workstreamId: string): boolean {
  return workstreams === null || workstreams.includes(workstreamId)
}

/** RO2. A base allows every status of that base but Inactive, which must be named itself. */
export function namesPresence({ allowedPresences }: Workstream, { id, base }: Status): boolean {
  return allowedPresences.includes(id) || (id !== 'inactive' && allowedPresences.includes(base))
}
