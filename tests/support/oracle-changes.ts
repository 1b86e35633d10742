// What an administrator may change while a random history goes on; policies also differ at its start.

import type { Configuration, Policy, Status, Workstream } from '../../server/src/domain/configuration.ts'

/** What policies differ in, at the start and midway. */
export const POLICIES: readonly Partial<Policy>[] = [
  {},
  { sessionLimit: 1 },
  { sessionLimit: 2 },
  { sessionLimit: 3 },
  { sessionLimit: 10 },
  { missedSetsInactive: false },
  { missedSetsInactive: true },
  { rejectedSetsDoNotDisturb: false },
  { rejectedSetsDoNotDisturb: true },
  { signOutRestores: false },
  { signOutRestores: true },
  { restoreWindowMs: 150_000 },
  { restoreWindowMs: 8_000 },
  { releaseRoutedWork: false },
  { releaseRoutedWork: true },
  { releaseWorkAfterMs: 100_000 },
  { releaseWorkAfterMs: 300_000 },
  { releaseWorkAfterMs: null },
  { staleWorkAfterMs: 90_000 },
  { staleWorkAfterMs: 240_000 },
  { staleWorkAfterMs: null },
  { defaultStatusId: 'away' },
  { defaultStatusId: 'retired' },
  { defaultStatusId: 'busy' },
  { timeZone: 'America/New_York' },
  { timeZone: 'Asia/Kolkata', endOfDay: '18:30' },
]

const WORK_CHANGES: readonly (Partial<Workstream> & { id: string })[] = [
  { id: 'chat', affectsPresence: false },
  { id: 'chat', affectsPresence: true },
  { id: 'chat', opensSession: false },
  { id: 'chat', opensSession: true },
  { id: 'chat', wrapUp: { seconds: 45 } },
  { id: 'chat', wrapUp: 'none' },
  { id: 'chat', offerTimeoutMs: 20_000 },
  { id: 'voice', rejectable: true },
  { id: 'mail', missedCounts: true },
  { id: 'default', offerTimeoutMs: 300_000 },
  { id: 'quiet', affectsPresence: true },
  { id: 'day', cost: { units: 5, profiles: ['day', 'chat'] } },
  { id: 'voice', allowedPresences: ['available', 'busy', 'do-not-disturb', 'away'] },
  { id: 'chat', allowedPresences: ['available', 'inactive'] },
]

const PROFILE_CHANGES = [
  { id: 'chat', limit: 1 },
  { id: 'chat', limit: 3 },
  { id: 'chat', blocking: true },
  { id: 'chat', blocking: false },
  { id: 'chat', reset: 'end-of-day' },
  { id: 'chat', reset: 'immediate' },
  { id: 'voice', blocking: false },
  { id: 'day', limit: 1 },
  { id: 'day', limit: 2 },
  { id: 'day', endOfDay: '23:45' },
  { id: 'day', timeZone: 'Australia/Lord_Howe' },
  { id: 'day', timeZone: null, endOfDay: null },
  { id: 'day', reset: 'immediate' },
  { id: 'day', reset: 'end-of-day' },
] as const

const STATUS_CHANGES: readonly (Partial<Status> & { id: string })[] = [
  { id: 'lunch', archived: true },
  { id: 'huddle', archived: true },
  { id: 'huddle', base: 'away' },
  { id: 'lunch', base: 'busy' },
  { id: 'paperwork', base: 'do-not-disturb' },
  { id: 'odd', selectableBy: { representatives: false, supervisors: true } },
]

type Change = { readonly words: string; readonly make: (config: Configuration) => Configuration }

/** One change by an administrator each. */
export const CHANGES: readonly Change[] = [
  ...POLICIES.map(policy => changed(policy, config => ({ policy: { ...config.policy, ...policy } }))),
  ...WORK_CHANGES.map(one =>
    changed(one, ({ workstreams }) => ({ workstreams: withChange(workstreams, one) })),
  ),
  ...PROFILE_CHANGES.map(one => changed(one, ({ profiles }) => ({ profiles: withChange(profiles, one) }))),
  ...STATUS_CHANGES.map(one => changed(one, ({ statuses }) => ({ statuses: withChange(statuses, one) }))),
]

function changed(words: object, make: (config: Configuration) => Partial<Configuration>): Change {
  return {
    words: JSON.stringify(words),
    make: config => ({ ...config, ...make(config), version: config.version + 1 }),
  }
}

function withChange<One extends { readonly id: string }>(
  all: Readonly<Record<string, One>>,
  change: Partial<One> & { readonly id: string },
): Readonly<Record<string, One>> {
  const one = all[change.id]
  return one === undefined ? all : { ...all, [change.id]: { ...one, ...change } }
}
