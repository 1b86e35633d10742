// The watch for a file or a pipe: first everybody, then each change, one line each.

import type { PresenceView, Watch } from '@rollcall/client'
import type { Screen } from '../world.ts'
import { renderLine } from './table.ts'

/** Returns its undo. */
export function printChanges(watch: Watch, screen: Screen, json: boolean): () => void {
  const print = (views: Iterable<PresenceView>) => {
    for (const view of views) screen.write(`${json ? JSON.stringify(view) : renderLine(view)}\n`)
  }
  print(watch.presences().values())
  return watch.onChange(({ changed, removed }) => {
    print(changed)
    for (const id of removed) {
      screen.write(
        json ? `${JSON.stringify({ representativeId: id, removed: true })}\n` : `${id} is watched no more\n`,
      )
    }
  })
}
