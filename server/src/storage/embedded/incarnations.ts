// DI6 for one process: whoever had a connection when the last process ended is still connected in the records. Those
// connections name the incarnations that ended; the application removes them and then forgets the incarnation.

import type { Facts } from '../../domain/facts.ts'
import type { Storage } from '../storage.ts'
import type { Image } from './image.ts'

export interface StandingIncarnations {
  /** Earlier incarnations without any connection left: nothing more is to be known of them. */
  readonly done: readonly string[]
  list(): ReturnType<Storage['nodes']['ended']>
  connectionsOf(incarnation: string): ReturnType<Storage['nodes']['connectionsOf']>
  forget(incarnation: string): void
}

/** Looks through all records once, when the store is opened. `own` is the incarnation that begins. */
export function standingIncarnations(image: Image, own: string): StandingIncarnations {
  const ended = new Map<string, number>()
  for (const { facts } of everybody(image)) {
    for (const incarnation of incarnationsOf(facts)) {
      if (incarnation !== own) ended.set(incarnation, lastAlive(image, incarnation))
    }
  }

  return {
    done: [...image.incarnations.keys()].filter(incarnation => !ended.has(incarnation)),
    list: () => [...ended].map(([incarnation, at]) => ({ incarnation, reason: 'server-down' as const, at })),
    connectionsOf: incarnation =>
      [...everybody(image)]
        .filter(({ facts }) => incarnationsOf(facts).includes(incarnation))
        .map(({ tenant, facts }) => ({ tenant, representativeId: facts.representativeId })),
    forget(incarnation) {
      ended.delete(incarnation)
      image.incarnations.delete(incarnation)
    },
  }
}

/** The one that ended last also made the last commit, and lived at least until then. */
function lastAlive(image: Image, incarnation: string): number {
  const latest = Math.max(0, ...image.incarnations.values())
  const known = image.incarnations.get(incarnation) ?? latest
  return known === latest ? Math.max(known, image.lastAt) : known
}

function* everybody(image: Image): Iterable<{ readonly tenant: string; readonly facts: Facts }> {
  for (const [tenant, { representatives }] of image.tenants) {
    for (const facts of representatives.values()) yield { tenant, facts }
  }
}

function incarnationsOf(facts: Facts): readonly string[] {
  const { link } = facts
  if (link.kind !== 'present' && link.kind !== 'handover') return []
  return link.connections.map(connection => connection.incarnation)
}
