// PO4: who uses what an administrator wants to delete.

import { DEFAULT_ID } from '@rollcall/shared/vocabulary'
import type { Configuration } from '../../domain/configuration.ts'
import type { Facts } from '../../domain/facts.ts'
import type { WorkItem } from '../../domain/work-record.ts'
import type { Draft } from '../draft.ts'
import { Refused } from '../refused.ts'

/** Looked at within the step that deletes: what is stored in the same instant counts, too. */
type Everything = Draft['everything']

/** Ids of what uses it, by what they are. */
export type Usage = Readonly<Record<string, readonly string[]>>

const SHOWN = 10

export function queueUsage(id: string, configuration: Configuration, everything: Everything): Usage {
  return {
    representatives: peopleOf(everything, ({ profile }) => profile.queues.includes(id)),
    workstreams: idsOf(Object.values(configuration.workstreams), workstream => workstream.queueId === id),
    workItems: openItems(everything, item => item.queueId === id),
    ...builtIn(id),
  }
}

export function workstreamUsage(id: string, configuration: Configuration, everything: Everything): Usage {
  return {
    statuses: idsOf(
      Object.values(configuration.statuses),
      status => !status.archived && (status.workstreams?.includes(id) ?? false),
    ),
    workItems: openItems(everything, item => item.workstreamId === id),
    ...builtIn(id),
  }
}

export function profileUsage(id: string, configuration: Configuration, everything: Everything): Usage {
  const inPolicy = Object.hasOwn(configuration.policy.newRepresentativeCapacity.profiles, id)
  return {
    representatives: peopleOf(everything, ({ profile }) => Object.hasOwn(profile.capacity.profiles, id)),
    workstreams: idsOf(
      Object.values(configuration.workstreams),
      workstream => workstream.cost.profiles?.includes(id) ?? false,
    ),
    workItems: openItems(everything, item => item.cost.profiles.includes(id)),
    policy: inPolicy ? ['newRepresentativeCapacity'] : [],
  }
}

/** Refused: `in-use`, with who uses it. */
export function checkUnused(word: string, id: string, usage: Usage): void {
  const used = Object.entries(usage).filter(([, ids]) => ids.length > 0)
  if (used.length === 0) return
  const counts = used.map(([kind, ids]) => `${kind}: ${ids.length}`).join(', ')
  const message =
    'system' in usage
      ? `The ${word} ${id} is built in. It can be changed, but not deleted (PO5).`
      : `The ${word} ${id} is still used (${counts}). Change those first.`
  throw new Refused('in-use', message, {
    usedBy: Object.fromEntries(used.map(([kind, ids]) => [kind, ids.slice(0, SHOWN)])),
  })
}

/** PO5: what every tenant has can be changed, but not be taken away. */
function builtIn(id: string): Usage {
  return id === DEFAULT_ID ? { system: ['built-in'] } : {}
}

function idsOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  uses: (item: Item) => boolean,
): readonly string[] {
  return items.filter(uses).map(item => item.id)
}

function peopleOf({ representatives }: Everything, uses: (facts: Facts) => boolean): readonly string[] {
  return [...representatives()].filter(uses).map(facts => facts.representativeId)
}

function openItems({ workItems }: Everything, uses: (item: WorkItem) => boolean): readonly string[] {
  return [...workItems()].filter(item => item.state !== 'closed' && uses(item)).map(item => item.workItemId)
}
