// The checker of a simulated shift believes nobody alone: what one observer tells is held against what another saw.

import type { PresenceView } from '@rollcall/shared'
import { createChecker } from '../../server/src/cli/simulation/checker.ts'
import { at, because, byId, held, item, NOON, newWork, seen, stepOf } from '../support/shift-records.ts'

const SECOND = 1_000
const WINDOW_MS = 10 * SECOND

describe('a simulated shift: several observers', () => {
  it.each([
    ['a tab of hers', (checker: Checker, view: PresenceView) => checker.ownView(view)],
    ['HTTP', (checker: Checker, view: PresenceView) => checker.polled(byId(view), NOON)],
    [
      'a supervisor of some queues',
      (checker: Checker, view: PresenceView) => checker.seen([view], byId(view), false, NOON, 'Tia'),
    ],
  ] as const)(
    '[I3] catches one revision that is two presences: to the supervisor, and to %s',
    (_who, tell) => {
      const checker = watching()
      checker.seen([seen({ revision: 4 })], byId(), false, NOON)
      tell(checker, seen({ revision: 4 }))
      tell(checker, seen({ revision: 5, note: 'room 4' }))
      expect(broken(checker)).toEqual([])
      checker.seen([seen({ revision: 5 })], byId(), false, NOON)
      expect(broken(checker)).toEqual(['I3 ada'])
    },
  )

  it('[I3] allows a tab of hers more about her work than others are told', () => {
    const checker = watching()
    const [work] = held('chat-1').work
    checker.seen([seen(held('chat-1'))], byId(), false, NOON)
    checker.ownView(seen({ work: work ? [{ ...work, attributes: { title: 'Parcel' }, cost: {} }] : [] }))
    expect(broken(checker)).toEqual([])
  })

  it('[I1, I2] judges what HTTP answers also while the supervisor sees nothing', () => {
    const checker = createChecker()
    checker.link('ada', false, true, null, NOON)
    checker.link('bob', true, true, null, NOON)
    const bob = seen({ representativeId: 'bob', base: 'offline', link: 'absent', origin: 'disconnected' })
    checker.polled(byId(seen(), bob), NOON + 2 * SECOND)
    expect(broken(checker)).toEqual([])
    checker.polled(byId(seen(), bob), NOON + 4 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada', 'I2 bob'])
  })

  it('catches a work item with two holders in an answer of HTTP', () => {
    const checker = watching()
    checker.polled(byId(seen(held('w1')), seen({ representativeId: 'bob', ...held('w1') })), NOON)
    expect(broken(checker)).toEqual(['one w1'])
  })

  it.each([
    ['bob', 'active', ['one chat-1']],
    [null, 'queued', ['one chat-1']],
    ['ada', 'waiting', ['one chat-1']],
    ['ada', 'active', []],
  ] as const)(
    'catches an item that is in her hands and, says its record, with %s %s',
    (holder, state, expected) => {
      const checker = watching()
      const all = byId(seen(held('chat-1')))
      checker.ledger.unknown(stepOf(newWork('assign')), item(state, holder))
      const before = broken(checker)
      checker.end(all, all, new Map([['chat-1', item(state, holder)]]))
      expect(
        broken(checker)
          .slice(before.length)
          .filter(one => one.startsWith('one')),
      ).toEqual(expected)
    },
  )

  it('[I3] catches a tab that shows something else at the end than the store has', () => {
    const checker = watching()
    const all = byId(seen())
    const tab = { who: 'a tab of hers', sees: byId(seen({ note: 'old' })), of: all }
    checker.end(all, all, new Map(), [tab])
    expect(broken(checker)).toEqual(['I3 ada'])
  })

  it('[I5] catches a choice for many that is forgotten as a choice of each', () => {
    const lunch = { statusId: 'lunch', base: 'away', origin: 'representative' } as const
    const chosen = { kind: 'choose', statusId: 'lunch', when: 'now', forMs: null, note: null } as const
    const back = seen({ revision: 9, cause: because('reconnected', 'SI4') })
    for (const ids of [['ada', 'bob'], ['bob']]) {
      const checker = watching()
      checker.link('ada', true, true, seen(), NOON)
      checker.ledger.acknowledged(stepOf({ ...chosen, bySupervisor: false }), seen({ ...lunch, revision: 7 }))
      checker.ledger.begun(stepOf({ kind: 'reset-many', ids }, 'bob'))
      checker.link('ada', false, false, null, NOON)
      checker.link('ada', true, false, back, NOON)
      expect(broken(checker)).toEqual(ids.includes('ada') ? [] : ['I5 ada'])
    }
  })
})

describe('a simulated shift: absences by the clock of who was away', () => {
  it.each([
    // event, away, closed here, broken
    ['reconnected', 9, true, false],
    ['reconnected', 20, true, true],
    ['reconnected', 20, false, false],
    ['reconnected', 40, false, true],
    ['signed-in', 9, true, true],
    ['signed-in', 11, true, false],
    ['work-assigned', 40, true, false],
  ] as const)('[I7] %s after %s s, closed here: %s: broken is %s', (event, seconds, ours, isBroken) => {
    const checker = watching()
    checker.link('ada', true, true, seen(), NOON)
    checker.link('ada', false, ours, null, NOON)
    checker.link('ada', true, ours, seen({ cause: because(event) }), NOON + seconds * SECOND)
    expect(broken(checker)).toEqual(isBroken ? ['I7 ada'] : [])
  })

  it('[I7, DI6] counts the window from the return of a server that was away too', () => {
    const checker = watching()
    checker.link('ada', true, true, seen(), NOON)
    checker.link('ada', false, false, null, NOON)
    checker.watching(false, NOON + 10)
    checker.watching(true, NOON + 30 * SECOND)
    const back = seen({ cause: because('reconnected') })
    checker.link('ada', true, false, back, NOON + 39 * SECOND)
    expect(broken(checker)).toEqual([])
    checker.link('ada', false, true, null, NOON + 50 * SECOND)
    checker.link('ada', true, true, back, NOON + 70 * SECOND)
    expect(broken(checker)).toEqual(['I7 ada'])
  })
})

describe('a simulated shift: a network that goes without a word', () => {
  it('[I1, DI5] leaves the silent connection its 18 seconds, also when she has come back and closed the new one', () => {
    const checker = watching()
    const tellAt = (seconds: number) => checker.tick(byId(seen()), NOON + seconds * SECOND)
    checker.link('ada', true, false, seen(), NOON - 60 * SECOND)
    checker.link('ada', false, false, null, NOON, true)
    checker.link('ada', true, false, seen({ cause: because('connected', 'SI3') }), NOON + 5 * SECOND)
    checker.link('ada', false, true, null, NOON + 8 * SECOND)
    tellAt(20)
    expect(broken(checker)).toEqual([])
    tellAt(22)
    expect(broken(checker)).toEqual(['I1 ada'])
  })

  it('[I1, DI1] gives nothing of that to a connection that is closed later', () => {
    const checker = watching()
    checker.link('ada', false, false, null, NOON, true)
    checker.link('ada', true, false, seen({ cause: because('connected', 'SI3') }), NOON + 5 * SECOND)
    checker.link('ada', false, true, null, NOON + 30 * SECOND)
    checker.tick(byId(seen()), NOON + 34 * SECOND)
    expect(broken(checker)).toEqual(['I1 ada'])
  })
})

describe('a simulated shift: choices that last', () => {
  const lunch = { statusId: 'lunch', base: 'away', origin: 'representative' } as const
  it.each(['profile-reset', 'configuration-changed', 'wrap-up-ended', 'connected', 'profile-changed'])(
    '[I6] catches a break that %s ends',
    event => {
      const checker = watching()
      checker.seen([seen(lunch)], byId(), false, NOON)
      checker.seen([seen({ ...lunch, revision: 2, cause: because(event) })], byId(), false, NOON)
      expect(broken(checker)).toEqual([])
      checker.seen([seen({ revision: 3, since: at(0), cause: because(event) })], byId(), false, NOON)
      expect(broken(checker)).toEqual(['I6 ada'])
    },
  )
})

type Checker = ReturnType<typeof createChecker>

function watching(): Checker {
  const checker = createChecker({ windowMs: WINDOW_MS })
  checker.watching(true, NOON - 60 * SECOND)
  return checker
}

function broken({ verdicts }: Checker): readonly string[] {
  return verdicts.violations.map(({ invariant, about }) => `${invariant} ${about}`)
}
