// A second, naive telling of the presence rules, to compare the core with. Written from the rules' text alone and
// on purpose without a single function of the product: mutable objects, if-statements in the order of the prose.
// It knows ST, SI, MA, DI, CA1-CA5, CA7, CA9, TR1-TR3, accept without an offer, assign and close; nothing else.

import type { Configuration } from '../../server/src/domain/configuration.ts'
import { createWork } from './oracle-work.ts'
import { type Choice, createWorld, type Did, type Limits, type NewPerson } from './oracle-world.ts'

export function createOracle(config: Configuration, newPeople: readonly NewPerson[], startedAt: number) {
  const world = createWorld(config, newPeople, startedAt)
  const { person, tick, look, begin, beginAbsence, endAbsence, held, activeWork, capacityResult } = world
  const { defaultOf, mayChoose, isSticky, isStickyBase, baseOf } = world

  return {
    ...createWork(world),
    connect(id: string, connectionId: string, at: number): Did {
      tick(at)
      const she = person(id)
      if (she.connections.includes(connectionId)) return 'nothing'
      she.connections.push(connectionId)
      if (she.link === 'absent') {
        // SI4: the absence ends and everything is as it was, with what changed meanwhile.
        she.link = 'present'
        if (she.seenBeforeAbsence !== null) she.seen = she.seenBeforeAbsence
      } else if (she.link === 'signed-out') {
        // SI1
        she.link = 'present'
        const statusId = defaultOf(she)
        if (activeWork(she) === 0 || isStickyBase(statusId)) she.stance = { kind: 'default', statusId }
        else she.stance = { kind: 'none' }
      }
      look(she, at)
      return 'done'
    },
    disconnect(id: string, connectionId: string, at: number): Did {
      tick(at)
      const she = person(id)
      if (!she.connections.includes(connectionId)) return 'nothing' // DI9
      she.connections = she.connections.filter(other => other !== connectionId)
      if (she.connections.length === 0) beginAbsence(she, at)
      return 'done'
    },
    signOut(id: string, at: number): Did {
      tick(at)
      const she = person(id)
      if (she.link === 'signed-out') return 'nothing'
      // DI8 says whether DI2 applies; a window that runs already keeps running.
      if (she.link === 'absent' && config.policy.signOutRestores) return 'any'
      she.connections = []
      if (config.policy.signOutRestores) beginAbsence(she, at)
      else endAbsence(she, at)
      return 'done'
    },
    choose(
      id: string,
      choice: Choice,
      when: 'now' | 'after-work',
      at: number,
    ): { did: Did; also?: Did | undefined } {
      tick(at)
      const she = person(id)
      const allowed = mayChoose(choice.by, choice.statusId)
      if (she.link === 'signed-out')
        return { did: 'not-signed-in', also: allowed ? undefined : 'status-not-selectable' }
      if (!allowed) return { did: 'status-not-selectable' }
      if (when === 'after-work' && activeWork(she) > 0) {
        const before = JSON.stringify(she.next)
        she.next = choice
        return { did: before === JSON.stringify(she.next) ? 'any' : 'done' }
      }
      const before = JSON.stringify([she.stance, she.next])
      she.next = null // MA4
      begin(she, choice, at)
      look(she, at)
      return { did: before === JSON.stringify([she.stance, she.next]) ? 'nothing' : 'done' } // MA10
    },
    reset(id: string, at: number): Did {
      tick(at)
      const she = person(id)
      if (she.link === 'signed-out') return 'any'
      if (she.stance.kind === 'none') return 'nothing'
      she.stance = { kind: 'none' } // MA9
      look(she, at)
      return 'done'
    },
    cancelNext(id: string, at: number): Did {
      tick(at)
      const she = person(id)
      if (she.link === 'signed-out') return 'any'
      if (she.next === null) return 'nothing'
      she.next = null
      return 'done'
    },
    /** CA5: her limits are others now. */
    setLimits(id: string, limits: Limits, at: number): Did {
      tick(at)
      const she = person(id)
      const before = JSON.stringify([she.units, she.profiles])
      she.units = limits.units
      she.profiles = limits.profiles
      if (before === JSON.stringify([she.units, she.profiles])) return 'any'
      const ends = she.stance.kind === 'default' || (she.stance.kind === 'choice' && !isSticky(she.stance))
      if (ends && capacityResult(she) === 'do-not-disturb') she.stance = { kind: 'none' }
      look(she, at)
      return 'done'
    },
    tick,
    presence(id: string, at: number) {
      tick(at)
      const she = person(id)
      const chosen = she.link === 'present' && she.stance.kind === 'choice' ? she.stance : null
      return {
        statusId: she.seen.statusId,
        base: baseOf(she.seen.statusId),
        origin: she.seen.origin,
        by: she.seen.by,
        since: she.seen.since,
        note: chosen?.note ?? null,
        expiresAt: chosen?.until ?? null,
        next: she.next === null ? null : she.next.statusId,
        signedIn: she.link !== 'signed-out',
        connections: she.connections.length,
        work: held(she)
          .map(item => item.id)
          .sort(),
      }
    },
  }
}
