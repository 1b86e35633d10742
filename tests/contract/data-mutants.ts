// Broken stores for the second half of the contract: command keys, time, configuration, history, restarts.

import type { HistoryRow, Storage } from '../../server/src/storage/storage.ts'
import { plainConfiguration } from '../support/plain-configuration.ts'
import {
  type Mutant,
  rememberingKeys,
  withChange,
  withKey,
  withOptions,
  withSnapshot,
} from './mutant-parts.ts'
import { TENANT } from './records.ts'

export const dataMutants: readonly Mutant[] = [
  { rule: 'SC15', what: 'knows no command keys', mutate: store => withOptions(store, () => undefined) },
  {
    rule: 'SC16',
    what: 'ignores the body',
    mutate: store => withKey(store, key => ({ ...key, fingerprint: '' })),
  },
  {
    rule: 'SC17',
    what: 'ignores the actor',
    mutate: store => withKey(store, key => ({ ...key, actor: '' })),
  },
  {
    rule: 'SC17',
    what: 'mixes actor and key',
    mutate: store => withKey(store, key => ({ ...key, actor: '', key: `${key.actor}/${key.key}` })),
  },
  { rule: 'SC18', what: 'keeps keys for ever', mutate: store => rememberingKeys(store, 'answer') },
  { rule: 'SC19', what: 'keeps refusals', mutate: store => rememberingKeys(store, 'refusal') },
  {
    rule: 'SC19',
    what: 'keeps what said nothing',
    mutate: store => withChange(store, c => ({ ...c, keep: c.keep ?? null })),
  },
  { rule: 'SC20', what: 'forgets a command that wrote nothing', mutate: forgetsNothing },
  {
    rule: 'SC20',
    what: 'loses command keys at a restart',
    spoil: log => spoil(log, commit => ({ ...commit, command: null })),
  },
  { rule: 'SC21', what: 'trusts the wall clock', mutate: (store, clock) => ({ ...store, now: clock.wall }) },
  {
    rule: 'SC22',
    what: 'trusts the wall clock after a restart',
    mutate: (store, clock) => ({ ...store, now: clock.wall }),
  },
  {
    rule: 'SC23',
    what: 'ignores `validUntil`',
    mutate: store => withChange(store, c => ({ ...c, validUntil: null })),
  },
  {
    rule: 'SC24',
    what: 'refuses at `validUntil`',
    mutate: store => withChange(store, c => ({ ...c, validUntil: c.validUntil && c.validUntil - 1 })),
  },
  {
    rule: 'SC25',
    what: 'proposes the latest first',
    mutate: store => ({ ...store, due: (now, limit) => [...store.due(now, limit)].reverse() }),
  },
  {
    rule: 'SC25',
    what: 'misses what is due right now',
    mutate: store => ({ ...store, due: (now, limit) => store.due(now - 1, limit) }),
  },
  { rule: 'SC26', what: 'proposes once', mutate: proposesOnce },
  {
    rule: 'SC27',
    what: 'shows steps the built-in configuration',
    mutate: store => withSnapshot(store, s => ({ ...s, configuration: plainConfiguration() })),
  },
  { rule: 'SC28', what: 'takes any configuration version', mutate: takesAnyVersion },
  { rule: 'SC29', what: 'lets an earlier revocation replace a later one', mutate: revokesBackwards },
  {
    rule: 'SC30',
    what: 'shows one tenant to another',
    mutate: store => ({ ...store, representative: (_, id) => store.representative(TENANT, id) }),
  },
  { rule: 'SC31', what: 'makes a tenant of whatever is asked for', mutate: makesTenants },
  {
    rule: 'SC32',
    what: 'leaves out the row in force',
    mutate: store => withRows(store, (rows, from) => rows.filter(row => row.at >= from)),
  },
  { rule: 'SC33', what: 'trims what is in force', mutate: store => withTrim(store, before => before + 10) },
  { rule: 'SC33', what: 'trims nothing', mutate: store => withTrim(store, () => 0) },
  {
    rule: 'SC34',
    what: 'mixes rows of one millisecond',
    mutate: store => withRows(store, rows => [...rows].reverse()),
  },
  { rule: 'SC40', what: 'erases no history', mutate: store => withErasures(store, () => false) },
  { rule: 'SC40', what: 'erases with every removal', mutate: store => withErasures(store, () => true) },
  {
    rule: 'SC40',
    what: 'has erased history back after a restart',
    spoil: log =>
      spoil(log, commit => ({
        ...commit,
        writes: commit.writes.map(({ eraseHistory: _erase, ...write }) => write),
      })),
  },
  {
    rule: 'SC40',
    what: 'erases what the same commit brings',
    mutate: store =>
      withChange(store, change =>
        change.writes.some(write => write.kind === 'representative' && write.eraseHistory)
          ? { ...change, history: [] }
          : change,
      ),
  },
  { rule: 'SC35', what: 'loses the last commit', spoil: log => void log.commits.pop() },
  {
    rule: 'SC35',
    what: 'loses deadlines',
    spoil: log =>
      spoil(log, commit => ({
        ...commit,
        writes: commit.writes.map(write => ({ ...write, deadline: null })),
      })),
  },
  { rule: 'SC35', what: 'loses history', spoil: log => spoil(log, commit => ({ ...commit, history: [] })) },
  {
    rule: 'SC36',
    what: 'drops fields it does not know',
    spoil: log =>
      log.commits.splice(
        0,
        9,
        ...log.commits.map(line => line.replace('"mood":"sunny",', '').replace(',"mood":"sunny"', '')),
      ),
  },
  {
    rule: 'SC37',
    what: 'names no ended incarnation',
    mutate: store => ({ ...store, nodes: { ...store.nodes, ended: () => [] } }),
  },
  {
    rule: 'SC37',
    what: 'never forgets one',
    mutate: store => ({ ...store, nodes: { ...store.nodes, forget: async () => {} } }),
  },
  { rule: 'SC38', what: 'dates every end at the last one', mutate: datesAtTheLast },
  {
    rule: 'SC39',
    what: 'reads dictionaries with prototypes',
    mutate: store => ({ ...store, configuration: t => JSON.parse(JSON.stringify(store.configuration(t))) }),
  },
]

