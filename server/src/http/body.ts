// Reads a JSON body: small, plain, and free of keys that would reach a prototype.

import express, { type Request, type RequestHandler, type Response } from 'express'
import { requirePlain } from '../app/plain-json.ts'
import { Refused } from '../app/refused.ts'

/** Bytes of a body; as much as a socket message may have. */
export const BODY_LIMIT = 16 * 1024

const parsers = new Map<number, RequestHandler>()

function parserOf(limit: number): RequestHandler {
  const known = parsers.get(limit)
  if (known) return known
  const parser = express.json({ limit, inflate: false, strict: false, type: 'application/json' })
  parsers.set(limit, parser)
  return parser
}

/** The parsed body; undefined: there was none. Rejects with what body-parser throws, or with `Refused`. */
export async function readBody(request: Request, response: Response, limit = BODY_LIMIT): Promise<unknown> {
  if (!hasBody(request)) return undefined
  if (!request.is('application/json')) {
    throw new Refused('invalid-message', 'Send the body as JSON, with Content-Type: application/json.', {
      field: 'Content-Type',
    })
  }
  const parse = parserOf(limit)
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
  })
  const body: unknown = request.body
  requirePlain(body)
  return body
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  )
}
