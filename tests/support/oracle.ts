// A second, naive telling of the presence rules, to compare the core with. Written from the rules' text alone and
// on purpose without a single function of the product: mutable objects, if-statements in the order of the prose.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { activeWork } from './oracle-capacity.ts'
import type { Coverage } from './oracle-marks.ts'
import { beginChoice, isStickyBase, look, lookAtLimits, tell } from './oracle-presence.ts'
import { beginAbsence, depart, instants, tick, withdrawOffers } from './oracle-time.ts'
import { viewOf } from './oracle-view.ts'
import { type Report, report } from './oracle-work.ts'
import {
  type Choice,
  type Did,
  type Limits,
  type NewPerson,
  newWorld,
  type Person,
  person,
  type Who,
} from './oracle-world.ts'

export function createOracle(
  config: Configuration,
  newPeople: readonly NewPerson[],
  startedAt: number,
  coverage?: Coverage,
) {
  const world = newWorld(config, newPeople, startedAt, coverage)
  const { mark } = world
  for (const she of world.everybody) lookAtLimits(world, she)

  return {
    tick: (at: number) => tick(world, at),
    instants: () => instants(world),
    item: (id: string) => world.items[id],
    link: (id: string) => person(world, id).link,
    /** As of the last tick. */
    presence: (id: string) => viewOf(world, person(world, id)),
    connect(id: string, connectionId: string, at: number, life = 'n1'): Did {
      const she = known(id, at)
      if (she.connections.some(one => one.id === connectionId)) return 'nothing'
      she.connections.push({ id: connectionId, life })
      if (she.link === 'absent') {
        // SI4: the absence ends and everything is as it was, with what changed meanwhile.
        if (at === she.absentUntil) mark('DI2 back at the last instant')
        if (world.allItems.some(item => item.offeredTo === id)) mark('NO8 back before an offer ended')
        if (she.seenBeforeAbsence !== null) she.seen = she.seenBeforeAbsence
      } else if (she.link === 'signed-out') signIn(she)
      else if (she.link === 'handover') mark('DI7 back from a handover')
      she.link = 'present'
      she.releaseAt = null
      look(world, she, at)
      return 'done'
    },
    disconnect(id: string, connectionId: string, at: number): Did {
      return end(known(id, at), one => one.id === connectionId, at, at)
    },
    /** DI6. `window`: the restore window counts from then. */
    lifeEnded: (id: string, life: string, window: number, at: number): Did => {
      const did = end(known(id, at), one => one.life === life, at, window)
      if (did === 'done') mark('DI6 a server is gone')
      return did
    },
    /** DI7 */
    handOver(id: string, life: string, windowMs: number, at: number): Did {
      const she = known(id, at)
      if (she.link !== 'present' || she.connections.some(one => one.life !== life)) return 'nothing'
      mark('DI7 handover')
      she.link = 'handover'
      she.handoverUntil = at + windowMs
      she.absentUntil = at + world.config.policy.restoreWindowMs
      return 'done'
    },
    signOut(id: string, at: number): Did {
      const she = known(id, at)
      if (she.link === 'signed-out') return 'nothing'
      const wasAbsent = she.link === 'absent'
      const { policy } = world.config
      if (policy.signOutRestores) {
        if (wasAbsent && she.signedOutHerself) return 'nothing'
        mark('DI8 signed out, and may be back')
        she.connections = []
        withdrawOffers(world, she)
        // A window that runs already keeps running.
        if (!wasAbsent) beginAbsence(world, she, at)
        she.signedOutHerself = true
        look(world, she, at)
        return 'done'
      }
      mark('DI8 signed out at once')
      she.connections = []
      if (!wasAbsent) beginAbsence(world, she, at)
      depart(world, she, at)
      return 'done'
    },
    choose(id: string, choice: Choice, when: 'now' | 'after-work', at: number): { did: Did; also?: Did } {
      const she = known(id, at)
      const allowed = mayChoose(choice.by, choice.statusId)
      // Nothing says which of two reasons is given.
      if (she.link === 'signed-out')
        return allowed ? { did: 'not-signed-in' } : { did: 'not-signed-in', also: 'status-not-selectable' }
      if (!allowed) return { did: 'status-not-selectable' }
      if (when === 'after-work' && activeWork(world, she) > 0) {
        if (JSON.stringify(she.next) === JSON.stringify(choice)) return { did: 'nothing' }
        mark('MA7 queued')
        she.next = choice
        return { did: 'done' }
      }
      const { stance, next } = she
      if (stance.kind === 'choice' && next === null) {
        const until = choice.forMs === null ? null : at + choice.forMs
        const again = { kind: 'choice', statusId: choice.statusId, by: choice.by, until, note: choice.note }
        if (JSON.stringify(again) === JSON.stringify(stance)) {
          mark('MA10 exactly the same')
          return { did: 'nothing' }
        }
      }
      if (choice.by.kind !== 'representative') mark('MA5 by somebody else')
      if (she.link === 'absent') mark('MA8 for somebody absent')
      beginChoice(world, she, choice, at)
      look(world, she, at)
      return { did: 'done' }
    },
    /** MA9 */
    reset(id: string, by: Who, at: number): Did {
      const she = known(id, at)
      if (she.link === 'signed-out') return 'any'
      if (she.stance.kind === 'none') return 'nothing'
      if (she.stance.kind === 'hold') mark('MA9 reset of a hold')
      if (she.stance.kind === 'choice') mark('MA9 reset of a choice')
      she.stance = { kind: 'none' }
      tell(world, she, by, at)
      look(world, she, at)
      return 'done'
    },
    cancelNext(id: string, by: Who, at: number): Did {
      const she = known(id, at)
      if (she.link === 'signed-out') return 'any'
      if (she.next === null) return 'nothing'
      mark('MA7 cancelled')
      she.next = null
      tell(world, she, by, at)
      return 'done'
    },
    /** NO7: she has read the oldest notice. */
    seeNotice(id: string, at: number): Did {
      const she = known(id, at)
      return she.notices.shift() === undefined ? 'nothing' : 'done'
    },
    /** CA5: her limits are others now. */
    setLimits(id: string, limits: Limits, at: number): Did {
      const she = known(id, at)
      const before = JSON.stringify([she.units, she.profiles])
      she.units = limits.units
      she.profiles = limits.profiles
      if (before === JSON.stringify([she.units, she.profiles])) return 'nothing'
      lookAtLimits(world, she)
      look(world, she, at)
      return 'done'
    },
    /** PO1, PO3 */
    configure(next: Configuration, by: Who, at: number): void {
      tick(world, at)
      world.config = next
      for (const she of world.everybody) {
        lookAtLimits(world, she)
        // ST6: a choice that waits is none yet.
        if (she.next !== null && next.statuses[she.next.statusId]?.archived) {
          mark('ST6 a waiting choice dropped')
          she.next = null
          tell(world, she, by, at)
        }
        look(world, she, at)
      }
    },
    report(what: Report, at: number): Did {
      tick(world, at)
      return report(world, what, at)
    },
  }

  function known(id: string, at: number): Person {
    tick(world, at)
    return person(world, id)
  }

  /** SI1 */
  function signIn(she: Person): void {
    const statusId = defaultOf(she)
    const working = activeWork(world, she) > 0
    if (working && !isStickyBase(world, statusId)) {
      mark('SI1 with work')
      return
    }
    mark(working ? 'SI1 default although there is work' : 'SI1 default')
    she.stance = { kind: 'default', statusId }
  }

  /** DI9; the last one's end begins an absence (DI1), but in a handover (DI7). */
  function end(
    she: Person,
    ends: (one: { id: string; life: string }) => boolean,
    at: number,
    window: number,
  ): Did {
    const left = she.connections.filter(one => !ends(one))
    if (left.length === she.connections.length) return 'nothing'
    she.connections = left
    if (left.length === 0 && she.link === 'present') beginAbsence(world, she, at, window)
    return 'done'
  }

  /** SI2, ST6 */
  function defaultOf(she: Person): string {
    for (const statusId of [she.defaultStatusId, world.config.policy.defaultStatusId]) {
      if (statusId !== null && world.config.statuses[statusId]?.archived === false) return statusId
    }
    return 'available'
  }

  /** MA1, MA5, ST2 */
  function mayChoose(by: Who, statusId: string): boolean {
    const status = world.config.statuses[statusId]
    if (status === undefined || status.archived || statusId === 'inactive') return false
    return by.kind === 'representative'
      ? status.selectableBy.representatives
      : status.selectableBy.supervisors
  }
}
