// Finds the browser that the browser tests need, or installs it where that is a matter of one command.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Sets CHROMIUM_PATH for everything that is started later. False: there is none, and what to do was said. */
export async function ensureChromium(root) {
  if (!hasBrowserTests(root)) {
    console.log('Chromium: not needed, tests/browser has no tests.')
    return true
  }
  const given = process.env.CHROMIUM_PATH
  if (given && !isExecutable(given)) {
    console.log(`CHROMIUM_PATH names ${given}, which cannot be run. Correct it, or unset it.`)
    return false
  }
  const found = given ?? onPath() ?? install()
  if (!found) return false
  process.env.CHROMIUM_PATH = found
  console.log(`Chromium: ${found}`)
  return true
}

function hasBrowserTests(root) {
  const folder = path.join(root, 'tests/browser')
  return existsSync(folder) && readdirSync(folder).some(file => file.endsWith('.test.ts'))
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return folders.flatMap(folder => NAMES.map(name => path.join(folder, name))).find(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function install() {
  if (!isDebian() || process.getuid?.() !== 0) {
    console.log('The browser tests need Chromium, and none was found. Install it, then run this again:')
    console.log(`  ${installCommand()}`)
    console.log('or name one that you have: CHROMIUM_PATH=/path/to/chromium npm test')
    return undefined
  }
  console.log(
    'The browser tests need Chromium: installing it with apt-get (this is root on Debian or Ubuntu)…',
  )
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
  const found = onPath()
  if (!found) console.log('apt-get could not install it; what it printed above says why.')
  return found
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function installCommand() {
  if (process.platform === 'darwin') return 'brew install --cask chromium'
  if (process.platform === 'win32') return 'winget install Hibbiki.Chromium'
  return isDebian() ? 'sudo apt-get install chromium' : 'install the package chromium of your system'
}
