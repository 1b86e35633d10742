// Tokens for scripted sockets, signed as any issuer would sign them.

import { createHmac } from 'node:crypto'

export const SECRET = 'a secret of thirty-two bytes or more, for benchmarks only'

export function mintBenchToken(sub: string, roles: readonly string[]): string {
  const now = Math.floor(Date.now() / 1000)
  const head = encode({ alg: 'HS256', typ: 'JWT' })
  const body = encode({ sub, roles, queues: ['default'], watches: ['*'], iat: now, exp: now + 3_600 })
  const signature = createHmac('sha256', SECRET).update(`${head}.${body}`).digest('base64url')
  return `${head}.${body}.${signature}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
