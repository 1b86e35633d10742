import fs from 'node:fs'
import { systemClock } from './dist/clock.js'
import { builtInConfiguration } from './dist/domain/built-in.js'
import { openEmbeddedStorage } from './dist/storage/embedded/open-embedded-storage.js'
fs.rmSync('/tmp/jb/store', { recursive: true, force: true })
const store = await openEmbeddedStorage('/tmp/jb/store', { clock: systemClock, initialConfiguration: builtInConfiguration() })
const cause = { event: 'work-accepted', actor: { kind: 'representative', id: 'ada' }, rule: 'CA2.4', inputs: { units: null, profiles: {}, items: 1 } }
let n = 0
function commit(snapshot) {
  const id = `r${n % 1000}`, number = n++
  const shown = { statusId: 'busy', text: 'Busy', base: 'busy', origin: 'capacity', by: null, note: null, expiresAt: null, since: snapshot.now }
  const before = snapshot.representative(id)
  const facts = { tenant: 'acme', representativeId: id, revision: (before?.revision ?? 0) + 1,
    profile: { name: id, queues: ['billing', 'sales'], defaultStatusId: null, capacity: { units: 100, profiles: { chat: 2 } }, attributes: {} },
    link: { kind: 'present', connections: [{ connectionId: 'abcdefghijklmnop', incarnation: store.incarnation, at: 1 }] },
    stance: { kind: 'none' }, next: null, work: [{ workItemId: `w${number}`, workstreamId: 'default', queueId: 'default', state: 'active', cost: { units: 0, profiles: [] }, attributes: {}, since: 1, holdsCapacity: true, capacityUntil: null, expiresAt: null, routed: false }],
    tallies: {}, limits: { units: 100, profiles: {} }, notices: [], shown, cause, configurationVersion: 0 }
  const item = { tenant: 'acme', workItemId: `w${number >> 1}`, revision: 1, workstreamId: 'default', queueId: 'default', state: 'active', representativeId: id, offeredTo: null, cost: { units: 0, profiles: [] }, priority: 0, attributes: {}, since: 1, queuedAt: null, declines: {}, routed: false, touchedAt: 1, closedAt: null, cause }
  return { result: null, validUntil: null, keep: { outcome: 'done' },
    writes: [{ kind: 'representative', id, record: facts, deadline: null }, { kind: 'work-item', id: item.workItemId, record: item, deadline: null }],
    history: [{ representativeId: id, at: snapshot.now, statusId: 'busy', text: 'Busy', base: 'busy', origin: 'capacity', by: null, behind: null, signedIn: true, queues: ['billing', 'sales'], cause }] }
}
const lat = []
for (let i = 0; i < 1000; i++) { const t = performance.now(); await store.update('acme', commit); lat.push(performance.now() - t) }
lat.sort((a, b) => a - b)
for (let k = 0; k < 3; k++) {
  const N = 60000, lat2 = []; let left = N
  const cpu = process.cpuUsage(), t0 = performance.now()
  await Promise.all(Array.from({ length: 64 }, async () => { while (left-- > 0) { const t = performance.now(); await store.update('acme', commit); lat2.push(performance.now() - t) } }))
  const s = (performance.now() - t0) / 1000, c = process.cpuUsage(cpu)
  lat2.sort((a, b) => a - b)
  console.log('lone p50', lat[500].toFixed(3), 'p99', lat[990].toFixed(3), '| 64 in flight:', Math.round(N / s), '/s, cpu us/commit', ((c.user + c.system) / N).toFixed(1), 'user', (c.user / N).toFixed(1), 'p50', lat2[N >> 1].toFixed(2), 'p99', lat2[Math.floor(N * .99)].toFixed(2), 'max', lat2.at(-1).toFixed(1))
}
const t = performance.now(); await store.close(); console.log('close', (performance.now() - t).toFixed(0), 'ms', process.memoryUsage().rss >> 20, 'MB')
const t2 = performance.now(); const s2 = await openEmbeddedStorage('/tmp/jb/store', { clock: systemClock, initialConfiguration: builtInConfiguration() }); console.log('reopen', (performance.now() - t2).toFixed(0), 'ms', fs.statSync('/tmp/jb/store/data/data.mdb', {}).size >> 20, 'MB'); await s2.close()
