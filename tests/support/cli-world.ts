// The world of a command in a test: an environment, and what it printed.

import { run } from '../../server/src/cli/run.ts'
import type { World } from '../../server/src/cli/world.ts'

export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stopAsked: () => Promise<void> = () => new Promise(() => {}),
): Promise<{ code: number; out: string; complaints: string }> {
  const printed: string[] = []
  const complaints: string[] = []
  const world: World = {
    env,
    screen: {
      write: text => void printed.push(text),
      size: () => ({ columns: 200, rows: 50 }),
      isTerminal: false,
      onResize: () => () => {},
    },
    complain: text => void complaints.push(text),
    stopAsked,
  }
  const code = await run(args, world)
  return { code, out: printed.join(''), complaints: complaints.join('\n') }
}
