// Where a result comes from: machine, versions, commit.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

export function environment() {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'server', 'shared')
  return {
    commit: git('rev-parse', '--short', 'HEAD') + (changed ? '-changed' : ''),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      platform: process.platform,
      /** Of the minute before the run: above a few tenths somebody else was at work. */
      loadBefore: loadavg()[0],
    },
    versions: {
      node: process.version,
      'socket.io': version('socket.io'),
      ws: version('ws'),
      lmdb: version('lmdb'),
    },
  }
}

function version(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
