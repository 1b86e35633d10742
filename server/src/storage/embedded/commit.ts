// One commit as the journal keeps it.

import type { Configuration } from '../../domain/configuration.ts'
import type { HistoryRow, RecordWrite, Revocation } from '../storage.ts'

/** A command that was carried out: what to answer when it comes again. */
export interface KeptCommand {
  readonly tenant: string
  readonly actor: string
  readonly key: string
  readonly fingerprint: string
  readonly kept: unknown
  readonly at: number
}

export interface Commit {
  readonly tenant: string
  readonly at: number
  readonly writes: readonly RecordWrite[]
  readonly configuration: Configuration | null
  readonly revocation: Revocation | null
  readonly history: readonly HistoryRow[]
  readonly command: KeptCommand | null
}

/** Whose earlier rows the commit takes away (PO4). */
export function erasedBy({ writes }: Commit): readonly string[] {
  return writes.filter(write => write.kind === 'representative' && write.eraseHistory).map(({ id }) => id)
}
