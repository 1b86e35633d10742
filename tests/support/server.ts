// A whole server in this process, on port 0, assembled by the composition root; in memory unless a test says
// otherwise. Tests await facts and close it.

import type { MintOptions } from '../../server/src/auth/mint.ts'
import { parseConfig } from '../../server/src/config.ts'
import { createServer, type Parts, type Server } from '../../server/src/create-server.ts'
import { createLog } from '../../server/src/telemetry/log.ts'
import { createMemoryStorage } from './memory-storage.ts'
import { SECRET, tokenFor } from './tokens.ts'

export interface RunningServer extends Server {
  /** A token this server accepts; a representative's unless the claims say otherwise. */
  token(claims: Partial<MintOptions> & Pick<MintOptions, 'sub'>): string
}

export interface Overrides extends Parts {
  /** Environment variables beside the defaults of a test. */
  readonly env?: Readonly<Record<string, string>>
}

export async function startServer({ env = {}, ...parts }: Overrides = {}): Promise<RunningServer> {
  const config = parseConfig({
    ROLLCALL_PORT: '0',
    ROLLCALL_JWT_SECRET: SECRET,
    ROLLCALL_LIMITS: 'off',
    ROLLCALL_LOG_LEVEL: 'silent',
    ...env,
  })
  const storage = parts.storage ?? createMemoryStorage(parts.clock ? { clock: parts.clock } : {})
  const server = await createServer(config, { log: createLog('silent'), ...parts, storage })
  return { ...server, token: ({ sub, ...claims }) => tokenFor(sub, claims) }
}
