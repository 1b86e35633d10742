// What both clients have: one connection, its commands, and the calls about them.
import { type Commands, createCommands } from './commands.ts'
import { type Connection, createConnection } from './connection.ts'
import { type ClientOptions, type Settings, settingsOf } from './options.ts'
import type { ConnectionState } from './state.ts'

export interface ClientCalls {
  /**
   * Resolves when the connection is live; from then on it is kept. Tries as long as it takes, so that a page may
   * be opened while the server restarts; rejects with `ended` when the server refuses for good.
   */
  connect(): Promise<void>
  /** Closes this connection, and removes everything it put into the page. It is no sign-out: the restore window runs. */
  disconnect(): void
  getConnection(): ConnectionState
  onConnectionChange(listener: (state: ConnectionState) => void): () => void
  /** Kinds of configuration to fetch again, such as `statuses`. */
  onConfigurationChange(listener: (kinds: readonly string[]) => void): () => void
  /** Milliseconds since 1970 by the server's clock: what `since` and `expiresAt` are counted against. */
  serverNow(): number
}

export interface Client {
  readonly settings: Settings
  readonly connection: Connection
  readonly commands: Commands
  readonly calls: ClientCalls
}

export function createClient(options: ClientOptions, { signIn }: { readonly signIn: boolean }): Client {
  const settings = settingsOf(options)
  const connection = createConnection({
    ...settings,
    signIn,
    refreshToken: (link, token) => commands.sendOn(link, 'token:refresh', { token }),
  })
  const commands = createCommands(connection, settings)
  return {
    settings,
    connection,
    commands,
    calls: {
      connect: connection.connect,
      disconnect: () => connection.end('disconnected', 'disconnect() was called.'),
      getConnection: connection.state,
      onConnectionChange: connection.onState,
      onConfigurationChange: listener =>
        connection.on('configuration:changed', ({ kinds }) => listener(kinds)),
      serverNow: connection.serverTime.now,
    },
  }
}
