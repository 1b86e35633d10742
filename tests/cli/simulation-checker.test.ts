// The checker of a simulated shift, checked: each invariant is broken once in a forged record, and caught; beside
// it stands what is allowed, and is not.

import type { PresenceView } from '@rollcall/shared'
import { createChecker } from '../../server/src/cli/simulation/checker.ts'
import {
  at,
  because,
  byId,
  held,
  item,
  NOON,
  newWork,
  seen,
  stepOf,
  units,
} from '../support/shift-records.ts'

const SECOND = 1_000
const nobody = byId()

describe('a simulated shift: connections', () => {
  const offline = { statusId: 'offline', text: 'Offline', base: 'offline' } as const

  it('[I1] catches who is Available long after her connection was closed', () => {
    const checker = watching()
    checker.link('ada', false, true, null, NOON)
    checker.tick(byId(seen()), NOON + 2 * SECOND)
    expect(broken(checker)).toEqual([])
    checker.tick(byId(seen()), NOON + 6 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada'])
  })

  it('[I1] gives a connection that was lost without a word its 18 seconds', () => {
    const checker = watching()
    checker.link('ada', false, false, null, NOON)
    checker.tick(byId(seen()), NOON + 17 * SECOND)
    expect(broken(checker)).toEqual([])
    checker.tick(byId(seen()), NOON + 24 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada'])
  })

  it('[I1] leaves everybody as they are during a handover, and not after it', () => {
    const checker = watching()
    const moving = seen({ link: 'handover', handoverUntil: at(30 * SECOND) })
    checker.link('ada', false, true, null, NOON)
    checker.tick(byId(moving), NOON + 29 * SECOND)
    expect(broken(checker)).toEqual([])
    checker.tick(byId(moving), NOON + 36 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada'])
  })

  it('[I1, I2] judges nothing while the supervisor sees nothing, nor at once afterwards', () => {
    const checker = watching()
    checker.link('ada', false, true, null, NOON)
    checker.watching(false, NOON)
    checker.tick(byId(seen()), NOON + 60 * SECOND)
    checker.watching(true, NOON + 60 * SECOND)
    checker.tick(byId(seen()), NOON + 61 * SECOND)
    expect(checker.verdicts.checked.I1).toBe(0)
    checker.tick(byId(seen()), NOON + 66 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada'])
  })

  it.each([
    ['disconnected', 'absent', true],
    ['capacity', 'present', true],
    ['representative', 'present', false],
    ['default', 'present', false],
  ] as const)('[I2] Offline by %s (%s) with a live connection: broken is %s', (origin, link, isBroken) => {
    const checker = watching()
    checker.link('ada', true, true, null, NOON)
    checker.tick(byId(seen({ ...offline, origin, link })), NOON + 6 * SECOND)
    expect(broken(checker)).toEqual(isBroken ? ['I2 ada'] : [])
  })
})

describe('a simulated shift: what a supervisor sees', () => {
  it('[I3] catches a revision that stands still or falls', () => {
    const checker = watching()
    follow(
      checker,
      seen({ revision: 4 }),
      seen({ revision: 5 }),
      seen({ revision: 5 }),
      seen({ revision: 3 }),
    )
    expect(broken(checker)).toEqual(['I3 ada', 'I3 ada'])
  })

  it('[I3] takes a whole state as it is', () => {
    const checker = watching()
    follow(checker, seen({ revision: 4 }))
    checker.seen([seen({ revision: 4 })], nobody, true, NOON)
    expect(broken(checker)).toEqual([])
  })

  it('[I3] catches an end that is not what the store has', () => {
    const checker = watching()
    const bob = seen({ representativeId: 'bob' })
    checker.end(byId(seen(), bob), byId(seen({ note: 'room 4' }), bob), new Map())
    expect(broken(checker)).toEqual(['I3 ada'])
  })

  it('catches a work item with two holders, in one message and at the end', () => {
    const both = byId(seen(held('chat-1')), seen({ representativeId: 'bob', ...held('chat-1') }))
    const checker = watching()
    checker.seen([], both, false, NOON)
    checker.end(both, both, new Map())
    expect(broken(checker)).toEqual(['one chat-1', 'one chat-1'])
  })
})

describe('a simulated shift: what was acknowledged', () => {
  it('[I5] catches a work item that is not as it was acknowledged', () => {
    const checker = watching()
    checker.ledger.acknowledged(stepOf(newWork('pick')), seen({ revision: 2 }))
    const now = byId(seen({ revision: 2, ...held('chat-1') }))
    checker.end(now, now, new Map([['chat-1', item('active', 'ada')]]))
    expect(broken(checker)).toEqual([])
    const bobs = byId(seen({ representativeId: 'bob', revision: 2, ...held('chat-1') }))
    checker.end(bobs, bobs, new Map([['chat-1', item('active', 'bob')]]))
    checker.end(now, now, new Map([['chat-1', null]]))
    expect(broken(checker)).toEqual(['I5 chat-1', 'I5 chat-1'])
  })

  it('[I5] catches a presence older than one that was answered, at a return and at the end', () => {
    const checker = watching()
    checker.link('ada', true, true, seen(), NOON)
    checker.ledger.acknowledged(stepOf({ kind: 'reset', bySupervisor: false }), seen({ revision: 7 }))
    checker.link('ada', false, false, null, NOON)
    checker.link('ada', true, false, seen({ revision: 6 }), NOON)
    const stored = byId(seen({ revision: 6 }))
    checker.end(stored, stored, new Map())
    expect(broken(checker)).toEqual(['I5 ada', 'I5 ada'])
  })

  it('[I5] catches a return without the break that was chosen, unless it was reset meanwhile', () => {
    const lunch = { statusId: 'lunch', base: 'away', origin: 'representative' } as const
    const choose = {
      kind: 'choose',
      statusId: 'lunch',
      when: 'now',
      forMs: null,
      note: null,
      bySupervisor: false,
    } as const
    const back = seen({ revision: 9, cause: because('reconnected', 'SI4') })
    for (const [view, last, isBroken] of [
      [{ ...back, ...lunch }, choose, false],
      [back, choose, true],
      [back, { kind: 'reset', bySupervisor: false }, false],
    ] as const) {
      const checker = watching()
      checker.link('ada', true, true, seen(), NOON)
      checker.ledger.acknowledged(stepOf(choose), seen({ ...lunch, revision: 7 }))
      if (last.kind === 'reset') checker.ledger.begun(stepOf(last))
      checker.link('ada', false, false, null, NOON)
      checker.link('ada', true, false, view, NOON)
      expect(broken(checker)).toEqual(isBroken ? ['I5 ada'] : [])
    }
  })

  it('[I5] lets a command without an answer have happened or not, and nothing else', () => {
    for (const [found, isBroken] of [
      [item('active', 'ada'), false],
      [item('closed', null), false],
      [item('active', 'bob'), true],
      [null, false],
    ] as const) {
      const checker = watching()
      checker.ledger.acknowledged(stepOf(newWork('assign')), null)
      checker.ledger.unknown(stepOf({ kind: 'close', workItemId: 'chat-1' }), found)
      expect(broken(checker)).toEqual(isBroken ? ['I5 chat-1'] : [])
    }
  })

  it('[I5] follows a work item through a transfer, an offer and its rejection', () => {
    const checker = watching()
    const workItemId = 'chat-1'
    const to = { representativeId: 'bob' }
    const end = (found: ReturnType<typeof item>) => {
      const all = byId(seen({ representativeId: found.representativeId ?? '', ...held(workItemId) }))
      checker.end(all, all, new Map([[workItemId, found]]))
    }
    checker.ledger.acknowledged(stepOf(newWork('pick')), null)
    checker.ledger.acknowledged(stepOf({ kind: 'transfer', workItemId, to, offer: true }), null)
    end(item('active', 'ada'))
    checker.ledger.acknowledged(stepOf({ kind: 'reject', workItemId, handedOver: true }, 'bob'), null)
    end(item('active', 'ada'))
    checker.ledger.acknowledged(stepOf({ kind: 'transfer', workItemId, to, offer: false }), null)
    end(item('active', 'bob'))
    expect(broken(checker)).toEqual([])
    end(item('active', 'ada'))
    expect(broken(checker)).toEqual(['I5 chat-1'])
  })
})

describe('a simulated shift: single changes', () => {
  const lunch = { statusId: 'lunch', base: 'away', origin: 'representative' } as const

  it('[I6] catches a break that an accepted work item ends, and no reset', () => {
    expect(judged(seen(lunch), seen({ revision: 2, cause: because('work-accepted') }))).toEqual(['I6 ada'])
    expect(judged(seen(lunch), seen({ revision: 2, cause: because('presence-reset') }))).toEqual([])
    expect(judged(seen(lunch), seen({ ...lunch, revision: 2, cause: because('work-accepted') }))).toEqual([])
    // Two changes apart: there may have been a reset between.
    expect(judged(seen(lunch), seen({ revision: 3, cause: because('work-accepted') }))).toEqual([])
  })

  it('[I7] catches a return after the window that restores, and one within it that does not', () => {
    const absent = seen({ link: 'absent', base: 'offline', restoreUntil: at(10 * SECOND) })
    const back = (event: string) => seen({ revision: 2, cause: because(event) })
    expect(judged(absent, back('reconnected'), 9 * SECOND)).toEqual([])
    expect(judged(absent, back('reconnected'), 13 * SECOND)).toEqual(['I7 ada'])
    expect(judged(absent, back('signed-in'), 13 * SECOND)).toEqual([])
    expect(judged(absent, back('signed-in'), 9 * SECOND)).toEqual(['I7 ada'])
  })

  it('[I8] catches an offer without room; people and assignments may go above', () => {
    const full = seen(units(60, 60))
    const offered = seen({ revision: 2, ...units(60, 60, 30), cause: because('work-offered') })
    expect(judged(full, offered)).toEqual(['I8 ada'])
    const assigned = seen({ revision: 2, ...units(60, 90), cause: because('work-assigned') })
    expect(judged(full, assigned)).toEqual([])
    const person = { ...because('work-offered'), actor: { kind: 'representative', id: 'bob' } } as const
    expect(judged(full, { ...offered, cause: person })).toEqual([])
    const forced = watching()
    forced.forcing('ada', NOON)
    follow(forced, full, offered)
    expect(broken(forced)).toEqual([])
  })
})

type Checker = ReturnType<typeof createChecker>

function watching(): Checker {
  const checker = createChecker()
  checker.watching(true, NOON - 60 * SECOND)
  return checker
}

function follow(checker: Checker, ...views: readonly PresenceView[]): void {
  for (const view of views) checker.seen([view], nobody, false, NOON)
}

function judged(before: PresenceView, after: PresenceView, afterMs = 0): readonly string[] {
  const checker = watching()
  checker.seen([before], nobody, false, NOON)
  checker.seen([after], nobody, false, NOON + afterMs)
  return broken(checker)
}

function broken({ verdicts }: Checker): readonly string[] {
  return verdicts.violations.map(({ invariant, about }) => `${invariant} ${about}`)
}
