// The people whom the watchers watch: they choose, work, lose their connections, move between queues, are deleted and
// created again. Through the use cases, as sockets and HTTP would, so that thousands of changes a second are possible.

import type { Principal } from '../../../server/src/app/principal.ts'
import { Refused } from '../../../server/src/app/refused.ts'
import type { Random } from '../../../server/src/cli/simulation/random.ts'
import type { Server } from '../../../server/src/create-server.ts'
import { administrator, as, choice, principal, service } from '../app-world.ts'
import { createDesk, workstreamOf } from './desk.ts'

export const QUEUES = Array.from({ length: 12 }, (_, index) => `q${index + 1}`)

const STATUSES = ['available', 'busy', 'do-not-disturb', 'away', 'offline'] as const
/** What two changes of one person at the same time, or of somebody just deleted, may be answered with. */
const EXPECTED = new Set(['representative-unknown', 'not-signed-in'])
/** As long as a note may be, and of three bytes each: what fills the buffers of who does not read. */
const LONG_NOTE = '€'.repeat(196)

export interface Floor {
  /** One random change, under way when this returns. */
  change(): void
  /** Somebody is deleted or created, or deleted and created again between two batches. */
  upheaval(): void
  /** A few are deleted and created again: their revisions begin anew. */
  rebirth(): void
  /** Everybody changes once, at length. */
  storm(): Promise<void>
  /** Resolves when nothing is under way. Rejects with what went wrong. */
  settled(): Promise<void>
  underWay(): number
}

export async function createFloor(server: Server, people: number, random: Random): Promise<Floor> {
  const { presence, configuration } = server.app
  const asService = as(service())
  const asAdministrator = as(administrator())
  const running = new Set<Promise<void>>()
  const here = new Set<string>()
  const desk = createDesk(server.app.work, asService, random)
  let failure: unknown = null
  let number = 0

  function run(what: () => Promise<unknown>): void {
    const under = what().then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof Refused) || !(EXPECTED.has(error.code) || desk.expects(error)))
          failure ??= error
      },
    )
    running.add(under)
    under.finally(() => running.delete(under))
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
    if (failure) throw failure
  }

  const someQueues = () => QUEUES.filter(() => random.chance(1.4 / QUEUES.length))
  const somebody = () => random.pick([...here])
  const who = (id: string): Principal => principal(id)
  const connect = (id: string) => presence.connect(who(id), `${id}-tab`, 0)
  const put = (id: string) => {
    number += 1
    const capacity = { units: null, profiles: {} }
    const body = {
      name: `${id}, hired as ${number}`,
      queues: someQueues(),
      defaultStatusId: null,
      capacity,
      attributes: {},
    }
    return configuration.representatives.put(asAdministrator, id, body, null)
  }
  const remove = (id: string) => configuration.representatives.remove(asAdministrator, id, null)

  for (const id of QUEUES) {
    await configuration.queues.put(asAdministrator, id, {}, null)
    await configuration.workstreams.put(asAdministrator, `for-${id}`, workstreamOf(id), null)
  }
  for (let index = 0; index < people; index += 1) hire(`rep-${index}`)
  await settled()

  function hire(id: string): void {
    here.add(id)
    run(async () => {
      await put(id)
      await connect(id)
    })
  }

  function choose(id: string, note: string): void {
    run(() => presence.choose(asService, choice(id, random.pick(STATUSES), { note })))
  }

  return {
    change() {
      const id = somebody()
      const dice = random.next()
      number += 1
      if (dice < 0.8) choose(id, `note ${number}`)
      else if (dice < 0.92) run(() => desk.work(id))
      else if (dice < 0.95) run(() => presence.disconnect('default', id, `${id}-tab`, 'transport close', 0))
      else if (dice < 0.98) run(() => connect(id))
      else run(() => configuration.representatives.patch(asAdministrator, id, { queues: someQueues() }, null))
    },
    upheaval() {
      const dice = random.next()
      number += 1
      if (dice < 0.45) return hire(`late-${number}`)
      const id = somebody()
      here.delete(id)
      run(() => remove(id))
      // Asked for at the same time: both are in one batch for those who watch.
      if (dice > 0.9) hire(id)
    },
    rebirth() {
      for (const id of [...here].filter(() => random.chance(0.05))) {
        run(() => remove(id))
        hire(id)
      }
    },
    async storm() {
      number += 1
      for (const id of here) choose(id, `${number} ${LONG_NOTE}`)
      await settled()
    },
    settled,
    underWay: () => running.size,
  }
}
