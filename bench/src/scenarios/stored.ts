// What Rollcall itself says, over HTTP, against what the scripted representatives were told.

import { nameOf } from '../load/dialects.ts'
import { mintBenchToken } from '../load/tokens.ts'
import type { Floor } from './floor.ts'

interface Page {
  readonly items: readonly { readonly representativeId: string; readonly revision: number }[]
  readonly next: string | null
}

/** null: every revision is the last acknowledged one; otherwise the first that is not. */
export async function storedRevisions({ server, fleet }: Floor): Promise<string | null> {
  const stored = new Map<string, number>()
  const headers = { authorization: `Bearer ${mintBenchToken('supervisor', ['supervisor'])}` }
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const response = await fetch(`${server.url}/v1/presences?limit=500${query}`, { headers })
    if (!response.ok) return `GET /v1/presences was answered with ${response.status}`
    const page = (await response.json()) as Page
    for (const { representativeId, revision } of page.items) stored.set(representativeId, revision)
    cursor = page.next
  }
  const acknowledged = await fleet.call('revisions', null)
  for (const [index, revision] of acknowledged.entries()) {
    const there = stored.get(nameOf(index))
    if (there !== revision) return `${nameOf(index)}: acknowledged ${revision}, stored ${there}`
  }
  return null
}

const LINES = 1_000

/** Representatives that are known and signed out, beside those with a socket. */
export async function storeMore({ server }: Floor, count: number): Promise<void> {
  const headers = {
    authorization: `Bearer ${mintBenchToken('administrator', ['administrator'])}`,
    'content-type': 'application/x-ndjson',
  }
  for (let from = 0; from < count; from += LINES) {
    const length = Math.min(LINES, count - from)
    const lines = Array.from({ length }, (_, i) =>
      JSON.stringify({ id: `stored-${from + i}`, queues: ['default'] }),
    )
    const body = `${lines.join('\n')}\n`
    const response = await fetch(`${server.url}/v1/representatives/import`, { method: 'POST', headers, body })
    const outcomes = (await response.text()).trim().split('\n')
    const created = outcomes.filter(line => line.includes('"created"')).length
    if (created !== length)
      throw new Error(`Of ${length} representatives ${created} were made: ${outcomes[0]}`)
  }
}
