// Collections whose ids the administrator chooses: queues, workstreams, capacity profiles, and (with a patch
// beside) representatives.

import type { App, Caller, Catalogue, IfMatch, PageRequest } from '../app/app.ts'
import type { Principal } from '../app/principal.ts'
import { type Answer, given, type Handlers } from './handler.ts'
import { withoutId } from './path-id.ts'

export function createCatalogueHandlers({
  configuration,
}: App): Handlers<
  | `list${'Queues' | 'Workstreams' | 'CapacityProfiles'}`
  | `${'get' | 'put' | 'delete'}${'Queue' | 'Workstream' | 'CapacityProfile'}`
> {
  const queues = catalogueHandlers(configuration.queues)
  const workstreams = catalogueHandlers(configuration.workstreams)
  const profiles = catalogueHandlers(configuration.profiles)
  return {
    listQueues: queues.list,
    getQueue: queues.get,
    putQueue: queues.put,
    deleteQueue: queues.remove,
    listWorkstreams: workstreams.list,
    getWorkstream: workstreams.get,
    putWorkstream: workstreams.put,
    deleteWorkstream: workstreams.remove,
    listCapacityProfiles: profiles.list,
    getCapacityProfile: profiles.get,
    putCapacityProfile: profiles.put,
    deleteCapacityProfile: profiles.remove,
  }
}

interface One {
  readonly params: { readonly id: string }
}
interface Write extends One {
  readonly caller: Caller
  readonly ifMatch: IfMatch
}
type LoosePage = { readonly limit: number; readonly cursor?: string | undefined }

export function catalogueHandlers<Resource, Body extends object>(catalogue: Catalogue<Resource, Body>) {
  return {
    list: ({ principal, query }: { principal: Principal; query: LoosePage }): Answer => {
      const page: PageRequest = given(query)
      return { status: 200, body: catalogue.list(principal, page) }
    },

    get({ principal, params }: One & { principal: Principal }): Answer {
      const { resource, version } = catalogue.get(principal, params.id)
      return { status: 200, body: resource, version }
    },

    async put({
      caller,
      params,
      body,
      ifMatch,
    }: Write & { body: Body & { id?: string | undefined } }): Promise<Answer> {
      const written = await catalogue.put(caller, params.id, withoutId(body, params.id) as Body, ifMatch)
      return { status: written.created ? 201 : 200, body: written.resource, version: written.version }
    },

    async remove({ caller, params, ifMatch }: Write): Promise<Answer> {
      await catalogue.remove(caller, params.id, ifMatch)
      return { status: 204 }
    },
  }
}
