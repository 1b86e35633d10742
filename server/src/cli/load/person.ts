// One scripted representative: connects, sends one command at a time, and knows which revision must come of it.

import type { PresenceView, Reply } from '@rollcall/shared'
import type { Checks } from './checks.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'

export type CommandKind = 'choose' | 'work' | 'read'

export interface Person {
  readonly id: string
  isConnected(): boolean
  /** True, and hers alone until `send` is done, if she is connected and has no command under way. */
  take(): boolean
  connect(): Promise<void>
  drop(): void
  /** After `take`. Resolves when it is answered, refused or given up; never rejects. */
  send(kind: CommandKind): Promise<void>
  /** Closes what is still open. */
  finish(): Promise<void>
  /** When the command was sent that makes, or made, this revision; null: none did. By performance.now(). */
  sentAt(revision: number): number | null
  /** Of the last acknowledged change. */
  revision(): number
}

export interface PersonOptions {
  readonly id: string
  readonly url: string
  readonly token: () => Promise<string>
  /** Makes ids of work items unique over runs. */
  readonly run: string
  readonly checks: Checks
}

export function createPerson({ id, url, token, run, checks }: PersonOptions): Person {
  let socket: RawSocket | null = null
  let busy = false
  let revision = 0
  let last = { revision: 0, at: 0 }
  let choices = 0
  let items = 0
  let open: string | null = null

  const take = (view: PresenceView, wasCommand: boolean) => {
    const isRight = wasCommand ? view.revision === revision + 1 : view.revision > revision
    const expected = wasCommand ? `revision ${revision + 1}` : `a revision above ${revision}`
    checks.look('revisions', id, isRight ? null : `${expected} was due, ${view.revision} came`)
    revision = view.revision
  }

  const perform = (on: RawSocket, kind: CommandKind): Promise<Reply<unknown>> => {
    if (kind === 'read') return on.command('presence:get', {})
    if (kind === 'choose') {
      choices += 1
      return on.command('presence:set', { statusId: choices % 2 === 1 ? 'busy' : 'away' })
    }
    if (open !== null) return on.command('work:close', { workItemId: open })
    items += 1
    const workItemId = `${run}-${id}-${items}`
    return on.command('work:accept', { workItemId, workstreamId: 'default' })
  }

  const noteWork = () => {
    open = open === null ? `${run}-${id}-${items}` : null
  }

  const person: Person = {
    id,
    isConnected: () => socket !== null,
    take() {
      if (!socket || busy) return false
      busy = true
      return true
    },
    async connect() {
      socket = await openRawSocket({
        url,
        token: await token(),
        signIn: true,
        onMessage(name, payload) {
          const { presence } = payload as { presence?: PresenceView }
          if (name === 'ready' && presence) take(presence, false)
        },
        onLost() {
          socket = null
          checks.look('connections', id, 'the server, or the network, ended the connection')
        },
      })
    },
    drop() {
      socket?.drop()
      socket = null
    },
    async send(kind) {
      if (kind !== 'read') last = { revision: revision + 1, at: performance.now() }
      try {
        if (!socket) throw new Error('The connection had ended.')
        const answer = await perform(socket, kind)
        checks.look(
          'answers',
          id,
          answer.ok ? null : `${kind}: ${answer.error.code}: ${answer.error.message}`,
        )
        if (!answer.ok || kind === 'read') return
        if (kind === 'work') noteWork()
        take(viewIn(answer.data), true)
      } catch (error) {
        checks.look('answers', id, `${kind}: ${error instanceof Error ? error.message : error}`)
      } finally {
        busy = false
      }
    },
    async finish() {
      if (open !== null && person.take()) await person.send('work')
    },
    sentAt: wanted => (wanted === last.revision ? last.at : null),
    revision: () => revision,
  }
  return person
}

/** Of a choice the view stands beside its outcome. */
function viewIn(data: unknown): PresenceView {
  const { presence } = data as { presence?: PresenceView }
  return presence ?? (data as PresenceView)
}
