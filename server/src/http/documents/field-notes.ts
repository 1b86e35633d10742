// What fields mean, where their name and type do not say it. By shape and field; a test finds notes of fields that
// no longer exist.

import type { JsonSchema } from './json-schema.ts'

const PRESENCE = {
  revision: 'Rises by one with each stored change of this representative; the ETag.',
  statusId: 'The status shown now.',
  text: 'What people read; a custom status has its own.',
  base: 'What rules and routing understand of the status.',
  origin: 'Why this is shown.',
  by: 'Who chose it, if it was somebody else.',
  since: 'From when on it has been shown; a reconnect in time keeps it.',
  note: 'What was noted with the choice.',
  expiresAt: 'When the choice ends by itself.',
  overdueAt: 'When the expected duration of the status is over.',
  next: 'A choice that waits for the end of the active work.',
  link: '`absent` is within the restore window.',
  signedIn: 'False only once the restore window is over.',
  connections: 'Open signed-in tabs.',
  restoreUntil: 'Back by then, she is shown as before.',
  handoverUntil: 'Her server is stopping as planned; by then she must be on another.',
  behind: 'What shows on return while absent; what capacity alone would show under a choice or a hold.',
  work: 'Active, waiting and wrap-up items. `attributes`, `cost` and `capacityUntil` only for herself and in GET of one presence.',
  cause: 'Why the last change happened.',
}

export const FIELD_NOTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Presence: PRESENCE,
  SelfPresence: PRESENCE,
  Choice: {
    when: '`after-work` waits until no active work is left. Default `now`.',
    forMs: 'Milliseconds until the choice ends; without it, it lasts as the rules say.',
    note: 'Shown with the presence.',
    expectedRevision: 'As If-Match.',
  },
  Explanation: {
    steps: 'The four precedence rules, in order; the one that matched gave the presence.',
    overrides: 'What is covered, the next to show first; then what ended when this took over.',
    workstreams: 'What each finds wanting, now and after a reset; empty: she is eligible.',
    smallestChange: 'To be made in this order. Empty: none is needed, or none of these kinds helps.',
  },
  Override: {
    rule: 'The rule that gave it.',
    at: 'When it began; of a covered capacity result, since when it is covered.',
    by: 'Who chose it, if it was somebody else.',
    how: '`covered`: it would be shown if what covers it were gone. `replaced`: it is over.',
  },
  FailedCondition: {
    code: 'Which condition.',
    need: 'What is asked; of capacity, how much room.',
    have: 'What there is; of a profile that she does not hold, null.',
  },
  NamedChange: {
    dimension: 'Of a raised limit: `units`, `profile:<id>`, or `sessions` (of the policy).',
    to: 'Of a raised limit: the least that is enough.',
    opens: 'Workstreams that this change opens, after those before it.',
    shows: 'The status that she is shown then.',
  },
  CapacityUse: {
    units: 'null: not configured, and no dimension of hers.',
    sessions: 'Open pieces of work, against the limit of the policy.',
  },
  Cause: {
    event: 'What happened, in the past tense.',
    rule: 'Id of the rule that decided.',
    inputs: 'What that rule looked at.',
  },
  WorkItemBody: {
    cost: 'Left out: the cost of the workstream.',
    priority: 'Higher first.',
    force:
      'Of an offer: skips the session limit, the room and a queued next choice, not the connection (RO7).',
    reopen: 'Takes up a closed item again.',
  },
  WorkTransfer: { offer: 'The first keeps it until the second accepts.' },
  WorkItem: {
    representativeId: 'Who holds it; kept when closed.',
    offeredTo: 'Who is asked to take it.',
    declines: 'How often it was declined.',
  },
  RepresentativeBody: {
    name: 'Left out: the id.',
    defaultStatusId: 'Shown at sign-in; null: the default of the tenant.',
    capacity: 'Left out: `newRepresentativeCapacity` of the policy.',
    attributes: 'Free; custom assignment rules may look at them.',
  },
  CapacityBody: {
    units: 'null: not configured.',
    profiles: 'The profiles she holds, with her own limit; null: the limit of the profile.',
  },
  StatusBody: {
    base: 'What rules and routing understand of it.',
    workstreams: 'The only ones it takes work from; null: all.',
    expectedMs: 'How long it is expected to last, in milliseconds; the presence then carries `overdueAt`.',
  },
  CapacityProfileBody: {
    limit: 'How many items at a time, unless a representative has her own limit.',
    blocking: 'Used up, it makes Do not disturb by itself.',
    reset: '`end-of-day`: closed items keep consuming until then.',
    timeZone: 'null: that of the policy.',
    endOfDay: 'Local time; null: that of the policy.',
  },
  WorkstreamBody: {
    allowedPresences: 'Bases and ids of statuses that may be offered its work.',
    cost: 'What one item takes; each profile costs one.',
    assignmentMethod: 'Kept, not used yet: whom to offer work to is the business of your router.',
    assignmentRules: 'Kept, not used yet.',
    missedCounts: 'Whether an unanswered offer makes Inactive.',
    opensSession: 'Whether its items count against the session limit.',
    affectsPresence: 'Whether its items make Busy.',
    selfAssign: 'Whether a representative may take an item without an offer.',
    wrapUp: 'For how long wrap-up holds capacity.',
  },
  Policy: {
    restoreWindowMs: 'How long after the last connection a return restores the presence.',
    signOutRestores: 'Whether that holds for a sign-out too.',
    autoProvision: 'Whether an unknown representative is created at the first sign-in.',
    releaseRoutedWork:
      'Whether routed items are queued again when the restore window ends. Not used yet: nothing is routed.',
    releaseWorkAfterMs: 'The same for reported items, counted from the start of the absence; null: never.',
    staleWorkAfterMs: 'When an untouched item is shown as stale; null: never.',
    attentionAfterMs: 'When pages call for attention.',
    historyRetentionDays: 'null: the default of the store. Not used yet: nothing reads or trims the history.',
  },
  LiveCounts: {
    byBase: 'Of those signed in. A base that nobody has is left out.',
    byStatus: 'Of those signed in. A status that nobody has is left out.',
  },
  Revocation: { issuedBefore: 'Seconds since 1970, inclusive.' },
}

/** The shapes with their notes; a reference may carry one beside it. */
export function annotated(schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, withNotes(schema, FIELD_NOTES[name] ?? {})]),
  )
}

function withNotes(schema: JsonSchema, notes: Readonly<Record<string, string>>): JsonSchema {
  if (!schema.properties) return schema
  const properties = Object.entries(schema.properties).map(([field, inner]): [string, JsonSchema] => {
    const note = notes[field]
    return [field, note === undefined ? inner : { ...inner, description: note }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}
