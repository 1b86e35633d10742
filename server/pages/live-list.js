// The live list: one row per representative, touched only when her view changed; one timer for all clocks.

import { badge, badgeName } from './badge.js'
import { clock, whySentence } from './words.js'

const order = ['available', 'busy', 'do-not-disturb', 'away', 'inactive', 'offline', 'signed-out']
const labels = {
  available: 'Available',
  busy: 'Busy',
  'do-not-disturb': 'Do not disturb',
  away: 'Away',
  inactive: 'Inactive',
  offline: 'Offline',
  'signed-out': 'Signed out',
}

/** @param {{ rows: HTMLElement, tiles: HTMLElement, empty: HTMLElement, now: () => number }} parts */
export function createLiveList({ rows, tiles, empty, now }) {
  /** @type {Map<string, { row: HTMLTableRowElement, view: any, cells: HTMLTableCellElement[] }>} */
  const known = new Map()
  setInterval(() => {
    for (const entry of known.values()) tick(entry, now())
  }, 1000)

  return {
    /** @param {Iterable<any>} views @param {{ flash: boolean }} options */
    show(views, { flash }) {
      for (const view of views) showOne(view, flash)
      settle()
    },
    /** @param {Iterable<string>} ids */
    remove(ids) {
      for (const id of ids) {
        known.get(id)?.row.remove()
        known.delete(id)
      }
      settle()
    },
    /** @param {Iterable<any>} views */
    replace(views) {
      const all = [...views]
      const stays = new Set(all.map(view => view.representativeId))
      this.remove([...known.keys()].filter(id => !stays.has(id)))
      this.show(all, { flash: false })
    },
  }

  function showOne(view, flash) {
    let entry = known.get(view.representativeId)
    if (!entry) {
      const row = document.createElement('tr')
      const cells = Array.from({ length: 6 }, () => row.insertCell())
      for (const [i, name] of ['name', 'presence', 'why', 'number since', 'number work', 'queues'].entries())
        cells[i].className = name
      entry = { row, view, cells }
      known.set(view.representativeId, entry)
    }
    entry.view = view
    const { row, cells } = entry
    row.dataset.testid = `row-${view.representativeId}`
    row.dataset.base = view.base
    row.dataset.revision = String(view.revision)
    cells[0].textContent = view.name
    cells[1].replaceChildren(badge(badgeName(view)), view.signedIn ? view.text : 'Signed out')
    cells[3].title = new Date(view.since).toLocaleString()
    cells[4].textContent = view.work.length ? String(view.work.length) : '–'
    cells[5].textContent = view.queues.join(', ') || '–'
    tick(entry, now())
    if (flash) {
      row.classList.remove('changed')
      void row.offsetWidth // starts the animation again
      row.classList.add('changed')
    }
  }

  function tick({ view, cells }, at) {
    const why = whySentence(view, at)
    if (cells[2].dataset.text !== why) {
      cells[2].dataset.text = why
      cells[2].textContent = why
      cells[2].title = `${view.cause.event}, rule ${view.cause.rule}`
    }
    cells[3].textContent = clock(at - Date.parse(view.since))
  }

  function settle() {
    const entries = [...known.values()]
    const rank = entry => order.indexOf(badgeName(entry.view))
    // Signed-out people last, everybody else by name: rows do not jump with each change of presence.
    entries.sort(
      (a, b) => Number(rank(a) === 6) - Number(rank(b) === 6) || a.view.name.localeCompare(b.view.name),
    )
    entries.forEach(({ row }, i) => {
      if (rows.children[i] !== row) rows.insertBefore(row, rows.children[i] ?? null)
    })
    empty.hidden = entries.length > 0
    empty.textContent = 'Nobody has signed in yet. Sign in as Ada here, or start with DEMO=1.'
    tiles.replaceChildren(
      ...order.flatMap(name => {
        const count = entries.filter(entry => badgeName(entry.view) === name).length
        if (count === 0) return []
        const item = document.createElement('li')
        item.title = labels[name]
        const words = Object.assign(document.createElement('span'), {
          className: 'sr',
          textContent: `${labels[name]}: `,
        })
        item.append(badge(name), words, String(count))
        return [item]
      }),
    )
  }
}
