// The one verb that writes. A step runs at once and in turn; its commit is appended to the journal, and published
// when it is durable.

import {
  type Change,
  type CommandKey,
  type FeedEntry,
  type Snapshot,
  type Step,
  type Storage,
  StorageUnavailable,
  type Updated,
} from '../storage.ts'
import type { Commit } from './commit.ts'
import { entriesOf } from './entries.ts'
import type { Feed } from './feed.ts'
import type { Head } from './head.ts'
import { applyCommit } from './image.ts'
import type { Journal } from './journal.ts'

export interface UpdatesOptions {
  readonly journal: Journal
  readonly now: () => number
  readonly feed: Feed
  readonly head: Head
  readonly fatal: (error: unknown) => void
}

export interface Updates {
  readonly update: Storage['update']
  /** Refuses new updates; resolves when those under way are settled. */
  close(): Promise<void>
}

export function createUpdates({ journal, now, feed, head, fatal }: UpdatesOptions): Updates {
  const { image } = journal
  /** Publication of the newest commit; those before it were published earlier. Rejects when the journal broke. */
  let newest: Promise<void> = Promise.resolve()
  let refusal: string | null = null

  async function update<Result>(
    tenant: string,
    step: Step<Result>,
    options?: { readonly commandKey?: CommandKey },
  ): Promise<Updated<Result>> {
    if (refusal !== null) throw new StorageUnavailable(refusal)
    try {
      const answer = run(tenant, step, options?.commandKey ?? null)
      await newest
      return answer
    } catch (error) {
      // A refusal too may have been judged by commits that are still on their way.
      await newest
      throw error
    }
  }

  /** Everything up to here is synchronous: one step at a time, in the order of the calls. */
  function run<Result>(tenant: string, step: Step<Result>, key: CommandKey | null): Updated<Result> {
    const earlier = key && image.commands.find(tenant, key, now())
    if (key && earlier) {
      if (earlier.fingerprint !== key.fingerprint) return { kind: 'key-reused' }
      return { kind: 'repeated', kept: earlier.kept, at: earlier.at }
    }
    const { snapshot, change } = runStep(tenant, step)
    const commit = commitOf(snapshot, change, key)
    if (!commit) return { kind: 'committed', result: change.result, seq: null, at: snapshot.now }
    const entries = entriesOf(snapshot, change, () => feed.take(tenant))
    append(commit, entries)
    return { kind: 'committed', result: change.result, seq: entries.at(-1)?.seq ?? null, at: snapshot.now }
  }

  /** Runs again, with the true time, when a deadline that the step took for open has passed meanwhile. */
  function runStep<Result>(tenant: string, step: Step<Result>) {
    for (;;) {
      const snapshot = head.snapshot(tenant, now())
      const change = step(snapshot)
      const { validUntil } = change
      if (validUntil === null || now() <= validUntil) {
        checkVersion(snapshot, change)
        return { snapshot, change }
      }
      if (snapshot.now > validUntil) {
        throw new Error(
          `A step run at ${snapshot.now} answered validUntil ${validUntil}, which was over: it must handle that deadline, or it would run for ever.`,
        )
      }
    }
  }

  function append(commit: Commit, entries: readonly FeedEntry[]): void {
    head.add(commit)
    if (commit.command) image.commands.remember(commit.command)
    const before = newest
    newest = journal.append(commit).then(
      () => before.then(() => publish(commit, entries)),
      error => broken(error),
    )
    // Whoever waits hears of it; with nobody waiting, `fatal` was told all the same.
    newest.catch(() => {})
  }

  function publish(commit: Commit, entries: readonly FeedEntry[]): void {
    try {
      applyCommit(image, commit)
      head.settle(commit)
      if (entries.length > 0) feed.publish(commit.tenant, entries)
    } catch (error) {
      // A listener that missed an entry would be wrong for ever, and nobody could tell.
      broken(error)
    }
  }

  function broken(error: unknown): never {
    const first = refusal !== BROKEN
    refusal = BROKEN
    if (first) fatal(error)
    throw new StorageUnavailable(BROKEN, { cause: error })
  }

  return {
    update,
    async close() {
      refusal ??= 'The store is closing: repeat the command when the server is up again.'
      await newest
    },
  }
}

const BROKEN =
  'The store failed and the server ends (its log says why): repeat the command when it is up again.'

function checkVersion(snapshot: Snapshot, { configuration }: Change<unknown>): void {
  const expected = snapshot.configuration.version + 1
  if (!configuration || configuration.next.version === expected) return
  throw new Error(
    `A step wrote configuration version ${configuration.next.version}; after ${snapshot.configuration.version} comes ${expected}.`,
  )
}

/** null: there is nothing to keep. */
function commitOf(snapshot: Snapshot, change: Change<unknown>, key: CommandKey | null): Commit | null {
  const { tenant, now: at } = snapshot
  const { writes, keep } = change
  const configuration = change.configuration?.next ?? null
  const revocation = change.revocation?.next ?? null
  const history = change.history ?? []
  const command = key && keep !== undefined ? { ...pick(key), tenant, kept: keep, at } : null
  const nothing = writes.length + history.length === 0 && !configuration && !revocation && !command
  return nothing ? null : { tenant, at, writes, configuration, revocation, history, command }
}

function pick({ actor, key, fingerprint }: CommandKey) {
  return { actor, key, fingerprint }
}
