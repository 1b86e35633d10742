// The world of a command in a test: an environment, what it printed, and how it ended.

import { run } from '../../server/src/cli/run.ts'
import type { World } from '../../server/src/cli/world.ts'

export interface RunningCommand {
  out(): string
  complaints(): string
  /** What a first SIGTERM does. */
  stop(): void
  readonly exitCode: Promise<number>
}

export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCommand {
  const printed: string[] = []
  const complaints: string[] = []
  let stop = () => {}
  const stopAsked = new Promise<void>(resolve => {
    stop = resolve
  })
  const world: World = {
    env,
    screen: {
      write: text => void printed.push(text),
      size: () => ({ columns: 200, rows: 50 }),
      isTerminal: false,
      onResize: () => () => {},
    },
    complain: text => void complaints.push(text),
    stopAsked: () => stopAsked,
  }
  return {
    out: () => printed.join(''),
    complaints: () => complaints.join('\n'),
    stop: () => stop(),
    exitCode: run(args, world),
  }
}

/** For commands that end by themselves. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; complaints: string }> {
  const command = startCommand(args, env)
  return { code: await command.exitCode, out: command.out(), complaints: command.complaints() }
}
