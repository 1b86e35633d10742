// A representative before anything happened to her: signed out, with nothing in her hands.

import { limitsOf } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Actor, Facts, Profile } from './facts.ts'
import { NO_STANCE } from './stance.ts'
import { statusOf } from './statuses.ts'

/** Revision 0: the first `decide` makes it 1, and only that is stored. */
export function newFacts(
  tenant: string,
  representativeId: string,
  profile: Profile,
  config: Configuration,
  at: number,
  by: Actor,
): Facts {
  const { id, text, base } = statusOf(config, 'offline')
  return {
    tenant,
    representativeId,
    revision: 0,
    profile,
    link: { kind: 'signed-out' },
    stance: NO_STANCE,
    next: null,
    work: [],
    tallies: {},
    releaseAt: null,
    replaced: null,
    limits: limitsOf(profile, config),
    notices: [],
    shown: {
      statusId: id,
      text,
      base,
      origin: 'signed-out',
      by: null,
      note: null,
      expiresAt: null,
      since: at,
    },
    told: null,
    cause: { event: 'created', actor: { kind: by.kind, id: by.id }, rule: 'PO5', inputs: {} },
    configurationVersion: config.version,
  }
}
