// Commands drawn for a running server and for the oracle: each names whom and what it is about, so that those in
// flight together do not touch each other.

import { createRepresentative, type RepresentativeClient } from '@rollcall/client'
import type { HttpClient } from './http.ts'
import type { createOracle } from './oracle.ts'
import { CHOICES, LIMITS, ROOMY } from './oracle-floor.ts'
import { drawReport } from './oracle-reports.ts'
import type { Did, NewPerson, Who } from './oracle-world.ts'
import { pickFrom, type Random } from './random.ts'
import { codeOf, codeOfCall, sending } from './served-reports.ts'

export interface Command {
  readonly words: string
  /** Representatives and items. */
  readonly about: readonly string[]
  /** Tells the oracle; what it expects. */
  tell(at: number): readonly Did[]
  /** Sends it; `ok` or the code of the refusal. */
  send(): Promise<string>
}

export interface Floor {
  readonly url: string
  readonly token: (id: string) => string
  readonly oracle: ReturnType<typeof createOracle>
  readonly people: readonly NewPerson[]
  readonly service: HttpClient
  readonly supervisor: HttpClient
  readonly admin: HttpClient
  readonly items: Set<string>
  readonly itemCount: number
}

type Tab = { readonly name: string; readonly client: RepresentativeClient }

const KINDS = [
  ...Array<'report'>(30).fill('report'),
  ...Array<'connect'>(6).fill('connect'),
  ...Array<'choose'>(6).fill('choose'),
  'disconnect',
  'disconnect',
  'signOut',
  'reset',
  'reset',
  'cancelNext',
  'limits',
] as const

export function createCommands(floor: Floor, random: Random) {
  const { oracle, people, service, supervisor, admin, items } = floor
  const tabs = new Map<string, readonly Tab[]>(people.map(({ id }) => [id, []]))
  const ids = people.map(({ id }) => id)
  let names = 0
  const tabsOf = (id: string) => tabs.get(id) ?? []
  const tab = (id: string) => tabsOf(id)[0]?.client ?? null

  return {
    /** null: what was drawn cannot be sent as things are, or is about somebody or something that is `busy`. */
    draw(busy: ReadonlySet<string>): Command | null {
      const kind = pickFrom(random, KINDS)
      return kind === 'report' ? report(busy) : presence(kind, busy)
    },
    tab,
    /** Everybody leaves. */
    close() {
      for (const open of tabs.values()) for (const { client } of open) client.disconnect()
    },
  }

  function report(busy: ReadonlySet<string>): Command | null {
    const scene = { oracle, people: ids, items, itemCount: floor.itemCount }
    const drawn = drawReport(scene, random)
    const routed = drawn.by.kind === 'system'
    const what = routed ? { ...drawn, by: { kind: 'service', id: 'router' } as const } : drawn
    const item = oracle.item(what.itemId)
    const send = sending(what, item, { service, supervisor, tab })
    if (send === null) return null
    const others = [item?.holder, item?.offeredTo, 'to' in what ? what.to : null, what.by.id]
    const about = [
      what.itemId,
      ...others.filter(id => typeof id === 'string' && ids.includes(id)),
    ] as string[]
    if (about.some(one => busy.has(one))) return null
    return {
      words: JSON.stringify(what),
      about,
      tell: at => {
        items.add(what.itemId)
        return [oracle.report(what, at)]
      },
      send,
    }
  }

  function presence(
    kind: Exclude<(typeof KINDS)[number], 'report'>,
    busy: ReadonlySet<string>,
  ): Command | null {
    const who = pickFrom(random, ids)
    if (busy.has(who)) return null
    const open = tabsOf(who)
    const mine = open[0]
    const path = `/v1/representatives/${who}/presence`
    const of = (words: string, tell: Command['tell'], send: Command['send']) => ({
      words: `${who} ${words}`,
      about: [who],
      tell,
      send,
    })
    const { by, http } = chooserOf(who)
    switch (kind) {
      case 'connect': {
        if (open.length > 1) return null
        const client = createRepresentative({ url: floor.url, token: floor.token(who) })
        const name = `tab-${++names}`
        tabs.set(who, [...open, { name, client }])
        return of(
          'connects',
          at => [oracle.connect(who, name, at)],
          () => codeOfCall(() => client.connect()),
        )
      }
      case 'disconnect': {
        if (mine === undefined) return null
        tabs.set(who, open.slice(1))
        const send = async () => {
          mine.client.disconnect()
          return 'ok'
        }
        return of('disconnects', at => [oracle.disconnect(who, mine.name, at)], send)
      }
      case 'signOut': {
        if (mine === undefined) return null
        tabs.set(who, [])
        const send = async () => {
          const code = await codeOfCall(() => mine.client.signOut())
          for (const { client } of open) client.disconnect()
          return code
        }
        return of('signs out', at => [oracle.signOut(who, at)], send)
      }
      case 'choose': {
        const statusId = pickFrom(random, CHOICES.slice(0, -1))
        const forMs = pickFrom(random, [null, null, 30_000, 150_000])
        const note = pickFrom(random, [null, 'back soon'])
        const when = random() < 0.3 ? 'after-work' : 'now'
        const more = {
          when,
          ...(forMs === null ? {} : { forMs }),
          ...(note === null ? {} : { note }),
        } as const
        if (http === null && mine === undefined) return null
        return of(
          `chosen ${statusId} ${JSON.stringify(more)} by ${by.id}`,
          at => {
            const { did, also } = oracle.choose(who, { statusId, by, forMs, note }, when, at)
            return also === undefined ? [did] : [did, also]
          },
          () =>
            http === null
              ? codeOfCall(async () => mine?.client.setPresence(statusId, more))
              : codeOf(http.put(path, { statusId, ...more })),
        )
      }
      case 'reset':
        if (http === null && mine === undefined) return null
        return of(
          `reset by ${by.id}`,
          at => [oracle.reset(who, by, at)],
          () =>
            http === null
              ? codeOfCall(async () => mine?.client.resetPresence())
              : codeOf(http.post(`${path}/reset`)),
        )
      case 'cancelNext':
        if (mine === undefined) return null
        return of(
          'cancels',
          at => [oracle.cancelNext(who, { kind: 'representative', id: who }, at)],
          () => codeOfCall(() => mine.client.cancelNext()),
        )
      case 'limits': {
        const limits = pickFrom(random, [
          ...LIMITS.filter(one => !('never' in one.profiles)),
          ...ROOMY,
          ...ROOMY,
        ])
        const { queues, defaultStatusId } = people.find(({ id }) => id === who) ?? {
          queues: [],
          defaultStatusId: null,
        }
        const capacity = { units: limits.units, profiles: limits.profiles }
        return of(
          `limits ${JSON.stringify(limits)}`,
          at => [oracle.setLimits(who, limits, at)],
          () => codeOf(admin.put(`/v1/representatives/${who}`, { queues, defaultStatusId, capacity })),
        )
      }
    }
  }

  function chooserOf(who: string): { by: Who; http: HttpClient | null } {
    const chance = random()
    if (chance < 0.6) return { by: { kind: 'representative', id: who }, http: null }
    if (chance < 0.8) return { by: { kind: 'supervisor', id: 'grace' }, http: supervisor }
    return { by: { kind: 'service', id: 'router' }, http: service }
  }
}
