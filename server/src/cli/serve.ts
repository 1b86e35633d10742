// `rollcall serve`: starts the server, says where it listens, and stops it when asked.

import { devSecret } from '../auth/dev-mode.ts'
import { mintToken } from '../auth/mint.ts'
import { systemClock } from '../clock.ts'
import { type Config, type Flags, parseConfig, unknownVariables } from '../config.ts'
import { createServer } from '../create-server.ts'
import { CAST } from './simulation/cast.ts'
import { type Play, startPlay } from './simulation/player.ts'
import { Failure, type World } from './world.ts'

const DEMO_SEED = 20_261_123
const TOKEN_SECONDS = 3_600

export async function serve(flags: Flags, world: World): Promise<void> {
  const config = parseConfig(world.env, flags)
  for (const name of unknownVariables(world.env)) {
    world.complain(`${name} is no setting of this version and is ignored. See: rollcall serve --help`)
  }
  const asked = world.stopAsked()
  const server = await createServer(config).catch(error => {
    throw explained(error, config)
  })
  try {
    world.screen.write(`rollcall listening on ${server.url} (store: embedded)\n`)
    if (config.dev) world.screen.write(nextSteps(server.url, config))
    const demo = config.demo ? await playDemo(server.url, config, world) : null
    await asked
    await demo?.stop()
  } finally {
    await server.close()
  }
}

function nextSteps(url: string, { demo }: Config): string {
  const lines = [
    `  See who is here:     npx rollcall watch --url ${url}`,
    `  Make a token:        npx rollcall token --dev --url ${url} --sub ada --role representative`,
    `  Read about the API:  ${url}/docs`,
    demo
      ? '  Fifty people of the demo sign in during the next 20 seconds.'
      : '  See it busy:         DEMO=1 npm start',
  ]
  return `${lines.join('\n')}\n`
}

async function playDemo(url: string, config: Config, world: World): Promise<Play> {
  const secret = config.jwtSecret ?? (await devSecret(config.dataDir))
  try {
    return await startPlay({
      url: onThisMachine(url),
      cast: CAST,
      seed: DEMO_SEED,
      clock: systemClock,
      tokenFor: claims => mintToken({ secret, ...claims, expiresInSeconds: TOKEN_SECONDS }),
      onReport(report) {
        // Some acts never succeed: the script keeps only a rough picture of the server.
        if (report.kind !== 'refused' || (config.logLevel !== 'debug' && config.logLevel !== 'trace')) return
        const { step, error } = report
        world.complain(
          `demo: ${step.playerId} could not ${step.act.kind}: ${error instanceof Error ? error.message : error}`,
        )
      },
    })
  } catch (error) {
    throw new Failure(
      `The demo could not be set up: ${error instanceof Error ? error.message : error} Try an empty directory with --data-dir.`,
    )
  }
}

/** A server that listens everywhere is reached over the loopback address. */
function onThisMachine(url: string): string {
  const address = new URL(url)
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1'
  if (address.hostname === '[::]') address.hostname = '[::1]'
  return address.origin
}

/** The usual reasons why a server does not start, with what to do; anything else as it is. */
function explained(error: unknown, { host, port, dataDir }: Config): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  switch (code) {
    case 'EADDRINUSE':
      return new Failure(
        `Port ${port} of ${host} is in use already. Stop what uses it, or take another one with --port.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure(
        `This machine has no address ${host}. Set --host to one that it has, or to 0.0.0.0 for all.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Failure(
        `This user may not use port ${port} or write to ${dataDir} (${code}). Take a port above 1023, or another --data-dir.`,
      )
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
      return new Failure(
        `The data directory ${dataDir} cannot be made (${code}). Name another one with --data-dir.`,
      )
    default:
      return isMishap(error) ? new Failure(error.message) : error
  }
}

/** A directory in use, data of a newer version, a setting: said in a sentence already. A TypeError is our own mistake. */
function isMishap(error: unknown): error is Error {
  const ours = [TypeError, RangeError, ReferenceError, SyntaxError]
  return error instanceof Error && !ours.some(kind => error instanceof kind)
}
