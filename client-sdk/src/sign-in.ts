// Being signed in from a page: the tab is kept awake meanwhile, and signing out is sure to be meant for now.

import type { Client } from './client.ts'
import { notConnected } from './errors.ts'

/**
 * Holds the Web Lock `rollcall:<sub>` from signing in until the release that it returns: a browser doesn't freeze a
 * hidden tab that holds a lock.
 */
export function keepAwake({ connection, settings }: Client): () => void {
  let release: () => void = () => undefined
  connection.on('ready', ({ presence }) => {
    if (!presence) return
    // Asked for anew on each connection: a page that comes out of the back-forward cache has lost its locks.
    release()
    release = settings.page.hold(`rollcall:${presence.representativeId}`)
  })
  return () => release()
}

/**
 * Each try is bound to the connection of the moment: had it been applied although its answer was lost, the same
 * command met after the return would end what has just begun again.
 */
export async function signOut({ commands, connection, settings }: Client): Promise<void> {
  for (;;) {
    const link = await connection.live(settings.commandTimeoutMs)
    if (!link) throw notConnected('sign-out')
    try {
      await commands.sendOn(link, 'sign-out', {})
      connection.end('signed-out', 'signOut() was called.')
      return
    } catch (error) {
      const state = connection.state()
      if (state.kind === 'ended' && state.reason === 'signed-out') return
      if (connection.current() === link) throw error
    }
  }
}
