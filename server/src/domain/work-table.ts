// The table of WK3: what a report makes of an item, by the state it is in. Data, so that it can be read beside the
// rules; who may report what stands in work-rights.ts.

import type { WorkState } from '@rollcall/shared/vocabulary'
import type { Report } from './work-record.ts'

/**
 * A state: the item becomes that. `same`: nothing changes. `done`: there is nothing to close. `pick`: WK9.
 * `transfer`: TR1, TR2. `transfer-offer`: TR4. The rest are refusals.
 */
export type Cell =
  | WorkState
  | 'same'
  | 'done'
  | 'pick'
  | 'transfer'
  | 'transfer-offer'
  | 'offer-gone'
  | 'unknown'
  | 'not-allowed'
  | 'gone'

/** A miss is answered as a rejection is. */
export type Column = Exclude<Report['type'], 'miss'>

/** `none`: no such item is known, or it was closed longer ago than closed items are kept. */
export const WORK_TABLE: Readonly<Record<WorkState | 'none', Readonly<Record<Column, Cell>>>> = {
  none: {
    offer: 'offered',
    assign: 'active',
    accept: 'pick',
    reject: 'offer-gone',
    withdraw: 'offer-gone',
    wait: 'unknown',
    resume: 'unknown',
    'wrap-up': 'unknown',
    close: 'done',
    release: 'unknown',
    transfer: 'unknown',
  },
  queued: {
    offer: 'offered',
    assign: 'active',
    accept: 'pick',
    reject: 'offer-gone',
    withdraw: 'offer-gone',
    wait: 'not-allowed',
    resume: 'not-allowed',
    'wrap-up': 'not-allowed',
    close: 'closed',
    release: 'same',
    transfer: 'not-allowed',
  },
  offered: {
    offer: 'same',
    assign: 'active',
    accept: 'active',
    reject: 'queued',
    withdraw: 'queued',
    wait: 'not-allowed',
    resume: 'not-allowed',
    'wrap-up': 'not-allowed',
    close: 'closed',
    release: 'not-allowed',
    transfer: 'not-allowed',
  },
  active: {
    offer: 'transfer-offer',
    assign: 'same',
    accept: 'same',
    reject: 'not-allowed',
    withdraw: 'not-allowed',
    wait: 'waiting',
    resume: 'same',
    'wrap-up': 'wrap-up',
    close: 'closed',
    release: 'queued',
    transfer: 'transfer',
  },
  waiting: {
    offer: 'not-allowed',
    assign: 'active',
    accept: 'not-allowed',
    reject: 'not-allowed',
    withdraw: 'not-allowed',
    wait: 'same',
    resume: 'active',
    'wrap-up': 'not-allowed',
    close: 'closed',
    release: 'queued',
    transfer: 'transfer',
  },
  'wrap-up': {
    offer: 'not-allowed',
    assign: 'active',
    accept: 'not-allowed',
    reject: 'not-allowed',
    withdraw: 'not-allowed',
    wait: 'waiting',
    resume: 'active',
    'wrap-up': 'same',
    close: 'closed',
    release: 'queued',
    transfer: 'transfer',
  },
  closed: {
    offer: 'gone',
    assign: 'gone',
    accept: 'gone',
    reject: 'gone',
    withdraw: 'gone',
    wait: 'gone',
    resume: 'gone',
    'wrap-up': 'gone',
    close: 'same',
    release: 'gone',
    transfer: 'gone',
  },
}

export function cellOf(state: WorkState | 'none', type: Report['type']): Cell {
  return WORK_TABLE[state][type === 'miss' ? 'reject' : type]
}
