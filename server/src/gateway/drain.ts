// A planned stop: everybody is told, then closed a few at a time, so that they don't all come back at once (DI7).

import type { Clock } from '../clock.ts'
import type { Connection } from './connection.ts'
import type { People } from './people.ts'

const STEP_MS = 100

/** Resolves when nobody is left: after `withinMs` at most, and what the last closes need. */
export async function drainPeople(people: People, clock: Clock, withinMs: number): Promise<void> {
  const end = clock.elapsed() + withinMs
  for (const connection of people.all()) {
    if (connection.isReady()) connection.socket.emit('server:drain', { withinMs })
  }
  while (people.count() > 0) {
    const stepsLeft = Math.max(1, Math.floor((end - clock.elapsed()) / STEP_MS))
    const slice = people.all().slice(0, Math.ceil(people.count() / stepsLeft))
    for (const connection of slice) sendAway(connection)
    if (people.count() === 0) return
    await new Promise<void>(resolve => clock.after(STEP_MS, resolve))
  }
}

/** Not by `disconnectSockets`: that would stop the clients from coming back. */
function sendAway(connection: Connection): void {
  const message = 'This server is stopping. Connect again; nothing was lost.'
  connection.close({ code: 'unavailable', message }, 'node-stopping')
}
