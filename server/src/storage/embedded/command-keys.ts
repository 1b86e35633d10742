// Commands that were carried out in the last five minutes, so that a repeated one changes nothing.

import type { CommandKey } from '../storage.ts'
import type { KeptCommand } from './commit.ts'

/** How long a key is remembered, by the store's time. */
export const COMMAND_KEY_MS = 5 * 60_000

export interface CommandKeys {
  /** The command kept under this key; null when there is none, or it is older than five minutes. */
  find(tenant: string, key: CommandKey, now: number): KeptCommand | null
  remember(command: KeptCommand): void
  /** All of them, oldest first. */
  all(): Iterable<KeptCommand>
}

export function createCommandKeys(): CommandKeys {
  // In the order of time, because a map keeps the order of insertion: the expired ones are at its front.
  const kept = new Map<string, KeptCommand>()

  function dropExpired(now: number): void {
    for (const [name, command] of kept) {
      if (!expired(command, now)) return
      kept.delete(name)
    }
  }

  return {
    find(tenant, key, now) {
      dropExpired(now)
      const command = kept.get(nameOf(tenant, key))
      return command && !expired(command, now) ? command : null
    },
    remember(command) {
      const name = nameOf(command.tenant, command)
      kept.delete(name)
      kept.set(name, command)
      dropExpired(command.at)
    },
    all: () => kept.values(),
  }
}

function expired(command: KeptCommand, now: number): boolean {
  return now - command.at >= COMMAND_KEY_MS
}

/** JSON keeps the three parts apart, whatever characters a client puts into its key. */
function nameOf(tenant: string, key: Pick<CommandKey, 'actor' | 'key'>): string {
  return JSON.stringify([tenant, key.actor, key.key])
}
