// Reads a body: small, and as JSON plain and free of keys that would reach a prototype.

import express, { type Request, type RequestHandler, type Response } from 'express'
import { requirePlain } from '../app/plain-json.ts'
import { Refused } from '../app/refused.ts'

/** Bytes of a body; as much as a socket message may have. */
export const BODY_LIMIT = 16 * 1024

/** Reads a body; undefined: there was none. Rejects with what body-parser throws, or with `Refused`. */
export type ReadsBody = (request: Request, response: Response) => Promise<unknown>

export function jsonReader(limit = BODY_LIMIT): ReadsBody {
  const type = 'application/json'
  const parse = express.json({ limit, inflate: false, strict: false, type })
  return async (request, response) => {
    if (!hasBody(request)) return undefined
    requireType(request, 'JSON', type)
    await run(parse, request, response)
    const body: unknown = request.body
    requirePlain(body)
    return body
  }
}

/** The text as it came. `name`: of the type, in messages. */
export function textReader(name: string, type: string, limit = BODY_LIMIT): ReadsBody {
  const parse = express.text({ limit, inflate: false, type })
  return async (request, response) => {
    if (!hasBody(request)) return undefined
    requireType(request, name, type)
    await run(parse, request, response)
    // body-parser leaves no text behind a body of no bytes.
    return typeof request.body === 'string' ? request.body : ''
  }
}

function requireType(request: Request, name: string, type: string): void {
  if (request.is(type)) return
  throw new Refused('invalid-message', `Send the body as ${name}, with Content-Type: ${type}.`, {
    field: 'Content-Type',
  })
}

function run(parse: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
  })
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  )
}
