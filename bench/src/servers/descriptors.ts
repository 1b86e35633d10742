// Sockets are file descriptors: a process that may not open enough of them fails in the middle of a run.

import { readFileSync } from 'node:fs'

/** Beside its sockets a process has files, pipes, and a store. */
const OTHERS = 200

/** Throws if a process cannot hold so many sockets. Node itself raises its soft limit up to the hard one. */
export function requireDescriptors(sockets: number): void {
  const most = hardLimit()
  if (most >= sockets + OTHERS) return
  throw new Error(
    `A process of this machine may open ${most} files, and ${sockets} sockets are needed at a time. ` +
      `Raise the limit, then run it again: ulimit -Hn ${sockets + OTHERS} as root, or prlimit --nofile=${sockets + OTHERS}: --pid $$.`,
  )
}

function hardLimit(): number {
  try {
    const line = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))
    return line?.[1] === 'unlimited'
      ? Number.POSITIVE_INFINITY
      : Number(line?.[1] ?? Number.POSITIVE_INFINITY)
  } catch {
    // Only Linux says it there; elsewhere the sockets themselves fail, and say so.
    return Number.POSITIVE_INFINITY
  }
}
