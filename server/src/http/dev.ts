import type { IncomingHttpHeaders } from 'node:http'
import type { DevPerson, DevTokenBody } from '@rollcall/shared'
import { Refused } from '../app/refused.ts'
import type { Handlers } from './handler.ts'

/** Development mode: tokens for whoever sits at this machine. */
export interface DevMode {
  /** Why a request is refused; null: it came from this machine, directly. */
  refuse(headers: IncomingHttpHeaders): string | null
  mint(claims: DevTokenBody): string | Promise<string>
  people(): readonly DevPerson[]
}

export function createDevHandlers(dev: DevMode): Handlers<'createDevToken' | 'listDevPeople'> {
  const check = (headers: IncomingHttpHeaders) => {
    const why = dev.refuse(headers)
    if (why !== null) throw new Refused('forbidden', why)
  }
  return {
    async createDevToken({ headers, body }) {
      check(headers)
      return { status: 200, body: { token: await dev.mint(body) } }
    },
    listDevPeople({ headers }) {
      check(headers)
      return { status: 200, body: { items: dev.people(), next: null } }
    },
  }
}
