// The LMDB environment of the embedded store: its tables, and the version of their format.

import { type Database, open, type RootDatabase } from 'lmdb'

/** Rises when an older server could no longer read what a newer one wrote. */
export const FORMAT = 1

/** Values are JSON text; keys are ordered by their parts. */
export interface Tables {
  readonly root: RootDatabase<string, string>
  /** `format`, and `closed`: how the last owner ended. */
  readonly about: Database<string, string>
  /** Groups of commits that no table holds yet, by dense number: one commit a line. */
  readonly log: Database<string, number>
  /** Record writes by tenant, kind and id. */
  readonly records: Database<string, [string, string, string]>
  /** By tenant. */
  readonly configurations: Database<string, string>
  /** By tenant and `sub`. */
  readonly revocations: Database<string, [string, string]>
  /** By time, number in the log, and place in the group: oldest first. */
  readonly commands: Database<string, [number, number, number]>
  /** By tenant, representative, time, number in the log, and place in the group. */
  readonly history: Database<string, [string, string, number, number, number]>
  /** By incarnation: when it was last known to live. */
  readonly alive: Database<string, string>
}

/** Errors: a format of a newer version, and those of LMDB. */
export async function openTables(path: string): Promise<Tables> {
  // Without overlapping sync a write is resolved only when LMDB has flushed its pages and then its root: plain LMDB,
  // where any crash leaves the old root or the new one. (Overlapping sync was no faster here: one group at a time.)
  const root = open<string, string>({ path, encoding: 'string', overlappingSync: false, maxDbs: 16 })
  const table = <Key extends string | number | (string | number)[]>(name: string) =>
    root.openDB<string, Key>({ name, encoding: 'string' })
  const tables: Tables = {
    root,
    about: table('about'),
    log: table('log'),
    records: table('records'),
    configurations: table('configurations'),
    revocations: table('revocations'),
    commands: table('commands'),
    history: table('history'),
    alive: table('alive'),
  }
  try {
    await checkFormat(tables, path)
    return tables
  } catch (error) {
    await root.close()
    throw error
  }
}

async function checkFormat({ about }: Tables, path: string): Promise<void> {
  const found = about.get('format')
  if (found === undefined) {
    await about.put('format', String(FORMAT))
  } else if (Number(found) > FORMAT) {
    throw new Error(
      `The data in ${path} has format ${found}, which a newer version of Rollcall wrote; this one reads up to ${FORMAT}. Start that version, or give this one another directory.`,
    )
  }
}
