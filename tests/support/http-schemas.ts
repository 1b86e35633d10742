// Answers against the OpenAPI document that the same server serves.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Response } from 'supertest'
import type { OpenApi } from '../../server/src/http/documents/openapi.ts'
import { NDJSON } from '../../server/src/http/ndjson.ts'

/** Answers what is wrong with an answer; an empty list: it is as documented, with no field that is not. */
export function answerChecker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'document', ...(closed(document) as object) })
  const compiled = new Map<string, ValidateFunction>()
  const validator = (pointer: string) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` })
    compiled.set(pointer, validate)
    return validate
  }

  return (path: string, method: string, response: Response): readonly string[] => {
    const where = `${method} ${path} ${response.status}`
    const documented = document.paths[path]?.[method]?.responses[String(response.status)]
    if (!documented) return [`${where} is not documented`]
    const type = response.type
    if (!documented.content) return response.text ? [`${where} has a body, but none is documented`] : []
    if (!documented.content[type])
      return [`${where} is ${type}, documented is ${Object.keys(documented.content)}`]
    const steps = ['paths', path, method, 'responses', String(response.status), 'content', type, 'schema']
    const validate = validator(`/${steps.map(pointerStep).join('/')}`)
    const texts = type === NDJSON ? response.text.split('\n').filter(line => line !== '') : [response.text]
    return texts
      .flatMap(text => (validate(JSON.parse(text)) ? [] : (validate.errors ?? [])))
      .map(error => `${where} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
  }
}

/** In a fragment, a step is escaped as a pointer first and as a URI then. */
const pointerStep = (step: string) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))

/** The document lets answers grow; a test does not: every field must be documented. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]))
  const isObject = inner['type'] === 'object' && typeof inner['properties'] === 'object'
  return isObject && inner['additionalProperties'] === undefined
    ? { ...inner, additionalProperties: false }
    : inner
}
