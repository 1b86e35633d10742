// What both clients take, and how it is filled up.
import { type Clock, systemClock } from './clock.ts'
import { createPage, type Page } from './page.ts'

export interface ClientOptions {
  /** Where the server is, for example `https://presence.example.org`. */
  readonly url: string
  /** Path of Socket.IO on that server, when a proxy moves it. Default `/socket.io`. */
  readonly path?: string
  /** A token that outlives the page. Give `getToken` instead wherever tokens end. */
  readonly token?: string
  /** Asked before each connection, and at 80 % of the token's life. */
  readonly getToken?: () => string | Promise<string>
  /** How long a command may take altogether, retries included, in ms. Default 10,000. */
  readonly commandTimeoutMs?: number
  /** For tests and unusual hosts: the page, time and chance that the client lives by. */
  readonly page?: Page
  readonly clock?: Clock
  readonly random?: () => number
}

export interface Settings {
  readonly url: string
  readonly path: string
  readonly getToken: () => Promise<string>
  /** False for a fixed token: asking again would give the same. */
  readonly canAskAgain: boolean
  readonly commandTimeoutMs: number
  readonly page: Page
  readonly clock: Clock
  readonly random: () => number
}

export function settingsOf(options: ClientOptions): Settings {
  const { token, getToken } = options
  if (getToken === undefined && token === undefined) {
    throw new TypeError('Give `getToken` or `token`.')
  }
  return {
    url: options.url,
    path: options.path ?? '/socket.io',
    getToken: async () => (getToken ? getToken() : (token ?? '')),
    canAskAgain: getToken !== undefined,
    commandTimeoutMs: options.commandTimeoutMs ?? 10_000,
    page: options.page ?? createPage(),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  }
}
