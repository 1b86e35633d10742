import { COMMANDS, errorsOf, MESSAGES, ROUTES, type RouteSpec } from '@rollcall/shared'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { AsyncApi } from '../../server/src/http/documents/asyncapi.ts'
import { exampleOf } from '../../server/src/http/documents/example.ts'
import { FIELD_NOTES } from '../../server/src/http/documents/field-notes.ts'
import type { OpenApi } from '../../server/src/http/documents/openapi.ts'
import { httpBench } from '../support/http-bench.ts'

const { send } = httpBench({
  info: { version: '1.2.3', mode: 'development', demo: false, store: 'embedded', oidc: null },
})
let openapi: OpenApi
let asyncapi: AsyncApi
let docs: string

beforeAll(async () => {
  openapi = (await send('get', '/openapi.json', null)).body
  asyncapi = (await send('get', '/asyncapi.json', null)).body
  docs = (await send('get', '/docs', null)).text
})

/** Every reference of a document that leads nowhere. */
function dangling(document: object): readonly string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    match => match[1] ?? '',
  )
  return references.filter(
    reference =>
      reference
        .split('/')
        .reduce<unknown>((value, step) => Object(value)[step.replaceAll('~1', '/')], document) === undefined,
  )
}

describe('/openapi.json', () => {
  it('[HTTP] lists every route, its roles and its errors', () => {
    expect(openapi.openapi).toMatch(/^3\.1/)
    for (const [name, spec] of Object.entries(ROUTES) as [string, RouteSpec][]) {
      const operation = openapi.paths[spec.path]?.[spec.method]
      expect(operation?.operationId).toBe(name)
      expect(operation?.['x-errors']).toEqual(errorsOf(spec))
      expect(operation?.security).toEqual(spec.access === 'public' ? [] : undefined)
    }
  })

  it('[HTTP] has no dangling reference, and declares every path parameter', () => {
    expect(dangling(openapi)).toEqual([])
    for (const [path, methods] of Object.entries(openapi.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
      for (const { parameters } of Object.values(methods)) {
        expect(parameters.filter(each => each.in === 'path' && each.required).map(each => each.name)).toEqual(
          names,
        )
      }
    }
  })

  it('[HTTP] every shape is valid JSON Schema, and its example is valid too', () => {
    const schemas = { ...asyncapi.components.schemas, ...openapi.components.schemas }
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'document', components: { schemas } })
    for (const [name, schema] of Object.entries(schemas)) {
      const validate = ajv.compile({ $ref: `document#/components/schemas/${name}` })
      const example = exampleOf(schema, schemas)
      expect([name, validate(example), validate.errors]).toEqual([name, true, null])
    }
  })

  it('[HTTP] notes only fields that exist', () => {
    const { schemas } = openapi.components
    const all = { ...asyncapi.components.schemas, ...schemas }
    const stray = Object.entries(FIELD_NOTES).flatMap(([name, notes]) =>
      Object.keys(notes)
        .filter(field => all[name]?.properties?.[field]?.description !== notes[field])
        .map(field => `${name}.${field}`),
    )
    expect(stray).toEqual([])
  })

  it('[HTTP] says of requests that they are closed and of answers that they may grow', () => {
    expect(openapi.components.schemas['StatusBody']?.additionalProperties).toBe(false)
    expect(openapi.components.schemas['Status']?.additionalProperties).toBeUndefined()
  })
})

describe('/asyncapi.json', () => {
  it('[HTTP] lists every command with its acknowledgement, and every message', () => {
    expect(dangling(asyncapi)).toEqual([])
    const names = (action: string) =>
      Object.entries(asyncapi.operations)
        .filter(([, operation]) => operation.action === action)
        .map(([key]) => asyncapi.components.messages[key]?.name)
    expect(names('receive')).toEqual(Object.keys(COMMANDS))
    expect(names('send')).toEqual(Object.keys(MESSAGES))
    for (const operation of Object.values(asyncapi.operations)) {
      expect(operation.reply !== undefined).toBe(operation.action === 'receive')
    }
  })
})

describe('/docs', () => {
  it('[HTTP] is one page without scripts and without requests', () => {
    expect(docs).toMatch(/^<!doctype html>/)
    expect(docs).not.toMatch(/<script|<link|<img|style="|\son\w+=/)
    expect(docs).not.toMatch(/src=|url\(/)
  })

  it('[HTTP] has an anchor for every operation, command, message, shape and error, and no dead link', () => {
    const anchors = new Set([...docs.matchAll(/ id="([^"]+)"/g)].map(match => match[1]))
    for (const name of Object.keys(ROUTES)) expect(anchors).toContain(name)
    for (const name of Object.keys(COMMANDS)) expect(anchors).toContain(`command-${name.replace(':', '.')}`)
    for (const name of Object.keys(MESSAGES)) expect(anchors).toContain(`message-${name.replace(':', '.')}`)
    const links = [...docs.matchAll(/href="#([^"]+)"/g)].map(match => match[1])
    expect(links.filter(link => !anchors.has(link))).toEqual([])
    expect([...docs.matchAll(/ id="([^"]+)"/g)]).toHaveLength(anchors.size)
  })

  it('[HTTP] the documents have ETags of their own', async () => {
    const { headers } = await send('get', '/openapi.json', null)
    const again = await send('get', '/openapi.json', null, undefined, {
      'If-None-Match': headers['etag'] ?? '',
    })
    expect(again.status).toBe(304)
  })
})
