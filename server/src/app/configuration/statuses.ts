// The status catalogue (ST).

import type { StatusResource } from '@rollcall/shared'
import type { Configuration, Status } from '../../domain/configuration.ts'
import { statusTextWarning } from '../../domain/statuses.ts'
import { found } from '../access.ts'
import type { Caller, StatusCatalogue } from '../app.ts'
import { defined } from '../defined.ts'
import { pageOf } from '../page.ts'
import { Refused } from '../refused.ts'
import { same } from '../same.ts'
import type { CollectionOptions } from './collection.ts'
import { configuring, setResource } from './configure.ts'
import { checkWorkstreams } from './references.ts'
import { checkIfMatch, resourceOf, resourcesOf, versionOf } from './versions.ts'

export function createStatuses({ storage, commit }: CollectionOptions): StatusCatalogue {
  const stored = (configuration: Configuration, id: string) =>
    found(resourceOf(configuration, 'statuses', id), 'status', id)

  const versioned = (tenant: string, id: string) => {
    const configuration = storage.configuration(tenant)
    return {
      resource: stored(configuration, id) as StatusResource,
      version: versionOf(configuration, 'statuses', id),
    }
  }

  /** Commits what `statusFrom` makes of the present catalogue; the answer carries the warnings of ST5. */
  async function write(caller: Caller, id: string, statusFrom: (configuration: Configuration) => Status) {
    await configuring(commit, caller, (draft, configuration) => {
      const status = statusFrom(configuration)
      checkText(status, configuration)
      checkWorkstreams(status.workstreams ?? [], configuration)
      if (!same(resourceOf(configuration, 'statuses', id), status)) {
        setResource(draft, caller, 'statuses', id, status)
      }
      return null
    })
    const written = versioned(caller.principal.tenant, id)
    const warning = statusTextWarning(written.resource.text, written.resource.base)
    return { ...written, warnings: warning === null ? [] : [warning] }
  }

  return {
    list(principal, page) {
      const statuses = resourcesOf(storage.configuration(principal.tenant), 'statuses')
      const open = statuses.filter(status => !status.archived)
      return pageOf(open as readonly StatusResource[], status => status.id, page)
    },

    get: (principal, id) => versioned(principal.tenant, id),

    create: (caller, body) =>
      write(caller, body.id, configuration => {
        const before = resourceOf(configuration, 'statuses', body.id)
        if (before) {
          checkChangeable(before)
          throw idTaken(before)
        }
        return { ...body, standard: false, archived: false }
      }),

    patch: (caller, id, body, ifMatch) =>
      write(caller, id, configuration => {
        const before = stored(configuration, id)
        checkChangeable(before)
        checkIfMatch(ifMatch, versionOf(configuration, 'statuses', id))
        if (before.archived) throw archived(id)
        return { ...before, ...defined(body) }
      }),

    async remove(caller, id, ifMatch) {
      await configuring(commit, caller, (draft, configuration) => {
        const before = stored(configuration, id)
        checkChangeable(before)
        checkIfMatch(ifMatch, versionOf(configuration, 'statuses', id))
        if (!before.archived) setResource(draft, caller, 'statuses', id, { ...before, archived: true })
        return null
      })
    },
  }
}

/** ST2. */
function checkChangeable({ standard, id }: Status): void {
  if (!standard) return
  throw new Refused(
    'standard-status',
    `${id} is one of the six standard statuses, which can't be changed. Create a status of your own with its base.`,
    { statusId: id },
  )
}

/** ST3: unique among unarchived ones without regard to case. */
function checkText({ id, text }: Status, { statuses }: Configuration): void {
  const folded = text.trim().toLowerCase()
  const other = Object.values(statuses).find(
    status => status.id !== id && !status.archived && status.text.trim().toLowerCase() === folded,
  )
  if (!other) return
  throw new Refused(
    'status-text-taken',
    `The status ${other.id} already has the text "${other.text}". Choose another text.`,
    { statusId: other.id, text: other.text },
  )
}

const idTaken = ({ id, archived: isArchived }: Status) =>
  new Refused(
    'in-use',
    `A status ${id} exists already${isArchived ? ' and is archived' : ''}. Choose another id${isArchived ? '' : ', or PATCH that one'}.`,
    { statusId: id },
  )

const archived = (id: string) =>
  new Refused(
    'status-not-selectable',
    `The status ${id} is archived and stays as it was. Create a new one.`,
    { statusId: id },
  )
