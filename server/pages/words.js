// What a view says in a sentence: the words of the first page.

/** @typedef {import('@rollcall/shared').PresenceView} PresenceView */

const byRule = {
  'CA2.1': 'More work than capacity',
  'CA2.2': 'A blocking profile is used up',
  'CA2.3': 'All capacity is used up',
  'CA2.4': 'Has open work',
  'CA2.5': 'No open work',
}

/** After a reconnect the last rule is that of the return; what is shown still says how much is open. */
const byBase = { available: byRule['CA2.5'], busy: byRule['CA2.4'], 'do-not-disturb': byRule['CA2.3'] }

/** Why this presence, in a few words. @param {PresenceView} view @param {number} now */
export function whySentence(view, now) {
  const other = view.by ? view.by.name : null
  switch (view.origin) {
    case 'default':
      return 'Default at sign-in'
    case 'representative':
      return withNote(untilSentence('Own choice', view), view)
    case 'supervisor':
    case 'service':
      return withNote(untilSentence(`Set by ${other ?? `a ${view.origin}`}`, view), view)
    case 'capacity':
      return byRule[view.cause.rule] ?? byBase[view.base]
    case 'missed':
      return 'Missed an offer'
    case 'rejected':
      return 'Rejected an offer'
    case 'session-limit':
      return 'As many sessions open as allowed'
    case 'disconnected':
      return absenceSentence(view, now)
    case 'signed-out':
      return 'Signed out'
  }
}

/** @param {number} ms */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = n => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

function absenceSentence(view, now) {
  const gone = view.cause.event === 'signed-out' ? 'Signed out' : 'Connection lost'
  if (!view.restoreUntil) return gone
  const left = clock(Date.parse(view.restoreUntil) - now)
  return `${gone}; ${view.behind ? `${view.behind.text} again` : 'as before'} if back within ${left}`
}

function untilSentence(sentence, view) {
  if (!view.expiresAt) return sentence
  const at = new Date(view.expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return `${sentence}, until ${at}`
}

function withNote(sentence, view) {
  return view.note ? `${sentence}: ${view.note}` : sentence
}
