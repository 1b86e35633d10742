// A scripted server, a clock and a page for the clients of one test, all closed after it.
import {
  type ClientOptions,
  type ConnectionState,
  createRepresentative,
  createSupervisor,
  type RepresentativeClient,
  type SupervisorClient,
} from '../../client-sdk/src/index.ts'
import { type ClientClock, createClientClock } from './client-clock.ts'
import { createFakePage, type FakePage } from './fake-page.ts'
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts'
import { unsignedToken } from './unsigned-token.ts'
import { until } from './until.ts'

export interface ClientWorld {
  readonly server: ScriptedServer
  readonly clock: ClientClock
  readonly page: FakePage
  representative(options?: Partial<ClientOptions>): RepresentativeClient
  supervisor(options?: Partial<ClientOptions>): SupervisorClient
  /** Moves the clock to the next try of a client that has lost its connection, and waits until it is live. */
  comeBack(client: Pick<RepresentativeClient, 'getConnection'>): Promise<void>
  close(): Promise<void>
}

export async function createClientWorld(): Promise<ClientWorld> {
  const server = await startScriptedServer()
  const clock = createClientClock()
  const page = createFakePage()
  const clients: Pick<RepresentativeClient, 'disconnect'>[] = []
  const base = { url: server.url, clock, page, random: () => 0.5, token: unsignedToken({ sub: 'ada' }) }
  const keep = <Client extends Pick<RepresentativeClient, 'disconnect'>>(client: Client): Client => {
    clients.push(client)
    return client
  }
  return {
    server,
    clock,
    page,
    representative: options => keep(createRepresentative({ ...base, ...options })),
    supervisor: options => keep(createSupervisor({ ...base, ...options })),
    async comeBack(client) {
      const state = await until('the loss is noticed', () => waiting(client.getConnection()))
      clock.advance(state.nextInMs)
      await until('live again', () => client.getConnection().kind === 'live')
    },
    async close() {
      for (const client of clients) client.disconnect()
      await server.close()
    },
  }
}

export function waiting(state: ConnectionState): Extract<ConnectionState, { nextInMs: number }> | null {
  return state.kind === 'reconnecting' || state.kind === 'offline' ? state : null
}

/** The error of a call that must fail. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; details: object }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'details' in error) return error as never
    throw error
  }
  throw new Error('The call was expected to fail, and did not.')
}
