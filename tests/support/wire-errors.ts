// What an error on the wire must be, whichever transport it came over.

import { ERRORS, type WireError } from '@rollcall/shared'

export function isRefusal(reply: unknown): reply is { readonly ok: false; readonly error: WireError } {
  return typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === false
}

/** `said` is shown when it is not: what was sent, and the seed. */
export function expectDocumented({ code, message, retry, details }: WireError, said: string): void {
  expect({ said, code, message, retry }).toEqual({ said, code, message, retry: ERRORS[code]?.retry })
  expect({ said, message }).not.toMatchObject({ message: '' })
  expect({ said, code, message }).not.toMatchObject({ code: 'internal' })
  if (code === 'invalid-message' && details) expect(details).toHaveProperty('field')
}
