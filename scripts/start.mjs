// `npm start`: builds what has changed, then becomes the server. Further arguments go to `rollcall serve`.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname ?? '.', '..')
const OLDEST_NODE = [20, 19]

refuseOldNode()
build()
await serve(process.argv.slice(2))

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  const oldest = OLDEST_NODE.join('.')
  fail(`Rollcall needs Node.js ${oldest} or newer; this is ${process.versions.node}. Install a newer one.`)
}

function build() {
  const first = !existsSync(path.join(root, 'server/dist/main.js'))
  say(first ? 'Building (the first start takes a few seconds)…' : 'Building what has changed…')
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  if (!existsSync(tsc)) fail('The dependencies are missing. Run `npm ci` first, then `npm start` again.')
  run(tsc, '-b', 'server')
  const bundle = path.join(root, 'client-sdk/build.mjs')
  if (existsSync(bundle)) run(bundle)
}

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) fail('The build failed; what is printed above says where. The server was not started.')
}

/** Runs the command line in this very process, so that signals reach the server itself and its exit code is ours. */
async function serve(args) {
  const { env } = process
  const given = name => args.some(arg => arg === name || arg.startsWith(`${name}=`))
  const secured =
    env.ROLLCALL_JWT_SECRET || env.ROLLCALL_JWKS_URL || given('--jwt-secret') || given('--jwks-url')
  const development = secured || given('--dev') || given('--help') ? [] : ['--dev']
  if (development.length > 0) {
    say('Starting in development mode, because neither ROLLCALL_JWT_SECRET nor ROLLCALL_JWKS_URL is set.')
  }
  keepDemoApart(given)
  const bin = path.join(root, 'server/bin/rollcall.js')
  process.argv = [process.execPath, bin, 'serve', ...development, ...args]
  await import(pathToFileURL(bin).href)
}

/** The demo's fifty people have no business among a newcomer's own data. */
function keepDemoApart(given) {
  const { env } = process
  const demo = given('--demo') || /^(1|on|true|yes)$/i.test(env.ROLLCALL_DEMO ?? env.DEMO ?? '')
  if (demo && !env.ROLLCALL_DATA_DIR && !given('--data-dir')) env.ROLLCALL_DATA_DIR = './data-demo'
}

/** On standard error, as the log: standard output carries the server's own lines only. */
function say(line) {
  console.error(line)
}

function fail(line) {
  say(line)
  process.exit(1)
}
