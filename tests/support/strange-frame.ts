// One WebSocket frame that is nearly a packet of Socket.IO: another kind, cut short, or an event of a reserved name.

import { COMMANDS } from '@rollcall/shared'
import type { Garbage } from './garbage.ts'

export function strangeFrame({ pick, below, text, json, chance }: Garbage): string | Buffer {
  if (chance() < 0.1) return Buffer.from(text())
  const kind = pick([
    '40',
    '41',
    '42',
    '43',
    '44',
    '451-',
    '46',
    '450-',
    '49',
    '3',
    '2',
    '1',
    '6',
    '40/x,',
    '4',
  ])
  const event = pick([...Object.keys(COMMANDS), 'error', 'connect', 'disconnect', 'newListener', '__proto__'])
  const whole = `${kind}${pick(['', String(below(9)), '9'.repeat(30)])}${JSON.stringify([event, json()])}`
  return chance() < 0.5 ? whole : whole.slice(0, below(whole.length))
}
