// What concerns a representative's own tabs, or everybody's, besides views: derived from the feed, so that a signal
// is never sent for what isn't stored, and never lost when another node stored it.

import type { Clock } from '../clock.ts'
import type { Configuration } from '../domain/configuration.ts'
import type { Cause, Facts, HeldItem } from '../domain/facts.ts'
import type { FeedEntry, Storage } from '../storage/storage.ts'
import type { Replica, Signal } from './app.ts'
import { gathered } from './gathered.ts'
import { same } from './same.ts'
import { noticeView, offerView, toSelfView } from './view.ts'

type RepresentativeEntry = Extract<FeedEntry, { kind: 'representative' }>
type WorkItemEntry = Extract<FeedEntry, { kind: 'work-item' }>

export interface Signals {
  onSignal(listener: (signal: Signal) => void): () => void
  stop(): void
}

/** How often everybody is told at most what configuration to fetch again. */
const CONFIGURATION_EVERY_MS = 250

/** The replica is kept by the same feed, before this: the view of a change is made there. */
export function createSignals(storage: Storage, replica: Replica, clock: Clock): Signals {
  const listeners = new Set<(signal: Signal) => void>()

  function tell(signal: Signal): void {
    for (const listener of listeners) listener(signal)
  }

  const configured = gathered(clock, CONFIGURATION_EVERY_MS, (tenant, kinds) =>
    tell({ kind: 'configuration', tenant, kinds }),
  )

  const unsubscribe = storage.feed.subscribe((tenant, entries) => {
    if (listeners.size === 0) return
    const configuration = storage.configuration(tenant)
    for (const entry of entries) {
      for (const signal of signalsOf(tenant, entry, configuration, replica)) tell(signal)
    }
    const kinds = entries.flatMap(configuredBy)
    if (kinds.length > 0) configured.add(tenant, kinds)
  })

  return {
    onSignal(listener) {
      const own: typeof listener = signal => listener(signal)
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
    stop() {
      unsubscribe()
      configured.stop()
      listeners.clear()
    },
  }
}

function signalsOf(
  tenant: string,
  entry: FeedEntry,
  configuration: Configuration,
  replica: Replica,
): Iterable<Signal> {
  switch (entry.kind) {
    case 'representative':
      return ofRepresentative(tenant, entry, configuration, replica)
    case 'work-item':
      return ofWorkItem(tenant, entry)
    case 'revocation':
      return [{ kind: 'revoked', tenant, ...entry.revocation }]
    case 'configuration':
      return []
  }
}

/** PO1: the kind of configuration that this changed. */
function configuredBy(entry: FeedEntry): readonly string[] {
  if (entry.kind === 'configuration') return [entry.change.resource]
  return entry.kind === 'representative' && isAdministration(entry) ? ['representatives'] : []
}

function* ofRepresentative(
  tenant: string,
  { id: representativeId, at, current, previous }: RepresentativeEntry,
  configuration: Configuration,
  replica: Replica,
): Iterable<Signal> {
  const about = { tenant, representativeId }
  if (!current) {
    yield { kind: 'ended', ...about, code: 'representative-unknown' }
    return
  }
  // Before the view that no longer holds the offer: whoever reads only that can't tell missed from withdrawn.
  yield* endedOffers(tenant, current, previous, at)
  if (hasTabs(current)) {
    const made = replica.view(tenant, representativeId)
    const view = made?.revision === current.revision ? made : undefined
    yield { kind: 'self', ...about, view: toSelfView(current, configuration, at, view) }
  }

  for (const notice of newNotices(current, previous)) {
    yield { kind: 'notice', ...about, notice: noticeView(notice) }
  }
  yield* newOffers(tenant, current, previous, configuration)
  if (previous && hasTabs(previous) && !hasTabs(current) && current.cause.event === 'signed-out') {
    yield { kind: 'ended', ...about, code: 'signed-out' }
  }
}

function newNotices({ notices }: Facts, previous: Facts | null): Facts['notices'] {
  if (previous?.notices === notices) return []
  const told = new Set(previous?.notices.map(notice => notice.id))
  return notices.filter(notice => !told.has(notice.id))
}

function* newOffers(
  tenant: string,
  current: Facts,
  previous: Facts | null,
  configuration: Configuration,
): Iterable<Signal> {
  if (previous?.work === current.work) return
  const { representativeId } = current
  const before = offered(previous)
  for (const held of offered(current).values()) {
    if (!before.has(held.workItemId)) {
      yield { kind: 'offered', tenant, representativeId, offer: offerView(held, configuration) }
    }
  }
}

function* endedOffers(tenant: string, current: Facts, previous: Facts | null, at: number): Iterable<Signal> {
  if (previous?.work === current.work) return
  const { representativeId } = current
  const held = new Set(current.work.map(item => item.workItemId))
  for (const [workItemId, offer] of offered(previous)) {
    // Accepted: her tabs see it among her work.
    if (!held.has(workItemId)) {
      const reason = reasonOf(current.cause, offer, at)
      yield { kind: 'withdrawn', tenant, representativeId, workItemId, reason }
    }
  }
}

/** TR4: whoever keeps an item hears that the one to whom its transfer was offered did not take it. */
function* ofWorkItem(tenant: string, { id, current, previous }: WorkItemEntry): Iterable<Signal> {
  const holder = current?.representativeId
  if (!current || !previous?.offeredTo || !holder || current.offeredTo) return
  if (current.state === 'closed' || previous.representativeId !== holder) return
  yield {
    kind: 'transfer-declined',
    tenant,
    representativeId: holder,
    workItemId: id,
    by: previous.offeredTo,
  }
}

function hasTabs({ link }: Facts): boolean {
  return (link.kind === 'present' || link.kind === 'handover') && link.connections.length > 0
}

function offered(facts: Facts | null) {
  return new Map(
    facts?.work.filter(held => held.state === 'offered').map(held => [held.workItemId, held] as const),
  )
}

/** `work-missed` -> `missed`. What happened to one item may take others along (NO10): those are withdrawn. */
function reasonOf({ event, inputs }: Cause, { workItemId, expiresAt }: HeldItem, at: number): string {
  const ranOut = event === 'work-missed' && expiresAt !== null && expiresAt <= at
  const isAboutIt = event.startsWith('work-') && (ranOut || inputs['workItemId'] === workItemId)
  return isAboutIt ? event.slice('work-'.length) : 'withdrawn'
}

/** Somebody's name, queues, default, capacity or attributes changed; a first sign-in is no administration. */
function isAdministration({ current, previous, cause }: RepresentativeEntry): boolean {
  if (!current) return true
  if (!previous) return cause.actor.kind === 'administrator'
  return current.profile !== previous.profile && !same(current.profile, previous.profile)
}
