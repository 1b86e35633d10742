// Who looks on during a shift, each by a way of its own: a supervisor of everybody, one of two queues, and somebody
// who asks over HTTP again and again. What they see is laid side by side by the checker.

import { createSupervisor, type SupervisorClient, type Watch } from '@rollcall/client'
import type { PresenceView } from '@rollcall/shared'
import type { Cast } from './cast.ts'
import type { Picture } from './check-end.ts'
import type { Checker, Views } from './checker.ts'
import type { Http } from './http.ts'
import type { Claims } from './player.ts'
import { presencesOf } from './setup.ts'

export interface Observers {
  /** What the supervisor of everybody sees. */
  presences(): Views
  /** False while she has no connection. */
  live(): boolean
  /** What the other one sees, beside what she should see. */
  others(stored: Views): readonly Picture[]
  stop(): void
}

export interface ObserverOptions {
  readonly url: string
  readonly cast: Cast
  readonly tokenFor: (claims: Claims) => string | Promise<string>
  readonly service: Http
  readonly checker: Checker
}

const POLL_MS = 3_000
const TEAM_LEAD = 'a supervisor of two queues'

/** Resolves when both supervisors see everybody. */
export async function startObservers(options: ObserverOptions): Promise<Observers> {
  const { url, cast, tokenFor, service, checker } = options
  const queues = cast.queues.slice(0, 2).map(({ id }) => id)
  const { id, name } = cast.supervisor
  const board = supervisorOf(id, name, ['*'])
  const team = supervisorOf('tia.teamlead', 'Tia Lund', queues)
  board.onConnectionChange(({ kind }) => checker.watching(kind === 'live' || kind === 'draining', Date.now()))
  const all = await board.watch({ queues: '*' })
  listen(all, board, checker)
  const some = await team.watch({ queues })
  listen(some, team, checker, TEAM_LEAD)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  poll()

  return {
    presences: () => all.presences(),
    live: () => board.getConnection().kind === 'live',
    others(stored) {
      const of = new Map([...stored].filter(([, view]) => view.queues.some(queue => queues.includes(queue))))
      return [{ who: TEAM_LEAD, sees: new Map(some.presences()), of }]
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      board.disconnect()
      team.disconnect()
    },
  }

  function supervisorOf(sub: string, name: string, watches: readonly string[]): SupervisorClient {
    return createSupervisor({ url, getToken: () => tokenFor({ sub, name, roles: ['supervisor'], watches }) })
  }

  /** A server that is away is asked again. */
  function poll(): void {
    timer = setTimeout(async () => {
      const sentAt = Date.now()
      const views = await presencesOf(service).catch(() => null)
      if (stopped) return
      if (views) checker.polled(views, sentAt)
      poll()
    }, POLL_MS)
  }
}

/** A whole state is told as a change of everybody, and only then as a state: so both are judged together. */
function listen(watch: Watch, { serverNow }: SupervisorClient, checker: Checker, who?: string): void {
  let batches: { changed: readonly PresenceView[]; whole: boolean; at: number }[] = []
  watch.onSync(kind => {
    const last = batches.at(-1)
    if (last && kind === 'state') last.whole = true
  })
  const flush = () => {
    const told = batches
    batches = []
    for (const { changed, whole, at } of told) checker.seen(changed, watch.presences(), whole, at, who)
  }
  checker.seen([...watch.presences().values()], watch.presences(), true, serverNow(), who)
  watch.onChange(({ changed }) => {
    batches.push({ changed, whole: false, at: serverNow() })
    if (batches.length === 1) queueMicrotask(flush)
  })
}
