// What both clients have: one connection, its commands, and the calls about them.
import { type Commands, createCommands, sendOn } from './commands.ts'
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
  /** The token that was used last; empty before the first. */
  token(): string
}

export function createClient(options: ClientOptions, { signIn }: { readonly signIn: boolean }): Client {
  const given = settingsOf(options)
  let last = ''
  const settings: Settings = {
    ...given,
    async getToken() {
      last = await given.getToken()
      return last
    },
  }
  const connection = createConnection({
    ...settings,
    signIn,
    refreshToken: (link, token) => sendOn(link, 'token:refresh', { token }, settings),
  })
  return {
    settings,
    connection,
    commands: createCommands(connection, settings),
    token: () => last,
    calls: {
      connect: connection.connect,
      disconnect: () => connection.end('disconnected', 'disconnect() was called.'),
      getConnection: connection.state,
      onConnectionChange: connection.onState,
      onConfigurationChange: listener =>
        connection.onMessage(({ name, payload }) => {
          if (name === 'configuration:changed') listener(payload.kinds)
        }),
      serverNow: connection.serverTime.now,
    },
  }
}