function forgetsNothing(store: Storage): Storage {
  return withChange(store, change => {
    const { keep: _keep, ...rest } = change
    return change.writes.length === 0 ? rest : change
  })
}

function proposesOnce(store: Storage): Storage {
  const proposed = new Set<string>()
  return {
    ...store,
    due: (now, limit) =>
      store.due(now, limit).filter(({ key }) => !proposed.has(key.id) && proposed.add(key.id)),
  }
}

function takesAnyVersion(store: Storage): Storage {
  return withChange(store, (change, snapshot) => {
    const { configuration } = change
    if (!configuration) return change
    const next = { ...configuration.next, version: snapshot.configuration.version + 1 }
    return { ...change, configuration: { ...configuration, next } }
  })
}

function revokesBackwards(store: Storage): Storage {
  return {
    ...store,
    revocations: tenant => store.revocations(tenant).map(kept => ({ ...kept, issuedBefore: 90 })),
  }
}

function makesTenants(store: Storage): Storage {
  const asked: string[] = []
  const load: Storage['load'] = tenant => {
    asked.push(tenant)
    return store.load(tenant)
  }
  return { ...store, load, tenants: () => [...new Set([...store.tenants(), ...asked])] }
}

function withRows(
  store: Storage,
  change: (rows: readonly HistoryRow[], from: number) => readonly HistoryRow[],
): Storage {
  async function* range(...asked: Parameters<Storage['history']['range']>) {
    const rows: HistoryRow[] = []
    for await (const row of store.history.range(...asked)) rows.push(row)
    yield* change(rows, asked[2])
  }
  return { ...store, history: { ...store.history, range } }
}

function withErasures(store: Storage, erases: () => boolean): Storage {
  return withChange(store, change => ({
    ...change,
    writes: change.writes.map(write => {
      if (write.kind === 'work-item' || write.record !== null) return write
      const { eraseHistory: _erase, ...rest } = write
      return erases() ? { ...rest, eraseHistory: true as const } : rest
    }),
  }))
}

function withTrim(store: Storage, change: (before: number) => number): Storage {
  const trim: Storage['history']['trim'] = (tenant, before) => store.history.trim(tenant, change(before))
  return { ...store, history: { ...store.history, trim } }
}

function datesAtTheLast(store: Storage): Storage {
  const ended: Storage['nodes']['ended'] = () => {
    const all = store.nodes.ended()
    const at = Math.max(...all.map(end => end.at))
    return all.map(end => ({ ...end, at }))
  }
  return { ...store, nodes: { ...store.nodes, ended } }
}

function spoil(log: { readonly commits: string[] }, change: (commit: Spoilt) => Spoilt): void {
  const spoilt = log.commits.map(line => JSON.stringify(change(JSON.parse(line) as Spoilt)))
  log.commits.splice(0, log.commits.length, ...spoilt)
}

interface Spoilt {
  readonly writes: readonly { readonly deadline: number | null; readonly eraseHistory?: true }[]
  readonly history: readonly unknown[]
  readonly command: unknown
}
