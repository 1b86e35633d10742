// The application with two people at work on the built-in workstream, and a service that routes to them.

import type { WorkOffer } from '../../server/src/app/app.ts'
import { type AppWorld, type AppWorldOptions, as, createAppWorld, principal, service } from './app-world.ts'

export const ada = principal('ada', { queues: ['default'] })
export const bob = principal('bob', { queues: ['default'] })
export const router = service()

/** What most reports in these tests are about. */
export const about = { workItemId: 'w1', by: 'other' as const }

export async function createWorkWorld(options: AppWorldOptions = {}) {
  const world: AppWorld = await createAppWorld(options)
  const { presence, work, replica } = world.app
  await presence.connect(ada, 'c1', 0)
  await presence.connect(bob, 'c2', 0)
  return {
    ...world,
    work,
    view: (id: string) => replica.view('default', id),
    pick: (who = ada, workItemId = 'w1') =>
      work.accept(as(who), {
        workItemId,
        workstreamId: 'default',
        attributes: { title: 'Hi' },
        by: 'representative',
      }),
  }
}

export type WorkWorld = Awaited<ReturnType<typeof createWorkWorld>>

/** Work for ada, as a service reports it. */
export const workFor = (state: 'offered' | 'active', more: Partial<WorkOffer> = {}): WorkOffer => ({
  workItemId: 'w1',
  workstreamId: 'default',
  representativeId: 'ada',
  state,
  force: false,
  reopen: false,
  by: 'other',
  ...more,
})
