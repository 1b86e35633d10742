// What the view of a representative says beside her facts, by the configuration as it is (PO1).

import { capacityOf } from './capacity.ts'
import type { Configuration } from './configuration.ts'
import type { Brief, Facts, NextChoice, Shown, Told } from './facts.ts'
import { own } from './own.ts'
import { behindOf } from './presence-of.ts'

/** `shown`: what is shown of her from `at` on. */
export function toldOf(facts: Facts, shown: Shown, config: Configuration, at: number): Told {
  const expectedMs = own(config.statuses, shown.statusId)?.expectedMs ?? null
  return {
    overdueAt: expectedMs === null ? null : shown.since + expectedMs,
    next: facts.next && nextBrief(facts.next, config),
    behind: behindOf(facts, config, at),
    capacity: capacityOf(facts, config, at),
    offers: facts.work
      .filter(item => item.state === 'offered')
      .map(item => {
        const workstream = own(config.workstreams, item.workstreamId)
        return {
          rejectable: workstream?.rejectable ?? true,
          missedCounts: workstream?.missedCounts ?? true,
        }
      }),
  }
}

function nextBrief({ statusId }: NextChoice, config: Configuration): Brief {
  const status = own(config.statuses, statusId)
  return { statusId, text: status?.text ?? statusId, base: status?.base ?? 'available' }
}
