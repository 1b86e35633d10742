// Bodies for "Try it", by operation, where a value made from the schema alone would be refused or unwise to send.

export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  setPresence: { statusId: 'away', note: 'Lunch', forMs: 2_700_000 },
  setPresences: { representativeIds: ['ada'], statusId: 'away', note: 'Fire drill' },
  putWorkItem: {
    workstreamId: 'default',
    representativeId: 'ada',
    state: 'offered',
    attributes: { title: 'Invoice 17' },
  },
  transferWorkItem: { to: { representativeId: 'ben' } },
  importRepresentatives: { id: 'ada', name: 'Ada', queues: ['billing'] },
  putRepresentative: { name: 'Ada', queues: ['billing'] },
  patchRepresentative: { name: 'Ada' },
  createStatus: { id: 'training', text: 'Training', base: 'away' },
  patchStatus: { text: 'Training, in house' },
  putQueue: { name: 'Billing' },
  putWorkstream: { name: 'Billing chat', channel: 'chat', queueId: 'billing', cost: { units: 30 } },
  putCapacityProfile: { name: 'Chats', limit: 3 },
  patchPolicy: { sessionLimit: 12 },
  createRevocation: { sub: 'somebody', issuedBefore: 1_700_000_000 },
  createDevToken: { sub: 'sue', roles: ['supervisor'], watches: ['*'] },
}

/** What stands for `{id}`, by the beginning of the path. */
const IDS: readonly (readonly [prefix: string, id: string])[] = [
  ['/v1/work-items', 'w1'],
  ['/v1/representatives', 'ada'],
  ['/v1/statuses', 'training'],
  ['/v1/workstreams', 'billing-chat'],
  ['/v1/capacity-profiles', 'chats'],
]

export function filledPath(path: string): string {
  return path.replace('{id}', IDS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'billing')
}
