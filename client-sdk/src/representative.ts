// The client of one representative: signs her in, shows and changes her presence, takes her work.
import type {
  CommandData,
  Explanation,
  MessagePayload,
  OfferView,
  PresenceOption,
  PresenceView,
  WorkTarget,
} from '@rollcall/shared'
import { type ClientCalls, createClient } from './client.ts'
import type { CommandBody } from './commands.ts'
import { countdown } from './countdown.ts'
import type { ClientOptions } from './options.ts'
import { createPresenceStore, type PresenceCalls } from './presence-store.ts'
import { keepAwake, signOut } from './sign-in.ts'
import { together } from './together.ts'

/** What a choice may carry besides its status. */
export interface ChoiceOptions {
  /** At most 200 characters, seen by colleagues. */
  readonly note?: string
  /** The choice ends after this long, counted from when it starts to apply; 1,000 to 2,592,000,000 ms (MA6). */
  readonly forMs?: number
  /** `after-work`: becomes the next presence while there is active work (MA7). Default `now`. */
  readonly when?: 'now' | 'after-work'
  /** Refused with `revision-mismatch` if the presence was changed meanwhile. */
  readonly expectedRevision?: number
}

export type Choice = { readonly outcome: 'updated' | 'queued'; readonly presence: PresenceView }
export type TransferTarget = CommandData<'work:targets'>['targets'][number]

/**
 * Every call rejects with a `RollcallError`. Work calls answer with the presence after them. Each `on…` returns its
 * undo; register before `connect()` to miss nothing.
 */
export interface RepresentativeClient extends ClientCalls, PresenceCalls {
  /**
   * Tells the milliseconds left to answer an offer, by the server's clock: at once, at each full second, and at 0, when
   * the time is over or the offer has ended otherwise. Then, and after its undo, nothing of it runs on.
   */
  countdown(offer: OfferView, listener: (leftMs: number) => void): () => void
  /** A transfer that was offered to a colleague was declined (TR4). */
  onTransferDeclined(listener: (notice: MessagePayload<'work:notice'>) => void): () => void

  /** The statuses she may choose (MA1). */
  getPresenceOptions(): Promise<readonly PresenceOption[]>
  setPresence(statusId: string, options?: ChoiceOptions): Promise<Choice>
  /** Ends a choice or a hold and shows the capacity result (MA9). */
  resetPresence(): Promise<PresenceView>
  cancelNext(): Promise<PresenceView>
  /** Why this presence, since when, who, and what would make her available (EX2). */
  explain(options?: { readonly workstreamId?: string }): Promise<Explanation>
  seen(noticeId: string): Promise<void>

  /** Answers an offer or, with a workstream that allows it, takes an item without one (WK9). */
  accept(
    workItemId: string,
    options?: { readonly workstreamId?: string; readonly attributes?: Readonly<Record<string, unknown>> },
  ): Promise<PresenceView>
  reject(workItemId: string, options?: { readonly reason?: string }): Promise<PresenceView>
  wait(workItemId: string): Promise<PresenceView>
  resume(workItemId: string): Promise<PresenceView>
  wrapUp(workItemId: string): Promise<PresenceView>
  close(workItemId: string): Promise<PresenceView>
  transfer(workItemId: string, to: WorkTarget, options?: { readonly offer?: boolean }): Promise<PresenceView>
  getTransferTargets(workItemId: string): Promise<readonly TransferTarget[]>

  /** Ends all connections of this representative, in every tab (DI8). Needs a live connection. */
  signOut(): Promise<void>
}

type ChangeName =
  | 'presence:reset'
  | 'presence:cancel-next'
  | `work:${'accept' | 'reject' | 'wait' | 'resume' | 'wrap-up' | 'close' | 'transfer'}`

/** Does nothing until `connect()`. */
export function createRepresentative(options: ClientOptions): RepresentativeClient {
  const client = createClient(options, { signIn: true })
  const { connection, commands } = client
  const store = createPresenceStore()
  connection.onMessage(store.take)
  const over = together(keepAwake(client), store.ended)
  connection.onState(({ kind }) => kind === 'ended' && over())
  const calls = { ...client.calls, ...store.calls }

  /** Sends a change whose answer is the presence after it, and shows that. */
  const change = async <Name extends ChangeName>(
    name: Name,
    body: CommandBody<Name>,
  ): Promise<PresenceView> => shown(await commands.send(name, body))
  const shown = (view: PresenceView): PresenceView => {
    store.answered(view)
    return view
  }

  const answer = async <Name extends 'work:accept' | 'work:reject'>(
    name: Name,
    body: CommandBody<Name>,
    reason: string,
  ): Promise<PresenceView> => {
    const view = await change(name, body)
    store.offerEnded(body, reason)
    return view
  }

  const report =
    (name: `work:${'wait' | 'resume' | 'wrap-up' | 'close'}`) =>
    (workItemId: string): Promise<PresenceView> =>
      change(name, { workItemId })

  return {
    ...calls,
    countdown: (offer, listener) => countdown(offer, listener, calls, client.settings.clock),
    onTransferDeclined: listener => connection.on('work:notice', listener),

    getPresenceOptions: async () => (await commands.ask('presence:options', {})).items,
    async setPresence(statusId, choice) {
      const reply = await commands.send('presence:set', { ...choice, statusId })
      return { ...reply, presence: shown(reply.presence) }
    },
    resetPresence: () => change('presence:reset', {}),
    cancelNext: () => change('presence:cancel-next', {}),
    explain: about => commands.ask('presence:explain', { ...about }),
    async seen(id) {
      await commands.send('notice:seen', { id })
      store.noticeSeen(id)
    },

    accept: (workItemId, more) => answer('work:accept', { ...more, workItemId }, 'accepted'),
    reject: (workItemId, more) => answer('work:reject', { ...more, workItemId }, 'rejected'),
    wait: report('work:wait'),
    resume: report('work:resume'),
    wrapUp: report('work:wrap-up'),
    close: report('work:close'),
    transfer: (workItemId, to, more) => change('work:transfer', { ...more, workItemId, to }),
    getTransferTargets: async workItemId => (await commands.ask('work:targets', { workItemId })).targets,

    signOut: () => signOut(client),
  }
}
