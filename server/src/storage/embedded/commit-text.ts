// A commit as text. Every record is put into words once: the same piece stands in the log and, later, in its table.

import type { RecordWrite } from '../storage.ts'
import type { Commit } from './commit.ts'
import { reviveConfiguration, reviveWrite } from './revive.ts'

/** A commit with its pieces as text, in its own order. */
export interface CommitText {
  readonly commit: Commit
  readonly writes: readonly string[]
  readonly history: readonly string[]
}

export function writeCommit(commit: Commit): CommitText {
  const writes = commit.writes.map(writeRecord)
  const history = commit.history.map(row => JSON.stringify(row))
  return { commit, writes, history }
}

/** The commit as one line for the log. Made when it is needed: kept, it would be half of what waits for a fold. */
export function lineOf({ commit, writes, history }: CommitText): string {
  const { tenant, at, configuration, revocation, command } = commit
  const rest = JSON.stringify({ tenant, at, configuration, revocation, command })
  return `${rest.slice(0, -1)},"writes":[${writes.join(',')}],"history":[${history.join(',')}]}`
}

export function readCommit(line: string): Commit {
  const commit = JSON.parse(line) as Commit
  return {
    ...commit,
    configuration: commit.configuration && reviveConfiguration(commit.configuration),
    writes: commit.writes.map(reviveWrite),
  }
}

export function readWrite(text: string): RecordWrite {
  return reviveWrite(JSON.parse(text) as RecordWrite)
}

function writeRecord(write: RecordWrite): string {
  const { kind, id, deadline, record } = write
  const erases = write.kind === 'representative' && write.eraseHistory
  return JSON.stringify({ kind, id, deadline, record, ...(erases ? { eraseHistory: true } : {}) })
}
