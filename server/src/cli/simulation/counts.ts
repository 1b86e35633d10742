// How often what happened in a shift, for the progress and the summary.

import { RollcallError } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import type { Cast } from './cast.ts'
import { RequestError } from './http.ts'
import type { Kind } from './kinds.ts'
import { kindsOfChange, kindsOfDone } from './kinds-of-acts.ts'
import type { Report } from './report.ts'

export interface Counts {
  take(report: Report): void
  /** What the supervisor sees of one presence, one change after another. */
  saw(before: PresenceView, after: PresenceView): void
  readonly happened: ReadonlyMap<Kind, number>
  /** Acts that were acknowledged. */
  done(): number
  /** Refusals, by the server's code. */
  readonly refused: ReadonlyMap<string, number>
  /** Commands without an answer. */
  unknown(): number
  /** Connections that were lost and neither closed nor cut here. */
  lost(): number
}

/** `nightFromMs`: of the script. */
export function createCounts(cast: Cast, nightFromMs: number | null): Counts {
  const happened = new Map<Kind, number>()
  const refused = new Map<string, number>()
  const toldNotices = new Set<string>()
  let done = 0
  let unknown = 0
  let lost = 0

  return {
    take(report) {
      if (report.kind === 'done') {
        done += 1
        const night = nightFromMs !== null && report.step.atMs >= nightFromMs
        for (const kind of kindsOfDone(report, cast, night)) add(happened, kind)
      } else if (report.kind === 'refused') add(refused, codeOf(report.error))
      else if (report.kind === 'unknown') unknown += 1
      else if (report.kind === 'transfer-declined') add(happened, 'transfer declined')
      else if (report.kind === 'offer-ended' && report.reason === 'withdrawn')
        add(happened, 'offer withdrawn')
      else if (report.kind === 'notice') {
        const { id, kind } = report.notice
        if (kind === 'missed' && !toldNotices.has(id)) add(happened, 'offer missed')
        toldNotices.add(id)
      } else if (report.kind === 'link' && !report.live && !report.ours && !report.cut) lost += 1
    },
    saw(before, after) {
      for (const kind of kindsOfChange(before, after)) add(happened, kind)
    },
    happened,
    done: () => done,
    refused,
    unknown: () => unknown,
    lost: () => lost,
  }
}

function codeOf(error: unknown): string {
  if (error instanceof RollcallError || error instanceof RequestError) return error.code
  return error instanceof Error ? error.name : String(error)
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
