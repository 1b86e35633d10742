// The watch in a terminal: draws the table on the alternate screen, at most ten times a second, and gives the
// screen back as it was.

import type { ConnectionState, SupervisorClient, Watch } from '@rollcall/client'
import type { Screen } from '../world.ts'
import type { Paint } from './paint.ts'
import { type Freshness, renderTable } from './table.ts'

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const HOME = '\u001b[H'
const TO_END_OF_LINE = '\u001b[K'
const TO_END_OF_SCREEN = '\u001b[J'

const LEAST_GAP_MS = 100
/** The clocks of SINCE run by the second. */
const CLOCK_MS = 1_000

/** Returns its undo, which restores the screen. */
export function drawTable(board: SupervisorClient, watch: Watch, screen: Screen, paint: Paint): () => void {
  let pending: NodeJS.Timeout | null = null

  const draw = () => {
    pending = null
    const views = [...watch.presences().values()]
    const freshness = freshnessOf(board.getConnection())
    const lines = renderTable(views, screen.size(), board.serverNow(), freshness, paint)
    screen.write(HOME + lines.map(line => line + TO_END_OF_LINE).join('\n') + TO_END_OF_SCREEN)
  }
  const drawSoon = () => {
    pending ??= setTimeout(draw, LEAST_GAP_MS)
  }

  screen.write(ENTER)
  draw()
  const ticking = setInterval(drawSoon, CLOCK_MS)
  const undo = [watch.onChange(drawSoon), board.onConnectionChange(drawSoon), screen.onResize(drawSoon)]

  return () => {
    clearInterval(ticking)
    if (pending) clearTimeout(pending)
    for (const each of undo) each()
    screen.write(LEAVE)
  }
}

function freshnessOf(state: ConnectionState): Freshness {
  switch (state.kind) {
    case 'live':
    case 'draining':
      return { kind: 'live' }
    case 'idle':
    case 'connecting':
      return { kind: 'connecting' }
    case 'stale':
      return { kind: 'stale', because: 'no sign of life from the server' }
    case 'reconnecting':
    case 'offline':
      return { kind: 'reconnecting', because: state.because }
    case 'ended':
      return { kind: 'ended', because: state.message }
  }
}
