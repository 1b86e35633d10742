// What a peer that checks tokens does: an HS256 signature and an end, and no more.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { SECRET } from '../load/tokens.ts'

export function isValid(token: unknown): boolean {
  if (typeof token !== 'string') return false
  const [head = '', body = '', signature = ''] = token.split('.')
  const expected = createHmac('sha256', SECRET).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
  const { exp }: { exp?: number } = JSON.parse(Buffer.from(body, 'base64url').toString())
  return exp !== undefined && exp > Date.now() / 1000
}
