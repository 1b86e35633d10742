// Opening the embedded store on a directory: the lock first, then LMDB, then recovery.

import { join } from 'node:path'
import type { Clock } from '../../clock.ts'
import type { Configuration } from '../../domain/configuration.ts'
import { makeDirectory } from '../../make-directory.ts'
import type { Logger } from '../../telemetry/log.ts'
import type { Storage } from '../storage.ts'
import { checkDataFile, damaged } from './data-file.ts'
import { lockDirectory } from './directory-lock.ts'
import { createEmbeddedStorage } from './embedded-storage.ts'
import type { Journal } from './journal.ts'
import { type LmdbJournal, openLmdbJournal } from './lmdb-journal.ts'
import { openTables } from './tables.ts'

export interface OpenEmbeddedStorageOptions {
  readonly clock: Clock
  /** The configuration of a tenant that never changed any. */
  readonly initialConfiguration: Configuration
  readonly log?: Logger
  /** Called once when a write failed. Default: says so in the log and throws, which ends the process. */
  readonly fatal?: (error: unknown) => void
  readonly feedCapacity?: number
}

/**
 * Creates the directory if it is missing.
 * Errors: `DirectoryInUse`; a data format of a newer version; damaged data; what the file system says.
 */
export async function openEmbeddedStorage(
  directory: string,
  options: OpenEmbeddedStorageOptions,
): Promise<Storage> {
  const fatal = once(options.fatal ?? (error => fail(error, directory, options.log)))
  await makeDirectory(directory)
  const unlock = await lockDirectory(directory)
  try {
    const journal = await openJournal(join(directory, 'data'), fatal)
    if (!journal.closedCleanly) {
      options.log?.warn({ directory }, 'the last server on this directory ended without closing its store')
    }
    return createEmbeddedStorage({ ...options, fatal, journal: unlocking(journal, unlock) })
  } catch (error) {
    await unlock()
    throw error
  }
}

async function openJournal(path: string, fatal: (error: unknown) => void): Promise<LmdbJournal> {
  await checkDataFile(join(path, 'data.mdb'))
  try {
    const tables = await openTables(path)
    try {
      return await openLmdbJournal(tables, fatal)
    } catch (error) {
      await tables.root.close()
      throw error
    }
  } catch (error) {
    throw isDamage(error) ? damaged(path, error.message, error) : error
  }
}

/** What LMDB says of pages, and JSON of rows, that are not as they were written. */
function isDamage(error: unknown): error is Error {
  return error instanceof SyntaxError || (error instanceof Error && error.message.startsWith('MDB_'))
}

/** The lock goes last. */
function unlocking(journal: Journal, unlock: () => Promise<void>): Journal {
  return {
    ...journal,
    async close() {
      try {
        await journal.close()
      } finally {
        await unlock()
      }
    },
  }
}

function once(tell: (error: unknown) => void): (error: unknown) => void {
  let told = false
  return error => {
    if (!told) tell(error)
    told = true
  }
}

/** Thrown outside of any promise: the process ends with it, unless the composition root handles it first. */
function fail(error: unknown, directory: string, log: Logger | undefined): void {
  log?.fatal({ err: error, directory }, 'the store could not be written; the server ends')
  setImmediate(() => {
    throw error
  })
}
