// Whether a workstream's work may go to somebody shown as a status (RO2, ST7).

import type { Status, Workstream } from './configuration.ts'

/** A base allows every status of that base but Inactive, which must be named itself. */
export function allowsPresence(workstream: Workstream, status: Status): boolean {
  if (status.workstreams !== null && !status.workstreams.includes(workstream.id)) return false
  if (workstream.allowedPresences.includes(status.id)) return true
  return status.id !== 'inactive' && workstream.allowedPresences.includes(status.base)
}
