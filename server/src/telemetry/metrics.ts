import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One registry per server, so that several can live in one process. Every metric says in its help what it counts. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'rollcall_' })
  return {
    registry,
    connections: new Gauge({
      name: 'rollcall_connections',
      help: 'Open sockets of this node, by what they are for.',
      labelNames: ['kind'],
      registers,
    }),
    commands: new Counter({
      name: 'rollcall_commands_total',
      help: 'Commands answered, by transport, name and outcome (ok or an error code).',
      labelNames: ['transport', 'command', 'outcome'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'rollcall_command_seconds',
      help: 'From receipt of a command to its answer.',
      labelNames: ['transport', 'command'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    refusals: new Counter({
      name: 'rollcall_refusals_total',
      help: 'Bad input and refused handshakes, by transport and error code.',
      labelNames: ['transport', 'code'],
      registers,
    }),
    commits: new Counter({
      name: 'rollcall_commits_total',
      help: 'Commits to the store, by the event that caused them.',
      labelNames: ['event'],
      registers,
    }),
    deadlinesFired: new Counter({
      name: 'rollcall_deadlines_fired_total',
      help: 'Deadlines that took effect in a sweep.',
      registers,
    }),
    deadlineLateSeconds: new Histogram({
      name: 'rollcall_deadline_late_seconds',
      help: 'How late a sweep was (bound: 1 s).',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
    delivered: new Counter({
      name: 'rollcall_changes_delivered_total',
      help: 'Changed representatives sent to watchers, counted once per watcher.',
      registers,
    }),
    slowWatchers: new Counter({
      name: 'rollcall_slow_watchers_total',
      help: 'Watchers that were cut off from changes because they read too slowly.',
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
