import { z } from 'zod'
import type { CommandData, CommandName, CommandPayload, Reply } from './commands.ts'
import { liveCounts } from './live-counts.ts'
import { cursor, id, instant, milliseconds } from './primitives.ts'
import { noticeView, offerView, presenceView, selfView } from './view.ts'

// Every message a server sends by itself.

export const changes = z.object({
  cursor,
  serverTime: instant,
  presences: z.array(presenceView.partial().required({ representativeId: true, revision: true })),
  removed: z.array(id),
  complete: z.boolean().optional(),
})

export const MESSAGES = {
  ready: {
    payload: z.object({
      connectionId: id,
      nodeId: id,
      protocol: z.int(),
      serverTime: instant,
      presence: presenceView.optional(),
      offers: z.array(offerView).optional(),
      notices: z.array(noticeView).optional(),
      pingInterval: milliseconds,
      pingTimeout: milliseconds,
    }),
    meaning: 'The connection is registered; the first message of every socket, once.',
  },
  'presence:self': {
    payload: selfView,
    meaning: 'The own presence, offers or notices changed; to every tab.',
  },
  'presence:notice': { payload: noticeView, meaning: 'A hold began, or somebody else changed the presence.' },
  'work:offered': { payload: offerView, meaning: 'A new offer; not again what stood in ready.' },
  'work:withdrawn': {
    payload: z.object({ workItemId: id, reason: z.string() }),
    meaning: 'An offer ended unanswered.',
  },
  'work:notice': {
    payload: z.object({ kind: z.literal('transfer-declined'), workItemId: id, by: id }),
    meaning: 'A transfer that was offered was declined.',
  },
  'presence:changes': { payload: changes, meaning: 'What changed for a watcher since the last batch.' },
  'presence:resync': {
    payload: z.object({ reason: z.string() }),
    meaning: 'Continuity is lost: watch again without a cursor.',
  },
  'queue:live': {
    payload: liveCounts,
    meaning: 'The counts of a watched queue changed; at most once a second.',
  },
  head: {
    payload: z.object({ cursor, serverTime: instant, lagMs: milliseconds }),
    meaning: 'Every 5 s to watchers: how far the feed is.',
  },
  'configuration:changed': {
    payload: z.object({ kinds: z.array(z.string()) }),
    meaning: 'What configuration to fetch again.',
  },
  bye: {
    payload: z.object({ code: z.string(), message: z.string() }),
    meaning: 'Why the server closes this socket.',
  },
  'server:drain': {
    payload: z.object({ withinMs: milliseconds }),
    meaning: 'This node is stopping; move to another.',
  },
} as const satisfies Record<string, { payload: z.ZodType; meaning: string }>

export type MessageName = keyof typeof MESSAGES
export type MessagePayload<Name extends MessageName> = z.infer<(typeof MESSAGES)[Name]['payload']>

/** Event maps for Socket.IO: commands up, with an acknowledgement; messages down. */
export type ClientToServerEvents = {
  [Name in CommandName]: (
    payload: CommandPayload<Name>,
    reply: (answer: Reply<CommandData<Name>>) => void,
  ) => void
}
export type ServerToClientEvents = { [Name in MessageName]: (payload: MessagePayload<Name>) => void }
