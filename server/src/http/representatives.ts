import type { App, ImportLine, ImportOutcome, RefusedItem } from '../app/app.ts'
import type { Refused } from '../app/refused.ts'
import { catalogueHandlers } from './catalogues.ts'
import { type Call, given, type Handlers } from './handler.ts'
import { withError } from './problem.ts'

/** Who takes work: name, queues, default, capacity. What they are shown as is in presences.ts. */
export function createRepresentativeHandlers({
  configuration: { representatives },
}: App): Handlers<
  'listRepresentatives' | 'importRepresentatives' | `${'get' | 'put' | 'patch' | 'delete'}Representative`
> {
  const { list, get, put } = catalogueHandlers(representatives)
  return {
    listRepresentatives: list,
    importRepresentatives: ({ caller, body }) => ({
      status: 200,
      lines: outcomesOf(representatives.putMany(caller, importLines(body))),
    }),
    getRepresentative: get,
    putRepresentative: put,
    async patchRepresentative({ caller, params, body, ifMatch }) {
      const { resource, version } = await representatives.patch(caller, params.id, given(body), ifMatch)
      return { status: 200, body: resource, version }
    },
    async deleteRepresentative({ caller, params, query, ifMatch }) {
      await representatives.remove(caller, params.id, ifMatch, query)
      return { status: 204 }
    },
  }
}

type Line = Call<'importRepresentatives'>['body'] extends Iterable<infer Each> ? Each : never

function* importLines(lines: Iterable<Line>): Iterable<ImportLine> {
  for (const each of lines) {
    const { line } = each
    if ('refused' in each) {
      const given: unknown = Object(each.given).id
      yield {
        line,
        id: typeof given === 'string' ? given.slice(0, LONGEST_ID) : null,
        refused: plain(each.refused),
      }
    } else {
      const { id, ...body } = each.value
      yield { line, id, body }
    }
  }
}

const LONGEST_ID = 128

const plain = ({ code, message, details }: Refused): RefusedItem =>
  details ? { code, message, details } : { code, message }

async function* outcomesOf(outcomes: AsyncIterable<ImportOutcome>): AsyncIterable<unknown> {
  for await (const outcome of outcomes) yield withError(outcome)
}
