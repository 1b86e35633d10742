// Tools to break a store: each wraps one part of it and leaves the rest alone.

import type {
  Change,
  CommandKey,
  FeedEntry,
  FeedPosition,
  RecordWrite,
  Snapshot,
  Step,
  Storage,
} from '../../server/src/storage/storage.ts'
import type { MemoryLog } from '../support/memory-storage.ts'
import type { StoreClock } from './store-clock.ts'

export interface Mutant {
  /** The rule that must catch it. */
  readonly rule: string
  readonly what: string
  mutate?(store: Storage, clock: StoreClock): Storage
  /** Spoils what was kept, before each opening. */
  spoil?(log: MemoryLog): void
}

type Options = { readonly commandKey?: CommandKey } | undefined

export function withSnapshot(store: Storage, change: (snapshot: Snapshot) => Snapshot): Storage {
  const update: Storage['update'] = (tenant, step, options) =>
    store.update(tenant, snapshot => step(change(snapshot)), options)
  return { ...store, update }
}

export function withChange(
  store: Storage,
  change: <Result>(made: Change<Result>, snapshot: Snapshot) => Change<Result>,
): Storage {
  const update: Storage['update'] = (tenant, step, options) =>
    store.update(tenant, snapshot => change(step(snapshot), snapshot), options)
  return { ...store, update }
}

export function withOptions(store: Storage, change: (options: Options) => Options): Storage {
  const update: Storage['update'] = <Result>(tenant: string, step: Step<Result>, options: Options) =>
    store.update(tenant, step, change(options))
  return { ...store, update }
}

export function withKey(store: Storage, change: (key: CommandKey) => CommandKey): Storage {
  return withOptions(store, options =>
    options?.commandKey ? { commandKey: change(options.commandKey) } : options,
  )
}

export function withEntries(store: Storage, change: (entry: FeedEntry) => FeedEntry): Storage {
  const subscribe: Storage['feed']['subscribe'] = listener =>
    store.feed.subscribe((tenant, entries, position) => listener(tenant, entries.map(change), position))
  return withFeed(store, { subscribe })
}

export function withFeed(store: Storage, feed: Partial<Storage['feed']>): Storage {
  return { ...store, feed: { ...store.feed, ...feed } }
}

export function sincePosition(store: Storage, change: (position: FeedPosition) => FeedPosition): Storage {
  return withFeed(store, {
    since: (tenant, position, limit) => store.feed.since(tenant, change(position), limit),
  })
}

/** Hears of every write as soon as a step made it. */
export function spying(store: Storage, hear: (write: RecordWrite) => void): Storage {
  return withChange(store, change => {
    for (const write of change.writes) hear(write)
    return change
  })
}

/** Remembers the command keys itself, for ever. `after`: which outcomes it remembers. */
export function rememberingKeys(store: Storage, after: 'answer' | 'refusal'): Storage {
  const kept = new Map<string, number>()
  const update: Storage['update'] = async (tenant, step, options) => {
    const name = options?.commandKey?.key
    const at = name && kept.get(name)
    if (typeof at === 'number') return { kind: 'repeated', kept: null, at }
    try {
      const updated = await store.update(tenant, step, options)
      if (name && after === 'answer') kept.set(name, store.now())
      return updated
    } catch (error) {
      if (name && after === 'refusal') kept.set(name, store.now())
      throw error
    }
  }
  return { ...store, update }
}
