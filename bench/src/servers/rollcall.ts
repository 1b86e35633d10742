// Rollcall as it is started in production: the durable embedded store in a directory of its own, limits off.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECRET } from '../load/tokens.ts'
import { nodeScript, type ServerProcess, startServerProcess } from './child.ts'

/** Its directory goes with it when it stops. `profileTo`: a directory for a CPU profile. */
export async function startRollcall(profileTo: string | null): Promise<ServerProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const settings = {
    ROLLCALL_PORT: '0',
    ROLLCALL_DATA_DIR: directory,
    ROLLCALL_JWT_SECRET: SECRET,
    ROLLCALL_LIMITS: 'off',
    ROLLCALL_LOG_LEVEL: 'error',
  }
  const profiler = profileTo === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]
  const server = await startServerProcess(
    nodeScript('../../../server/bin/rollcall.js', ['serve'], settings, profiler),
  )
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
