// The watch for a file or a pipe: first everybody, with since when it is so, then each change, with when it was told:
// several changes may share a `since`, which work does not touch.

import type { PresenceView, SupervisorClient, Watch } from '@rollcall/client'
import { renderLine } from './table.ts'

/** Returns its undo. */
export function printChanges(
  board: Pick<SupervisorClient, 'serverNow'>,
  watch: Pick<Watch, 'presences' | 'onChange'>,
  write: (text: string) => void,
  json: boolean,
): () => void {
  const print = (view: PresenceView, at: number) =>
    write(`${json ? JSON.stringify(view) : renderLine(view, at)}\n`)

  for (const view of watch.presences().values()) print(view, Date.parse(view.since))
  return watch.onChange(({ changed, removed }) => {
    const now = board.serverNow()
    for (const view of changed) print(view, now)
    for (const id of removed) {
      write(
        json
          ? `${JSON.stringify({ representativeId: id, removed: true })}\n`
          : `${new Date(now).toISOString()} ${id} is watched no more\n`,
      )
    }
  })
}
