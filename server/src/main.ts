// The command line's edge: the only file that touches the process (arguments, environment, signals, exit code).

import { run } from './cli/run.ts'
import type { World } from './cli/world.ts'

/** 128 + the signal's number, as shells expect of a process that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

const stopListeners = new Set<() => void>()
let asked = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal, or one that nobody handles, ends the process at once.
    if (asked || stopListeners.size === 0) process.exit(EXIT_CODES[signal])
    asked = true
    for (const listener of stopListeners) listener()
  })
}

// A reader that went away (`rollcall watch | head`) is no mistake.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  throw error
})

const world: World = {
  env: process.env,
  screen: {
    write: text => void process.stdout.write(text),
    // A terminal that was never told its size says 0.
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    isTerminal: process.stdout.isTTY === true,
    onResize(listener) {
      process.stdout.on('resize', listener)
      return () => void process.stdout.off('resize', listener)
    },
  },
  complain: text => void process.stderr.write(`${text}\n`),
  stopAsked: () =>
    new Promise(resolve => {
      if (asked) resolve()
      stopListeners.add(resolve)
    }),
}

process.exitCode = await run(process.argv.slice(2), world)
