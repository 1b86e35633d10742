import type { App } from '../app/app.ts'
import { catalogueHandlers } from './catalogues.ts'
import { given, type Handlers } from './handler.ts'

/** Who takes work: name, queues, default, capacity. What they are shown as is in presences.ts. */
export function createRepresentativeHandlers({
  configuration: { representatives },
}: App): Handlers<'listRepresentatives' | `${'get' | 'put' | 'patch' | 'delete'}Representative`> {
  const { list, get, put } = catalogueHandlers(representatives)
  return {
    listRepresentatives: list,
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
