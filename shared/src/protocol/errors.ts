/**
 * Every error a client can meet: its HTTP status, whether the same request may simply be tried again, and what
 * it means for the caller. This is the only place where they are listed.
 */
export const ERRORS = {
  'invalid-message': {
    status: 400,
    retry: false,
    meaning: 'A field is unknown, missing, of the wrong type or out of bounds; details name it.',
  },
  unauthenticated: {
    status: 401,
    retry: false,
    meaning: 'The token is missing, wrong, expired or revoked. Sign in again.',
  },
  forbidden: {
    status: 403,
    retry: false,
    meaning: 'The token does not grant this. Details say what is needed.',
  },
  'not-found': { status: 404, retry: false, meaning: 'There is nothing of that id in this tenant.' },
  'representative-unknown': {
    status: 404,
    retry: false,
    meaning: 'No representative of that id exists in this tenant.',
  },
  'work-item-unknown': { status: 404, retry: false, meaning: 'No work item of that id is known.' },
  'not-signed-in': {
    status: 409,
    retry: false,
    meaning: 'The representative is not signed in; a choice needs a signed-in representative.',
  },
  'status-not-selectable': {
    status: 409,
    retry: false,
    meaning: 'That status is archived, or may not be chosen by you.',
  },
  'standard-status': { status: 409, retry: false, meaning: 'The six standard statuses cannot be changed.' },
  'status-text-taken': {
    status: 409,
    retry: false,
    meaning: 'Another unarchived status already has this text.',
  },
  'work-item-conflict': {
    status: 409,
    retry: false,
    meaning: 'The work item is with, or offered to, somebody else.',
  },
  'work-item-closed': {
    status: 409,
    retry: false,
    meaning: 'The work item was closed; offer or assign it with reopen to take it up again.',
  },
  'transition-not-allowed': {
    status: 409,
    retry: false,
    meaning: 'The work item is in a state that does not allow this report.',
  },
  'offer-gone': {
    status: 409,
    retry: false,
    meaning: 'Another tab or the time limit was faster. Nothing was changed.',
  },
  'offer-not-rejectable': {
    status: 409,
    retry: false,
    meaning: 'Offers of this workstream cannot be rejected.',
  },
  'session-limit': {
    status: 409,
    retry: false,
    meaning: 'The representative has as many open sessions as the policy allows.',
  },
  'no-capacity': { status: 409, retry: false, meaning: 'The representative has no room for this work item.' },
  'in-use': { status: 409, retry: false, meaning: 'It is still used; details say by whom.' },
  'stale-command': {
    status: 409,
    retry: false,
    meaning: 'The command was meant for a connection that is gone. Nothing was changed.',
  },
  'cursor-gone': {
    status: 410,
    retry: false,
    meaning: 'The cursor is no longer held. Begin again without one.',
  },
  'revision-mismatch': {
    status: 412,
    retry: false,
    meaning: 'It was changed meanwhile. Read it again and repeat your change on top.',
  },
  'payload-too-large': {
    status: 413,
    retry: false,
    meaning: 'The message is larger than the server accepts.',
  },
  'key-reused': {
    status: 422,
    retry: false,
    meaning: 'This command key was used with another body. Use a new key for a new command.',
  },
  'too-many-requests': { status: 429, retry: true, meaning: 'Too fast. Try again after retryAfterMs.' },
  unavailable: {
    status: 503,
    retry: true,
    meaning: 'The server cannot reach its store or is stopping. Try again with the same key.',
  },
  internal: {
    status: 500,
    retry: false,
    meaning: 'A fault of the server. The incident id finds it in the log.',
  },
} as const satisfies Record<string, { status: number; retry: boolean; meaning: string }>

export type ErrorCode = keyof typeof ERRORS

/** The error object on the wire: in a socket reply, in a `connect_error`'s data, and inside problem+json. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly retry: boolean
  readonly details?: Readonly<Record<string, unknown>>
}
