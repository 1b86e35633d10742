// Everything that changes a presence: sign-in, disconnection, sign-out, choices. Reading is in presence-queries.ts.

import type { PresenceView } from '@rollcall/shared'
import type { Event } from '../domain/event.ts'
import type { Actor, Facts } from '../domain/facts.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Storage } from '../storage/storage.ts'
import { actorAs, isSelf, known } from './access.ts'
import { judgedAt } from './aged.ts'
import type { Caller, PresenceService } from './app.ts'
import { callerOfCommand } from './command-fingerprint.ts'
import type { Commit } from './commit.ts'
import { choiceOutcome, judgePresence } from './judge-presence.ts'
import { createPresenceOfMany } from './presence-of-many.ts'
import { createPresenceQueries } from './presence-queries.ts'
import { provision } from './provision.ts'
import type { Replicas } from './replica.ts'
import { toSelfView, toView } from './view.ts'

export interface PresenceServiceOptions {
  readonly storage: Storage
  readonly commit: Commit
  readonly replica: Replicas
}

export function createPresenceService({ storage, commit, replica }: PresenceServiceOptions): PresenceService {
  /** The present view, after a command about `id`; with details if it was her own. */
  function viewFor({ principal }: Caller, id: string): PresenceView {
    const { tenant } = principal
    const facts = known(storage.representative(tenant, id), id)
    const detail = isSelf(principal, id) ? 'detailed' : 'public'
    return toView(facts, storage.configuration(tenant), storage.now(), detail)
  }

  /** A command about one representative. `asked`: what it is and what it asks, for its key. */
  function command<Result>(
    caller: Caller,
    asked: readonly [name: string, input: object],
    representativeId: string,
    eventOf: (by: Actor) => Event,
    answer: (outcome: Outcome, facts: Facts) => Result,
  ): Promise<Result> {
    const { principal } = caller
    return commit<Result>({
      tenant: principal.tenant,
      event: eventOf(actorAs(principal, 'system')).type,
      caller: callerOfCommand(caller, ...asked),
      run: draft => judgePresence(draft, principal, representativeId, eventOf, answer),
    })
  }

  return {
    ...createPresenceQueries(storage, replica),
    ...createPresenceOfMany(commit),

    async connect(principal, connectionId, ageMs) {
      const { tenant, sub } = principal
      await commit({
        tenant,
        event: 'connected',
        run(draft) {
          const stored = draft.representative(sub)
          const at = judgedAt(stored, draft.now, ageMs)
          const facts = stored ?? provision(draft, principal, at)
          const connection = { connectionId, incarnation: storage.incarnation, at }
          const by = actorAs(principal, 'representative')
          const outcome = draft.decide(facts, { type: 'connected', connection, by }, at)
          return outcome.kind === 'refused' ? outcome : null
        },
      })
      const facts = known(storage.representative(tenant, sub), sub)
      const { offers, notices, ...presence } = toSelfView(facts, storage.configuration(tenant), storage.now())
      return { presence, offers, notices }
    },

    async disconnect(tenant, representativeId, connectionId, reason, ageMs) {
      await commit({
        tenant,
        event: 'disconnected',
        run(draft) {
          const facts = draft.representative(representativeId)
          if (!facts) return null
          const at = judgedAt(facts, draft.now, ageMs)
          draft.decide(facts, { type: 'disconnected', connectionId, reason }, at)
          return null
        },
      })
    },

    async signOut(caller) {
      await command(
        caller,
        ['sign-out', {}],
        caller.principal.sub,
        by => ({ type: 'signed-out', by }),
        () => null,
      )
    },

    async choose(caller, choice) {
      const { representativeId, ...chosen } = choice
      const outcome = await command(
        caller,
        ['presence:set', choice],
        representativeId,
        by => ({ type: 'presence-chosen', ...chosen, by }),
        (decided, facts) => choiceOutcome(choice, decided, facts),
      )
      return { outcome, presence: viewFor(caller, representativeId) }
    },

    async reset(caller, representativeId, expectedRevision) {
      await command(
        caller,
        ['presence:reset', { representativeId, expectedRevision }],
        representativeId,
        by => ({ type: 'presence-reset', by, expectedRevision }),
        () => null,
      )
      return viewFor(caller, representativeId)
    },

    async cancelNext(caller, representativeId) {
      await command(
        caller,
        ['presence:cancel-next', { representativeId }],
        representativeId,
        by => ({ type: 'next-cancelled', by }),
        () => null,
      )
      return viewFor(caller, representativeId)
    },

    async noticeSeen(caller, noticeId) {
      await command(
        caller,
        ['notice:seen', { noticeId }],
        caller.principal.sub,
        by => ({ type: 'notice-seen', noticeId, by }),
        () => null,
      )
    },
  }
}
