// Results as tables for the terminal.

import type { B2Result } from './b2-commands.ts'
import type { Po1Result } from './po1-reevaluation.ts'

export function tableOfB2({ rollcall, bare, ratios }: B2Result): string {
  return [
    row('B2 choose, acknowledged', 'rollcall', 'bare socket.io', 'ratio', 'target'),
    row(
      'commands/s',
      rollcall.perSecond.toFixed(0),
      bare.perSecond.toFixed(0),
      ratios.throughput.toFixed(2),
      '>= 0.50',
    ),
    row(
      'server CPU us/command',
      rollcall.cpuUsPerCommand.toFixed(0),
      bare.cpuUsPerCommand.toFixed(0),
      ratios.cpu.toFixed(2),
      '<= 2.20',
    ),
    row('p50 ms, 64 in flight', rollcall.p50Ms.toFixed(2), bare.p50Ms.toFixed(2), '', ''),
    row('p99 ms, 64 in flight', rollcall.p99Ms.toFixed(2), bare.p99Ms.toFixed(2), '', ''),
    row('p50 ms, one at a time', rollcall.idleP50Ms.toFixed(2), bare.idleP50Ms.toFixed(2), '', '<= 1.00'),
  ].join('\n')
}

export function tableOfPo1({ people, rounds, median }: Po1Result): string {
  const all = (read: (round: Po1Result['median']) => number, digits: number) =>
    [median, ...rounds].map(round => read(round).toFixed(digits))
  return [
    row(`PO1, ${people} touched`, 'median', ...rounds.map((_, place) => `round ${place + 1}`)),
    row('ms, bound 1000', ...all(round => round.ms, 0)),
    row('longest command, ms', ...all(round => round.commandMaxMs, 1)),
    row('p50 of commands, ms', ...all(round => round.commandP50Ms, 1)),
    row('commands meanwhile', ...all(round => round.commands, 0)),
    row('loop stood still, ms', ...all(round => round.loopStoodStillMs, 1)),
    row('server CPU, ms', ...all(round => round.cpuMs, 0)),
  ].join('\n')
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(26) + cells.map(cell => cell.padStart(14)).join('')
}
