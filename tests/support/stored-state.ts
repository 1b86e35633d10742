// What a store holds, as one text: equal texts, equal facts and configuration.

import type { Storage } from '../../server/src/storage/storage.ts'

/** Of all tenants, with their feed positions. */
export async function stateOf(storage: Storage): Promise<string> {
  const tenants = await Promise.all(storage.tenants().map(tenant => storage.load(tenant)))
  return JSON.stringify(
    tenants.map(({ position, configuration, representatives, workItems, revocations }) => [
      position,
      configuration,
      [...representatives],
      [...workItems],
      [...revocations],
    ]),
  )
}
