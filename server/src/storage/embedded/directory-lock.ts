// One owner per data directory. The owner listens on a Unix socket inside it: the kernel ends that with the process,
// however it dies, and whoever shares the directory can ask, in whatever container (a pid means nothing there).
//
// Files `owner-1`, `owner-2` … name the owners; the highest counts. A starter listens first, asks the highest whether it
// is alive, and only if not links its own socket as the next. Linking is exclusive, and a socket that answered once and
// no more never answers again, so two starters can't both find the place free. The highest file is never removed:
// otherwise numbers would start anew and an old contender could take one that was in use meanwhile.

import { randomUUID } from 'node:crypto'
import { closeSync, linkSync, openSync, readdirSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { resolve } from 'node:path'

/** Another process has the directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse'
}

/** Returns what lets the directory go. Errors: `DirectoryInUse`, and those of the file system. */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const place = openPlace(directory)
  const own = `starting-${randomUUID()}`
  const server = createServer(socket => socket.destroy())
  try {
    await listen(server, place.path(own), directory)
    const number = await take(place, own)
    for (const older of numbersIn(directory)) {
      if (older < number) rmSync(place.path(nameOf(older)), { force: true })
    }
    rmSync(place.path(own), { force: true })
    return () => end(server, place)
  } catch (error) {
    rmSync(place.path(own), { force: true })
    await end(server, place)
    throw error
  }
}

interface Place {
  readonly directory: string
  path(name: string): string
  leave(): void
}

/** A socket's path may have about 100 bytes only; by way of the open directory it is short wherever that is. */
function openPlace(directory: string): Place {
  const whole = resolve(directory)
  if (process.platform !== 'linux') {
    return { directory: whole, path: name => resolve(whole, name), leave: () => {} }
  }
  const descriptor = openSync(whole, 'r')
  return {
    directory: whole,
    path: name => `/proc/self/fd/${descriptor}/${name}`,
    leave: () => closeSync(descriptor),
  }
}

/** Takes the next number once the owner of the highest is gone. */
async function take(place: Place, own: string): Promise<number> {
  for (;;) {
    const highest = Math.max(0, ...numbersIn(place.directory))
    if (highest > 0 && (await answers(place.path(nameOf(highest))))) {
      throw new DirectoryInUse(
        `Another server runs on the data directory ${place.directory}. Stop it, or give this one a directory of its own with --data-dir or ROLLCALL_DATA_DIR.`,
      )
    }
    const number = highest + 1
    if (!link(place.path(own), place.path(nameOf(number)))) continue
    // Somebody may have come, gone, and been followed and cleaned up between the question and the link.
    if (Math.max(...numbersIn(place.directory)) === number) return number
    rmSync(place.path(nameOf(number)), { force: true })
  }
}

function nameOf(number: number): string {
  return `owner-${number}`
}

function numbersIn(directory: string): readonly number[] {
  return readdirSync(directory).flatMap(name => {
    const number = /^owner-(\d+)$/.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function listen(server: Server, path: string, directory: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', error =>
      failed(
        new Error(
          `The data directory ${directory} can't be locked: it must be writable and on a local file system that has Unix sockets.`,
          { cause: error },
        ),
      ),
    )
    server.listen(path, () => {
      server.unref()
      done()
    })
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((done, failed) => {
    const socket = createConnection(path)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', error => {
      const code = codeOf(error)
      if (code === 'ECONNREFUSED' || code === 'ENOENT') done(false)
      // A full backlog: it lives, but is very busy.
      else if (code === 'EAGAIN') done(true)
      else failed(error)
    })
  })
}

async function end(server: Server, place: Place): Promise<void> {
  await new Promise<void>(done => {
    server.close(() => done())
  })
  place.leave()
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
