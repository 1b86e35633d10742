// The client of one supervisor: watches queues, and changes presences of those in them.
import type { Explanation, PresenceOption, PresenceView, WorkTarget } from '@rollcall/shared'
import { type ClientCalls, createClient } from './client.ts'
import type { ClientOptions } from './options.ts'
import type { Choice, ChoiceOptions } from './representative.ts'
import { createWatch, type StartableWatch, type Watch, type WatchOptions } from './watch.ts'

/** Every call rejects with a `RollcallError`. Each `on…` returns its undo. */
export interface SupervisorClient extends ClientCalls {
  /**
   * Watches queues; connects if that has not been done. Resolves when the whole state is here. A client has one
   * watch at a time: another one ends the first.
   */
  watch(options: WatchOptions): Promise<Watch>
  /** The statuses that may be chosen for a representative. */
  getPresenceOptions(representativeId: string): Promise<readonly PresenceOption[]>
  /** Chooses for a representative; everybody sees who did it (MA5). */
  setPresence(representativeId: string, statusId: string, options?: ChoiceOptions): Promise<Choice>
  resetPresence(representativeId: string): Promise<PresenceView>
  cancelNext(representativeId: string): Promise<PresenceView>
  explain(representativeId: string, options?: { readonly workstreamId?: string }): Promise<Explanation>
  transfer(workItemId: string, to: WorkTarget, options?: { readonly offer?: boolean }): Promise<PresenceView>
}

/** Does nothing until `connect()` or `watch()`. */
export function createSupervisor(options: ClientOptions): SupervisorClient {
  const client = createClient(options, { signIn: false })
  const { commands, calls } = client
  let latest: StartableWatch | null = null

  return {
    ...calls,
    async watch(wanted) {
      // The end of the former one is awaited: its last changes, perhaps of other queues, must not reach the new.
      const formerEnds = latest?.stop()
      const watch = createWatch(wanted, client)
      latest = watch
      await calls.connect()
      await formerEnds
      await watch.start()
      return watch
    },
    getPresenceOptions: async representativeId =>
      (await commands.ask('presence:options', { representativeId })).items,
    setPresence: (representativeId, statusId, choice) =>
      commands.send('presence:set', { ...choice, representativeId, statusId }),
    resetPresence: representativeId => commands.send('presence:reset', { representativeId }),
    cancelNext: representativeId => commands.send('presence:cancel-next', { representativeId }),
    explain: (representativeId, about) => commands.ask('presence:explain', { ...about, representativeId }),
    transfer: (workItemId, to, more) => commands.send('work:transfer', { ...more, workItemId, to }),
  }
}
