// A process to be killed: opens the embedded store of the build and, again and again, fills the history of a
// representative and erases it together with her. Says `open`, and the number of each round when it is acknowledged.

import { writeSync } from 'node:fs'
import { systemClock } from '../../server/dist/clock.js'
import { builtInConfiguration } from '../../server/dist/domain/built-in.js'
import { openEmbeddedStorage } from '../../server/dist/storage/embedded/open-embedded-storage.js'

const [, , directory] = process.argv
const store = await openEmbeddedStorage(directory, {
  clock: systemClock,
  initialConfiguration: builtInConfiguration(),
})
writeSync(1, 'open\n')

const cause = { event: 'removed', actor: { kind: 'system', id: 'rollcall' }, rule: 'PO4', inputs: {} }
const ROWS = 150

for (let round = 1; ; round += 1) {
  await Promise.all(Array.from({ length: ROWS }, (_, row) => store.update('acme', () => shown(row + 1))))
  await store.update('acme', erased)
  writeSync(1, `${round}\n`)
}

/** Her record says in its revision how many rows she has. */
function shown(row) {
  const profile = { name: 'ada', queues: [], capacity: { units: null, profiles: {} }, attributes: {} }
  const facts = {
    tenant: 'acme',
    representativeId: 'ada',
    revision: row,
    profile,
    link: { kind: 'signed-out' },
    work: [],
    tallies: {},
    limits: { units: null, profiles: {} },
    cause,
  }
  return {
    result: null,
    writes: [{ kind: 'representative', id: 'ada', record: facts, deadline: null }],
    history: ['ada', 'bo'].map(representativeId => ({ representativeId, at: row, statusId: 'busy' })),
    validUntil: null,
  }
}

function erased() {
  return {
    result: null,
    writes: [{ kind: 'representative', id: 'ada', record: null, deadline: null, cause, eraseHistory: true }],
    validUntil: null,
  }
}
