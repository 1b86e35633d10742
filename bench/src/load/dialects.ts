// What each server under load speaks: how a client connects, and how a watcher reads what changed.

import { openMqtt } from './mqtt.ts'
import { openPlainWs } from './plain-ws.ts'
import type { OpenSession } from './session.ts'
import { openBareSocketIo, openRollcall } from './socket-io.ts'

export type DialectName = 'rollcall' | 'socket.io' | 'ws' | 'mqtt'

/** A change of one representative, as far as a watcher under load looks at it. */
export interface SeenChange {
  readonly index: number
  readonly revision: number
  /** When its command was sent, by `monotonicMs`; NaN where it carries no stamp. */
  readonly sentAt: number
}

export interface Dialect {
  readonly open: OpenSession
  /** The changes in a frame, or in the answer to `watch`. */
  readonly read: (text: string) => readonly SeenChange[]
}

interface Patch {
  readonly representativeId: string
  readonly revision: number
  readonly note?: string | null
}

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  rollcall: { open: openRollcall, read: readSocketIo },
  'socket.io': { open: openBareSocketIo, read: readSocketIo },
  ws: {
    open: openPlainWs,
    read: text => listOf((JSON.parse(text) as { changed?: Patch[] }).changed).map(seen),
  },
  mqtt: { open: openMqtt, read: text => [JSON.parse(text) as Patch].filter(isPatch).map(seen) },
}

interface Packet extends Partial<Patch> {
  readonly presences?: readonly Patch[]
  readonly data?: { readonly presences?: readonly Patch[] }
}

/** A message with one presence or a list of them, or an answer with a list. */
function readSocketIo(text: string): readonly SeenChange[] {
  const packet = JSON.parse(text.slice(text.indexOf('['))) as readonly (string | Packet)[]
  return packet.flatMap(item => (typeof item === 'string' ? [] : presencesOf(item).map(seen)))
}

function presencesOf(packet: Packet): readonly Patch[] {
  return packet.presences ?? packet.data?.presences ?? [packet as Patch].filter(isPatch)
}

function listOf<Item>(list: readonly Item[] | undefined): readonly Item[] {
  return list ?? []
}

function isPatch(patch: Patch): boolean {
  return patch.representativeId !== undefined
}

function seen({ representativeId, revision, note }: Patch): SeenChange {
  const sentAt = Number.parseFloat(note ?? '')
  return { index: indexOf(representativeId), revision, sentAt }
}

export const nameOf = (index: number): string => `rep-${index}`

/** -1: somebody who is not of the scenario. */
function indexOf(name: string): number {
  return name.startsWith('rep-') ? Number(name.slice(4)) : -1
}
