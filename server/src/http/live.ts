import type { App } from '../app/app.ts'
import type { Handlers } from './handler.ts'

/** Queues as they are now. */
export function createLiveHandlers({ liveCounts }: App): Handlers<'getQueueLive'> {
  return {
    getQueueLive: async ({ principal, params }) => ({
      status: 200,
      body: await liveCounts.get(principal, params.id),
    }),
  }
}
