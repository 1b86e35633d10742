import type { App } from '../app/app.ts'
import { given, type Handlers } from './handler.ts'

/** The status catalogue. Its ids come in the body of a POST; a DELETE archives (ST6). */
export function createStatusHandlers({
  configuration: { statuses },
}: App): Handlers<'listStatuses' | `${'create' | 'get' | 'patch' | 'delete'}Status`> {
  return {
    listStatuses: ({ principal, query }) => ({ status: 200, body: statuses.list(principal, given(query)) }),

    async createStatus({ caller, body }) {
      const { resource, version, warnings } = await statuses.create(caller, body)
      return {
        status: 201,
        body: { ...resource, warnings },
        version,
        location: `/v1/statuses/${encodeURIComponent(resource.id)}`,
      }
    },

    getStatus({ principal, params }) {
      const { resource, version } = statuses.get(principal, params.id)
      return { status: 200, body: resource, version }
    },

    async patchStatus({ caller, params, body, ifMatch }) {
      const { resource, version, warnings } = await statuses.patch(caller, params.id, given(body), ifMatch)
      return { status: 200, body: { ...resource, warnings }, version }
    },

    async deleteStatus({ caller, params, ifMatch }) {
      await statuses.remove(caller, params.id, ifMatch)
      return { status: 204 }
    },
  }
}
