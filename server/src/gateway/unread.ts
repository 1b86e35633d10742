// Whoever sends commands and never reads the answers costs memory without end: a pong needs no reading, so that no
// ping finds them out. Watchers are looked at before each batch too (SU5); this is for every other socket.

import type { Logger } from '../telemetry/log.ts'
import type { People } from './people.ts'
import { framesWaiting } from './socket.ts'

/** Closes every connection for which more than `deadFrames` frames wait. The flood gate bounds what comes between two looks. */
export function closeUnread(people: People, deadFrames: number, log: Logger): void {
  for (const connection of people.all()) {
    const frames = framesWaiting(connection.socket)
    if (frames <= deadFrames) continue
    log.warn({ connectionId: connection.id, frames }, 'a client does not read what it asked for: closed')
    const message = 'This socket does not read its answers. Connect again, and read them.'
    connection.close({ code: 'too-many-requests', message }, 'slow')
  }
}
