// How often what happened in a shift, for the progress and the summary.

import { RollcallError } from '@rollcall/client'
import { RequestError } from './http.ts'
import type { Report } from './report.ts'

export interface Counts {
  take(report: Report): void
  /** Acts that were acknowledged, by kind. */
  readonly done: ReadonlyMap<string, number>
  /** Refusals, by the server's code. */
  readonly refused: ReadonlyMap<string, number>
  /** Commands without an answer. */
  unknown(): number
  missed(): number
  /** Connections that were lost and not closed here. */
  lost(): number
  total(): number
}

export function createCounts(): Counts {
  const done = new Map<string, number>()
  const refused = new Map<string, number>()
  let unknown = 0
  let missed = 0
  let lost = 0
  return {
    take(report) {
      if (report.kind === 'done') add(done, kindOf(report))
      else if (report.kind === 'refused') add(refused, codeOf(report.error))
      else if (report.kind === 'unknown') unknown += 1
      else if (report.kind === 'offer-missed') missed += 1
      else if (report.kind === 'link' && !report.live && !report.ours) lost += 1
    },
    done,
    refused,
    unknown: () => unknown,
    missed: () => missed,
    lost: () => lost,
    total: () => [...done.values()].reduce((sum, count) => sum + count, 0),
  }
}

function kindOf({ step: { act } }: Report & { kind: 'done' }): string {
  if (act.kind === 'transfer') {
    if (act.offer) return 'transfer as an offer'
    return 'queueId' in act.to ? 'transfer to a queue' : 'transfer'
  }
  if (act.kind === 'choose' && act.when === 'after-work') return 'choose for after work'
  return act.kind === 'offer' && act.force ? 'offer with force' : act.kind
}

function codeOf(error: unknown): string {
  if (error instanceof RollcallError || error instanceof RequestError) return error.code
  return error instanceof Error ? error.name : String(error)
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
