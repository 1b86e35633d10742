// One scripted watcher: watches everybody of the tenant and keeps what it is told, to be compared at the end.

import type { MessagePayload, PresenceView, Sync } from '@rollcall/shared'
import type { Checks } from './checks.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'

export interface Onlooker {
  readonly id: string
  connect(): Promise<void>
  drop(): void
  /** By representative. */
  revisions(): ReadonlyMap<string, number>
  /** Whole views, of an onlooker that keeps them. */
  views(): ReadonlyMap<string, PresenceView> | null
}

export interface OnlookerOptions {
  readonly id: string
  readonly url: string
  readonly token: () => Promise<string>
  readonly checks: Checks
  /** Whole views take a kilobyte each: one onlooker keeps them, the others revisions only. */
  readonly keepsViews: boolean
  /** A live change. */
  readonly onChange: (representativeId: string, revision: number) => void
}

type Changes = MessagePayload<'presence:changes'>

export function createOnlooker(options: OnlookerOptions): Onlooker {
  const { id, url, token, checks, keepsViews, onChange } = options
  const revisions = new Map<string, number>()
  const views = keepsViews ? new Map<string, PresenceView>() : null
  let socket: RawSocket | null = null
  /** The rest of a state comes in messages that say `complete`; before the last of them nothing is live. */
  let isWhole = false
  let early: Changes[] | null = null
  let whole: () => void = () => {}

  const keep = (patch: Changes['presences'][number]) => {
    revisions.set(patch.representativeId, patch.revision)
    // JSON knows no undefined: what is in a patch is a value. Somebody new comes as a whole view.
    views?.set(patch.representativeId, { ...views.get(patch.representativeId), ...patch } as PresenceView)
  }

  const forget = (representativeId: string) => {
    revisions.delete(representativeId)
    views?.delete(representativeId)
  }

  const takeState = ({ presences, complete }: Pick<Changes, 'presences' | 'complete'>) => {
    presences.forEach(keep)
    isWhole = complete !== false
    if (isWhole) whole()
  }

  const takeLive = ({ presences, removed }: Changes) => {
    for (const patch of presences) {
      const before = revisions.get(patch.representativeId) ?? 0
      const isRising = patch.revision > before
      const seen = `revision ${patch.revision} of ${patch.representativeId} came after ${before}`
      checks.look('rising', id, isRising ? null : seen)
      keep(patch)
      onChange(patch.representativeId, patch.revision)
    }
    removed.forEach(forget)
  }

  const take = (message: Changes) => {
    // The answer to `watch` passes through more hands than the messages after it.
    if (early) early.push(message)
    else if (isWhole) takeLive(message)
    else takeState(message)
  }

  const watch = async (on: RawSocket) => {
    isWhole = false
    early = []
    const done = new Promise<void>(resolve => {
      whole = resolve
    })
    const answer = await on.command('watch', { queues: '*' })
    if (!answer.ok) throw new Error(`A watch was refused: ${answer.error.code}: ${answer.error.message}`)
    const sync = answer.data as Sync
    for (const known of [...revisions.keys()]) forget(known)
    const messages = early
    early = null
    takeState({ presences: sync.presences, ...(sync.complete === false && { complete: false }) })
    messages.forEach(take)
    await done
  }

  return {
    id,
    async connect() {
      socket = await openRawSocket({
        url,
        token: await token(),
        signIn: false,
        onMessage(name, payload) {
          if (name === 'presence:changes') take(payload as Changes)
          else if (name === 'presence:resync' && socket) void again(socket)
        },
        onLost: () => checks.look('connections', id, 'the server, or the network, ended the connection'),
      })
      await watch(socket)
    },
    drop: () => socket?.drop(),
    revisions: () => revisions,
    views: () => views,
  }

  /** It could not follow, or may see something else now: the state replaces what it has. */
  async function again(on: RawSocket): Promise<void> {
    await watch(on).catch(error => checks.look('answers', id, String(error)))
  }
}
