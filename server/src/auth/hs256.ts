// Compact JWTs signed with HMAC SHA-256, and nothing else: about 10 us a token, where WebCrypto takes ten times
// that on the path of every handshake. Any other algorithm, `none` included, is no token here.

import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** Nothing in it is checked yet but that it is an object. */
export interface JwtClaims {
  readonly exp?: unknown
  readonly iat?: unknown
  readonly nbf?: unknown
  readonly [claim: string]: unknown
}

/** Signs claims. `key` is a secret key of at least 32 bytes. */
export function signHs256(claims: JwtClaims, key: KeyObject): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${signatureOf(signed, key)}`
}

/** The claims of a token with a right signature; null for anything else. Says nothing about times or content. */
export function verifyHs256(token: string, key: KeyObject): JwtClaims | null {
  const parts = token.split('.')
  const [header, payload, signature] = parts
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined)
    return null
  const head = decode(header)
  // `crit` names extensions that a verifier must understand (RFC 7515, 4.1.11); this one understands none.
  if (head === null || head.alg !== 'HS256' || 'crit' in head) return null
  if (!sameText(signature, signatureOf(`${header}.${payload}`, key))) return null
  return decode(payload)
}

function signatureOf(signed: string, key: KeyObject): string {
  return createHmac('sha256', key).update(signed).digest('base64url')
}

/** Compares the texts, not the decoded bytes, so that a signature has exactly one spelling. */
function sameText(one: string, other: string): boolean {
  const left = Buffer.from(one)
  const right = Buffer.from(other)
  return left.length === right.length && timingSafeEqual(left, right)
}

function encode(part: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): (JwtClaims & { readonly alg?: unknown }) | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
