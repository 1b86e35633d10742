// A process to be killed: opens the embedded store of the build and commits without end, eight commits at a time. Says
// `open` when it owns the directory, and the number of each commit when it is acknowledged.

import { writeSync } from 'node:fs'
import { systemClock } from '../../server/dist/clock.js'
import { builtInConfiguration } from '../../server/dist/domain/built-in.js'
import { openEmbeddedStorage } from '../../server/dist/storage/embedded/open-embedded-storage.js'

const [, , directory, first] = process.argv
const store = await openEmbeddedStorage(directory, {
  clock: systemClock,
  initialConfiguration: builtInConfiguration(),
})
writeSync(1, 'open\n')

const cause = { event: 'work-accepted', actor: { kind: 'system', id: 'rollcall' }, rule: 'WK9', inputs: {} }
const padding = 'x'.repeat(500)
let next = Number(first)

await Promise.all(Array.from({ length: 8 }, commitForEver))

async function commitForEver() {
  for (;;) {
    const number = next++
    await store.update('acme', snapshot => commit(number, snapshot))
    writeSync(1, `${number}\n`)
  }
}

/** One commit: a representative, who counts, and a work item of the commit's number with a deadline. */
function commit(number, { now, representative }) {
  const id = `r${number % 20}`
  const connections = [{ connectionId: `c${number}`, incarnation: store.incarnation, at: now }]
  const facts = {
    tenant: 'acme',
    representativeId: id,
    revision: (representative(id)?.revision ?? 0) + 1,
    profile: {
      name: id,
      queues: [],
      capacity: { units: null, profiles: {} },
      attributes: { number, padding },
    },
    link: { kind: 'present', connections },
    tallies: {},
    releaseAt: null,
    replaced: null,
    work: [],
    limits: { units: null, profiles: {} },
    cause,
  }
  const item = {
    tenant: 'acme',
    workItemId: `w${number}`,
    representativeId: id,
    declines: {},
    padding,
    cause,
  }
  return {
    result: null,
    writes: [
      { kind: 'representative', id, record: facts, deadline: null },
      { kind: 'work-item', id: item.workItemId, record: item, deadline: number },
    ],
    history: [{ representativeId: id, at: now, statusId: `s${number}` }],
    validUntil: null,
    keep: { number },
  }
}
