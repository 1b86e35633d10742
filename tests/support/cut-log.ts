// What a process that died left on the disk: the log of a store in memory, up to a commit.

import type { MemoryLog } from './memory-storage.ts'

/** `commits`: how many of them were durable. */
export function cutLog(log: MemoryLog, commits = log.commits.length): MemoryLog {
  return {
    commits: log.commits.slice(0, commits),
    alive: new Map(log.alive),
    trimmed: new Map(log.trimmed),
  }
}
