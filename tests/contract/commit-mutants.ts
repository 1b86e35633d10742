// Broken stores for the first half of the contract: commits and the feed.

import type { Facts } from '../../server/src/domain/facts.ts'
import type { Storage } from '../../server/src/storage/storage.ts'
import { type Mutant, sincePosition, spying, withEntries, withFeed, withSnapshot } from './mutant-parts.ts'
import { TENANT } from './records.ts'

export const commitMutants: readonly Mutant[] = [
  { rule: 'SC1', what: 'tells the entries of one commit one by one', mutate: tellsOneByOne },
  { rule: 'SC2', what: 'lets a later update overtake the first', mutate: overtakes },
  { rule: 'SC3', what: 'rejects with an error of its own', mutate: wrapsErrors },
  { rule: 'SC4', what: 'shows what is not durable', mutate: showsEarly },
  { rule: 'SC4', what: 'has deadlines that are not durable', mutate: staleDeadline },
  { rule: 'SC5', what: 'tells after it answered', mutate: tellsLate },
  {
    rule: 'SC6',
    what: 'runs steps at another time',
    mutate: store => withSnapshot(store, s => ({ ...s, now: 1 })),
  },
  { rule: 'SC41', what: 'has steps look at all that is durable, and no more', mutate: showsDurableAlone },
  { rule: 'SC7', what: 'keeps the deadline of a removed record', mutate: staleDeadline },
  { rule: 'SC8', what: 'accepts updates after close', mutate: acceptsAfterClose },
  {
    rule: 'SC9',
    what: 'leaves gaps in the numbers',
    mutate: store => withEntries(store, e => ({ ...e, seq: 2 * e.seq })),
  },
  {
    rule: 'SC10',
    what: 'forgets what was before',
    mutate: store => withEntries(store, e => ({ ...e, previous: null })),
  },
  {
    rule: 'SC10',
    what: 'stamps entries wrongly',
    mutate: store => withEntries(store, e => ({ ...e, at: e.at + 1 })),
  },
  { rule: 'SC11', what: 'numbers a commit of nothing', mutate: numbersNothing },
  {
    rule: 'SC12',
    what: 'gives one entry twice',
    mutate: store => sincePosition(store, p => ({ ...p, seq: Math.max(0, p.seq - 1) })),
  },
  {
    rule: 'SC12',
    what: 'knows no limit',
    mutate: store => withFeed(store, { since: (t, p) => store.feed.since(t, p, 1_000) }),
  },
  {
    rule: 'SC13',
    what: 'takes any epoch for its own',
    mutate: store => sincePosition(store, p => ({ ...p, epoch: store.feed.position(TENANT).epoch })),
  },
  { rule: 'SC13', what: 'gives what is left of a trimmed feed', mutate: givesTheRest },
  { rule: 'SC14', what: 'loads a position of its own', mutate: loadsAtZero },
  {
    rule: 'SC14',
    what: 'tells who left',
    mutate: tellsWhoLeft,
  },
]

/** Keeps what it was told of. */
function showsDurableAlone(store: Storage): Storage {
  const durable = new Map<string, Facts>()
  store.feed.subscribe((_, entries) => {
    for (const entry of entries) {
      if (entry.kind === 'representative' && entry.current) durable.set(entry.id, entry.current)
    }
  })
  return withSnapshot(store, s => ({ ...s, representatives: () => durable.values() }))
}

function tellsWhoLeft(store: Storage): Storage {
  return withFeed(store, {
    subscribe: listener => {
      store.feed.subscribe(listener)
      return () => {}
    },
  })
}

function tellsOneByOne(store: Storage): Storage {
  return withFeed(store, {
    subscribe: listener =>
      store.feed.subscribe((tenant, entries, position) => {
        for (const entry of entries) listener(tenant, [entry], position)
      }),
  })
}

function overtakes(store: Storage): Storage {
  let calls = 0
  const update: Storage['update'] = async (tenant, step, options) => {
    calls += 1
    if (calls === 1) await new Promise(setImmediate)
    return store.update(tenant, step, options)
  }
  return { ...store, update }
}

function wrapsErrors(store: Storage): Storage {
  const update: Storage['update'] = (tenant, step, options) =>
    store.update(tenant, step, options).catch(error => {
      throw new Error('failed', { cause: error })
    })
  return { ...store, update }
}

function showsEarly(store: Storage): Storage {
  const early = new Set<string>()
  const spy = spying(store, write => early.add(write.id))
  return {
    ...spy,
    workItem: (tenant, id) => {
      const item = store.workItem(tenant, id)
      if (item === null && early.has(id)) throw new Error('seen early')
      return item
    },
  }
}

function staleDeadline(store: Storage): Storage {
  let earliest: number | null = null
  const spy = spying(store, ({ deadline }) => {
    if (deadline !== null && (earliest === null || deadline < earliest)) earliest = deadline
  })
  return { ...spy, nextDeadline: () => earliest }
}

function tellsLate(store: Storage): Storage {
  return withFeed(store, {
    subscribe: listener => store.feed.subscribe((...told) => void setImmediate(() => listener(...told))),
  })
}

function acceptsAfterClose(store: Storage): Storage {
  let closed = false
  const update: Storage['update'] = (tenant, step, options) =>
    closed ? Promise.resolve({ kind: 'key-reused' }) : store.update(tenant, step, options)
  const close = () => {
    closed = true
    return store.close()
  }
  return { ...store, update, close }
}

function numbersNothing(store: Storage): Storage {
  const update: Storage['update'] = async (tenant, step, options) => {
    const updated = await store.update(tenant, step, options)
    return updated.kind === 'committed' ? { ...updated, seq: updated.seq ?? 0 } : updated
  }
  return { ...store, update }
}

function givesTheRest(store: Storage): Storage {
  return withFeed(store, {
    since: (tenant, position, limit) => {
      const given = store.feed.since(tenant, position, limit)
      const own = position.epoch === store.feed.position(tenant).epoch
      return given === 'gone' && own ? [] : given
    },
  })
}

function loadsAtZero(store: Storage): Storage {
  const load: Storage['load'] = async tenant => {
    const state = await store.load(tenant)
    return { ...state, position: { ...state.position, seq: 0 } }
  }
  return { ...store, load }
}
