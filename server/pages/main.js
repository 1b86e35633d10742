// The first page: what runs, who is there and why, what to do next.

import { createSupervisor } from '/page/rollcall.js'
import { createLiveList } from './live-list.js'
import { fillNextSteps } from './next-steps.js'
import { createTry } from './try.js'

const at = id => document.getElementById(id)
const about = await (await fetch('/v1/about')).json()
at('fact-store').textContent = about.store === 'embedded' ? 'embedded, durable' : about.store
at('fact-mode').textContent = about.mode
at('fact-version').textContent = `${about.version}, protocol ${about.protocol}`
at('demo').hidden = !about.demo
fillNextSteps({ about, directory: document.body.dataset.directory })
if (about.demo)
  at('lead').textContent =
    'Demo: fifty simulated representatives come, take work, lose their connection, come back and go. Nothing here is real, and nothing leaves this machine.'

if (about.mode === 'development') await development()
else production()

async function development() {
  const board = createSupervisor({
    url: location.origin,
    getToken: () => devToken({ sub: 'grace', name: 'Grace', roles: ['supervisor'], watches: ['*'] }),
  })
  const now = () => board.serverNow()
  const list = createLiveList({ rows: at('rows'), tiles: at('tiles'), empty: at('empty'), now })
  at('try').hidden = false
  createTry({
    getToken: () => devToken({ sub: 'ada', name: 'Ada', roles: ['representative'], queues: ['billing'] }),
    now,
  })
  board.onConnectionChange(freshness)
  await board.connect()
  const watch = await board.watch({ queues: '*' })
  list.replace(watch.presences().values())
  watch.onSync(() => list.replace(watch.presences().values()))
  watch.onChange(({ changed, removed }) => {
    list.show(changed, { flash: true })
    list.remove(removed)
  })
}

function production() {
  at('empty').textContent =
    'Presence is for those who sign in. Connect a supervisor with the SDK or the terminal; the next steps say how.'
  at('freshness').hidden = true
}

function freshness(connection) {
  const words = {
    idle: 'Connecting',
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    draining: 'Moving to another server',
    offline: 'Not connected',
    stale: 'Stale',
    ended: 'Signed out',
  }
  const chip = at('freshness')
  chip.dataset.freshness = connection.kind
  chip.querySelector('b').textContent = words[connection.kind] ?? connection.kind
  const lost = connection.kind === 'reconnecting' || connection.kind === 'offline'
  at('banner').hidden = !lost
  if (lost)
    at('banner').textContent =
      'Not live: the connection to the server is lost. What you see is what was last known; it catches up by itself.'
}

async function devToken(claims) {
  const response = await fetch('/v1/dev/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  })
  const body = await response.json()
  if (!response.ok) throw new Error(body.detail ?? 'No token was given.')
  return body.token
}
