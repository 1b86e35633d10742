// `npm run shift -- --minutes 10 --kills 3 --seed 7`: a server of its own in an empty directory, a simulated shift
// against it, and kill -9 at moments that the seed decides. The exit code is the shift's; nothing is left behind.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const root = path.resolve(import.meta.dirname, '..')
const bin = path.join(root, 'server/bin/rollcall.js')
/** Of the shift: everybody is to be there first, and a last return is to be seen. */
const KILLS = { from: 0.2, until: 0.85 }
/** How long the server is away. */
const AWAY_MS = { least: 200, most: 3_000 }

const USAGE = `Usage: npm run shift -- [options]

Play a contact center's shift against a server of its own, which is killed meanwhile, and check what must always be true.

Options:
  --minutes <number>  how long the shift takes (default: 10)
  --people <number>   how many representatives (default: 50)
  --seed <number>     the same seed plays the same script, and kills at the same moments (default: another one each time)
  --pace <number>     how many times faster than the demo things happen (default: 10)
  --kills <number>    how many times the server is killed, from 0 to 100 (default: 3)
  -h, --help          show this

Exit code 0: all held; 1: the shift failed; 2: it was called wrongly. docs/OPERATIONS.md says more.`

const { minutes, people, seed, pace, kills } = optionsOf(process.argv.slice(2))
const secret = crypto.randomUUID() + crypto.randomUUID()
const directory = mkdtempSync(path.join(tmpdir(), 'rollcall-shift-'))
const random = randomOf(seed)
let server = null
let shift = null
let over = false
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => shift?.kill('SIGTERM'))

try {
  server = await startServer(0)
  say(`A server of this shift's own: process ${server.child.pid}, ${server.url}, ${directory}`)
  shift = spawn(process.execPath, [bin, 'simulate', ...shiftArgs(server.url)], {
    env: { ...process.env, ROLLCALL_JWT_SECRET: secret },
    stdio: 'inherit',
  })
  const ended = once(shift, 'exit')
  void killNow(momentsOf()).catch(error => {
    say(`The server did not come back: ${error.message}`)
    shift.kill('SIGKILL')
  })
  const [code] = await ended
  over = true
  process.exitCode = code ?? 1
  const stopped = await server?.stop()
  if (stopped !== 0) {
    say(`The server ended with code ${stopped} when it was asked to stop.`)
    process.exitCode ||= 1
  }
} finally {
  over = true
  server?.child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
}

/** Resolves when the last one has been done. */
async function killNow(moments) {
  const began = performance.now()
  for (const [index, { atMs, awayMs }] of moments.entries()) {
    await after(began + atMs - performance.now(), undefined, { ref: false })
    if (over) return
    const { port, child, exited } = server
    server = null
    child.kill('SIGKILL')
    await exited
    await after(awayMs)
    server = await startServer(port)
    if (over) return void server.child.kill('SIGKILL')
    say(
      `\nkill -9 number ${index + 1} at ${Math.round(atMs / 1000)} s; back after ${awayMs} ms as process ${server.child.pid}`,
    )
  }
}

/** One in each part of the shift. */
function momentsOf() {
  const lengthMs = Number(minutes) * 60_000
  const part = (KILLS.until - KILLS.from) / kills
  return Array.from({ length: kills }, (_, nth) => ({
    atMs: Math.round(lengthMs * (KILLS.from + part * (nth + random()))),
    awayMs: Math.round(AWAY_MS.least + (AWAY_MS.most - AWAY_MS.least) * random()),
  }))
}

function startServer(port) {
  const child = spawn(process.execPath, [bin, 'serve'], {
    env: {
      ...process.env,
      ROLLCALL_PORT: String(port),
      ROLLCALL_DATA_DIR: directory,
      ROLLCALL_JWT_SECRET: secret,
      ROLLCALL_LIMITS: 'off',
      ROLLCALL_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', chunk => {
      printed += chunk
      const url = /listening on (http:\S+)/.exec(printed)?.[1]
      if (url) resolve({ child, url, port: Number(new URL(url).port), exited, stop })
    })
    exited.then(([code]) => reject(new Error(`it ended with code ${code} before it listened`)), reject)
  })

  async function stop() {
    child.kill('SIGTERM')
    const [code] = await exited
    return code
  }
}

function shiftArgs(url) {
  return ['--url', url, '--minutes', minutes, '--people', people, '--seed', seed, '--pace', pace]
}

function optionsOf(args) {
  const values = valuesOf(args)
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  const kills = Number(values.kills)
  if (!Number.isInteger(kills) || kills < 0 || kills > 100) {
    refuse(`--kills takes a whole number from 0 to 100, not "${values.kills}".`)
  }
  return { ...values, kills }
}

function valuesOf(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        minutes: { type: 'string', default: '10' },
        people: { type: 'string', default: '50' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        pace: { type: 'string', default: '10' },
        kills: { type: 'string', default: '3' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    // Only its own complaints about the arguments carry such a code.
    if (!String(error.code).startsWith('ERR_PARSE_ARGS_')) throw error
    return refuse(error.message)
  }
}

function refuse(why) {
  say(`error: ${why}\n\n${USAGE}`)
  process.exit(2)
}

/** The same seed kills at the same moments (mulberry32). */
function randomOf(text) {
  let state = Number(text) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** On standard error, so that standard output is the shift's. */
function say(line) {
  console.error(line)
}
