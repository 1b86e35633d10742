// One badge per presence, told apart by shape as well as by colour.

const SVG = 'http://www.w3.org/2000/svg'
const shapes = {
  available: { colour: 'available', filled: true, mark: 'M4.6 8.2l2.2 2.2 4.4-4.6' },
  busy: { colour: 'busy', filled: true, mark: '' },
  'do-not-disturb': { colour: 'busy', filled: true, mark: 'M4.6 8h6.8' },
  away: { colour: 'away', filled: true, mark: 'M8 4.6V8l2.6 1.8' },
  inactive: { colour: 'away', filled: false, mark: 'M8 4.6V8l2.6 1.8' },
  offline: { colour: 'none', filled: false, mark: 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4' },
  'signed-out': { colour: 'none', filled: false, mark: '' },
}

/** The name of the badge of a view: its base, but Inactive and signed out have their own. */
export function badgeName(view) {
  if (!view.signedIn) return 'signed-out'
  return view.statusId === 'inactive' ? 'inactive' : view.base
}

/** @param {keyof typeof shapes} name */
export function badge(name) {
  const { colour, filled, mark } = shapes[name]
  const svg = element('svg', { viewBox: '0 0 16 16', class: 'badge', 'aria-hidden': 'true' })
  const paint = `var(--${colour})`
  svg.append(
    element('circle', {
      cx: 8,
      cy: 8,
      r: filled ? 7.5 : 6.6,
      fill: filled ? paint : 'none',
      stroke: filled ? 'none' : paint,
      'stroke-width': 1.7,
    }),
  )
  if (mark)
    svg.append(
      element('path', {
        d: mark,
        fill: 'none',
        stroke: filled ? 'var(--card)' : paint,
        'stroke-width': 1.7,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    )
  return svg
}

function element(name, attributes) {
  const node = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value))
  return node
}
