// The embedded store over a journal that keeps its commits as text in memory: for tests that need a store at once and
// no disk. A log handed on to a second store is a restart.

import { type Clock, systemClock } from '../../server/src/clock.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import type { Configuration } from '../../server/src/domain/configuration.ts'
import { type Commit, erasedBy } from '../../server/src/storage/embedded/commit.ts'
import { lineOf, readCommit, writeCommit } from '../../server/src/storage/embedded/commit-text.ts'
import {
  createEmbeddedStorage,
  type EmbeddedStorageOptions,
} from '../../server/src/storage/embedded/embedded-storage.ts'
import { inForce } from '../../server/src/storage/embedded/history.ts'
import { applyCommit, createImage, type Image } from '../../server/src/storage/embedded/image.ts'
import type { Journal } from '../../server/src/storage/embedded/journal.ts'
import type { HistoryRow, Storage } from '../../server/src/storage/storage.ts'

/** What survives the store: hand it to the next one. */
export interface MemoryLog {
  readonly commits: string[]
  readonly alive: Map<string, number>
  /** By tenant: rows that ended before this were trimmed. */
  readonly trimmed: Map<string, number>
}

export function createMemoryLog(): MemoryLog {
  return { commits: [], alive: new Map(), trimmed: new Map() }
}

export interface MemoryStorageOptions {
  readonly clock?: Clock
  readonly log?: MemoryLog
  readonly initialConfiguration?: Configuration
  readonly storage?: Partial<Omit<EmbeddedStorageOptions, 'journal' | 'clock'>>
}

export function createMemoryStorage(options: MemoryStorageOptions = {}): Storage {
  return createEmbeddedStorage({
    journal: createMemoryJournal(options.log ?? createMemoryLog()),
    clock: options.clock ?? systemClock,
    initialConfiguration: options.initialConfiguration ?? builtInConfiguration(),
    fatal: error => {
      throw error
    },
    ...options.storage,
  })
}

export function createMemoryJournal(log: MemoryLog): Journal {
  const image = createImage()
  const history = new Map<string, HistoryRow[]>()
  for (const text of log.commits) replay(image, history, readCommit(text))
  for (const [incarnation, at] of log.alive) image.incarnations.set(incarnation, at)
  for (const [tenant, before] of log.trimmed) trim(history, tenant, before)

  return {
    image,
    async append(commit) {
      log.commits.push(lineOf(writeCommit(commit)))
      await Promise.resolve()
      keepRows(history, commit)
    },
    alive: (incarnation, at) => void log.alive.set(incarnation, at),
    async forget(incarnation) {
      log.alive.delete(incarnation)
    },
    history: (tenant, id, from, to) => inForce(history.get(`${tenant}/${id}`) ?? [], from, to),
    async trimHistory(tenant, before) {
      log.trimmed.set(tenant, Math.max(log.trimmed.get(tenant) ?? 0, before))
      return trim(history, tenant, before)
    },
    async close() {},
  }
}

function replay(image: Image, history: Map<string, HistoryRow[]>, commit: Commit): void {
  applyCommit(image, commit)
  if (commit.command) image.commands.remember(commit.command)
  keepRows(history, commit)
}

function keepRows(history: Map<string, HistoryRow[]>, commit: Commit): void {
  for (const id of erasedBy(commit)) history.delete(`${commit.tenant}/${id}`)
  for (const row of commit.history) {
    const name = `${commit.tenant}/${row.representativeId}`
    const rows = history.get(name) ?? []
    history.set(name, rows)
    rows.push(row)
  }
}

/** The row in force at `before` stays, and all after it. */
function trim(history: Map<string, HistoryRow[]>, tenant: string, before: number): number {
  let removed = 0
  for (const [name, rows] of history) {
    if (!name.startsWith(`${tenant}/`)) continue
    const gone = Math.max(
      0,
      rows.findLastIndex(row => row.at <= before),
    )
    rows.splice(0, gone)
    removed += gone
  }
  return removed
}
