import type { App } from '../app/app.ts'
import type { Handlers } from './handler.ts'

/** The change feed, a line each; the header says how far it was looked at. */
export function createChangeHandlers({ changes }: App): Handlers<'listChanges'> {
  return {
    async listChanges({ principal, query, gone }) {
      const { after = null, limit, wait } = query
      const { entries, cursor } = await changes.read(principal, { after, limit, waitMs: wait * 1000, gone })
      return { status: 200, lines: linesOf(entries), headers: { 'Rollcall-Cursor': cursor } }
    },
  }
}

async function* linesOf(entries: readonly unknown[]): AsyncIterable<unknown> {
  yield* entries
}
