// /openapi.json, /asyncapi.json and /docs. Made once, at the first request, from the tables that the routes run by.

import { createHash } from 'node:crypto'
import express, { type Request, type Router } from 'express'
import type { ServerInfo } from './about.ts'
import { createAsyncApi } from './documents/asyncapi.ts'
import { createOpenApi } from './documents/openapi.ts'
import { createReference } from './documents/reference.ts'
import { nonceOf } from './security.ts'

export function createDocuments({ version, mode }: Pick<ServerInfo, 'version' | 'mode'>): Router {
  const openapi = once(() => createOpenApi(version, mode === 'development'))
  const asyncapi = once(() => createAsyncApi(version))
  const reference = once(() => createReference(openapi(), asyncapi(), mode === 'development'))
  const router = express.Router({ caseSensitive: true, strict: true })

  for (const [path, document] of [
    ['/openapi.json', openapi],
    ['/asyncapi.json', asyncapi],
  ] as const) {
    const text = once(() => JSON.stringify(document(), null, 2))
    const etag = once(() => `"${createHash('sha256').update(text()).digest('base64url').slice(0, 22)}"`)
    router.get(path, (_request, response) => {
      response.set({ ETag: etag(), 'Cache-Control': 'no-cache' }).type('application/json').send(text())
    })
  }
  router.get('/docs', (request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(reference()(nonceOf(response), originOf(request)))
  })
  return router
}

/** As the reader's browser names this server; what a proxy says of TLS only changes what is shown. */
function originOf(request: Request): string {
  const host = request.headers.host ?? ''
  const isSafe = request.secure || request.headers['x-forwarded-proto'] === 'https'
  return /^[\w.:[\]-]+$/.test(host) ? `${isSafe ? 'https' : 'http'}://${host}` : 'http://127.0.0.1:3000'
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
