// What each command does: one line of the application each. Shape and role are checked before, in commands.ts.

import type { CommandData, CommandName, CommandPayload } from '@rollcall/shared'
import type { App, Caller, WorkOutcome, WorkReport } from '../app/app.ts'
import type { Principal } from '../app/principal.ts'
import { Refused } from '../app/refused.ts'
import type { Connection } from './connection.ts'

export interface CommandCall {
  readonly connection: Connection
  readonly caller: Caller
  /** Runs right after the reply went out. */
  afterReply(task: () => void): void
}

export type CommandTable = {
  readonly [Name in CommandName]: (
    call: CommandCall,
    payload: CommandPayload<Name>,
  ) => CommandData<Name> | Promise<CommandData<Name>>
}

export interface CommandContext {
  readonly app: App
  /** 30 a minute by a representative. Rejects with `too-many-requests`. */
  readonly admitPresenceCommand: (person: Principal) => Promise<void>
  /** 60 a minute and person. Rejects with `too-many-requests`. */
  readonly admitWatchOfAll: (person: Principal) => Promise<void>
  /** 60 a minute and person. Rejects with `too-many-requests`. */
  readonly admitExplanation: (person: Principal) => Promise<void>
  readonly watch: (call: CommandCall, payload: CommandPayload<'watch'>) => Promise<CommandData<'watch'>>
  readonly unwatch: (connection: Connection) => void
  readonly refresh: (call: CommandCall, token: string) => Promise<void>
}

export function createCommandTable(context: CommandContext): CommandTable {
  const { app, admitPresenceCommand, admitWatchOfAll, admitExplanation, watch, unwatch, refresh } = context
  const { presence, work } = app

  /** The target of a presence command, within the limit if it is the caller herself. */
  async function changing(principal: Principal, named: string | undefined): Promise<string> {
    const target = targetOf(principal, named)
    if (target === principal.sub) await admitPresenceCommand(principal)
    return target
  }

  const report =
    (kind: WorkReport) =>
    async ({ caller }: CommandCall, { workItemId }: { readonly workItemId: string }) => {
      const outcome = await work.report(caller, kind, { workItemId, by: byOf(caller.principal) })
      return viewAfter(app, caller.principal, outcome)
    }

  return {
    'presence:get': ({ caller }) => presence.self(caller.principal),
    'presence:options': ({ caller: { principal } }, { representativeId }) => {
      const { items, next } = presence.options(principal, targetOf(principal, representativeId))
      return { items: [...items], next }
    },
    'presence:set': async ({ caller }, payload) => {
      const { statusId, when = 'now', forMs = null, note = null, expectedRevision = null } = payload
      const representativeId = await changing(caller.principal, payload.representativeId)
      return presence.choose(caller, { representativeId, statusId, when, forMs, note, expectedRevision })
    },
    'presence:reset': async ({ caller }, { representativeId }) =>
      presence.reset(caller, await changing(caller.principal, representativeId), null),
    'presence:cancel-next': async ({ caller }, { representativeId }) =>
      presence.cancelNext(caller, await changing(caller.principal, representativeId)),
    'presence:explain': async ({ caller: { principal } }, { representativeId, workstreamId = null }) => {
      await admitExplanation(principal)
      return presence.explain(principal, targetOf(principal, representativeId), workstreamId)
    },
    'work:accept': async ({ caller }, { workItemId, workstreamId = null, attributes = null }) => {
      const input = { workItemId, workstreamId, attributes, by: byOf(caller.principal) }
      return viewAfter(app, caller.principal, await work.accept(caller, input))
    },
    'work:reject': async ({ caller }, { workItemId, reason }) => {
      const input = { workItemId, by: byOf(caller.principal), ...(reason === undefined ? {} : { reason }) }
      return viewAfter(app, caller.principal, await work.report(caller, 'reject', input))
    },
    'work:wait': report('wait'),
    'work:resume': report('resume'),
    'work:wrap-up': report('wrap-up'),
    'work:close': report('close'),
    'work:transfer': async ({ caller }, { workItemId, to, offer = false }) => {
      const input = { workItemId, to, offer, by: byOf(caller.principal) }
      return viewAfter(app, caller.principal, await work.transfer(caller, input))
    },
    'work:targets': ({ caller }, { workItemId }) => ({
      targets: [...work.targets(caller.principal, workItemId)],
    }),
    'sign-out': async ({ caller }) => {
      await presence.signOut(caller)
      return null
    },
    watch: async (call, payload) => {
      if (payload.queues === '*') await admitWatchOfAll(call.caller.principal)
      return watch(call, payload)
    },
    unwatch: ({ connection }) => {
      unwatch(connection)
      return null
    },
    'notice:seen': async ({ caller }, { id }) => {
      await presence.noticeSeen(caller, id)
      return null
    },
    'token:refresh': async (call, { token }) => {
      await refresh(call, token)
      return null
    },
  }
}

function targetOf(principal: Principal, named: string | undefined): string {
  if (named !== undefined) return named
  if (principal.roles.includes('representative')) return principal.sub
  throw new Refused('invalid-message', 'Say whom this is about: "representativeId" is missing.', {
    field: 'representativeId',
  })
}

/** CA4: what a representative reports over her own socket she did herself. */
function byOf(principal: Principal): 'representative' | 'other' {
  return principal.roles.includes('representative') ? 'representative' : 'other'
}

/** The view after a report; an item never heard of concerned nobody, so that the reporter's own answers. */
function viewAfter(app: App, principal: Principal, outcome: WorkOutcome) {
  return outcome.presence ?? app.presence.self(principal)
}
