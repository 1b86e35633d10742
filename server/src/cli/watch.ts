// `rollcall watch`: who is here and what they are doing. A table in a terminal; a line per change elsewhere.

import { createSupervisor, RollcallError, type SupervisorClient, type Watch } from '@rollcall/client'
import { splitList } from './token.ts'
import { type Access, accessTo } from './watch/access.ts'
import { printChanges } from './watch/lines.ts'
import { COLOURED, PLAIN } from './watch/paint.ts'
import { NOBODY } from './watch/table.ts'
import { drawTable } from './watch/terminal.ts'
import { Failure, type World } from './world.ts'

export interface WatchFlags {
  readonly url?: string
  readonly token?: string
  readonly queues?: string
  readonly json?: boolean
}

export async function watch(flags: WatchFlags, world: World): Promise<void> {
  const asked = world.stopAsked()
  const access = await accessTo(flags, world.env)
  const board = createSupervisor({ url: access.url, getToken: access.getToken })
  try {
    const begun = begin(board, access, flags.queues)
    const watch = await Promise.race([begun, asked])
    if (!watch) return
    if (flags.queues === undefined && access.watches.length === 0) {
      throw new Failure(
        'This token may watch no queue, so there is nobody to see. Watch with one that names queues; `rollcall token --sub you --role supervisor --watches "*"` makes one for all.',
      )
    }
    const undo = show(board, watch, flags, world)
    try {
      await Promise.race([asked, endOf(watch)])
    } finally {
      undo()
    }
  } finally {
    board.disconnect()
  }
}

/** Returns its undo. */
function show(board: SupervisorClient, watch: Watch, flags: WatchFlags, world: World): () => void {
  const { screen, env } = world
  if (flags.json || !screen.isTerminal) {
    if (watch.presences().size === 0) world.complain(NOBODY)
    return printChanges(board, watch, text => screen.write(text), flags.json === true)
  }
  const { NO_COLOR } = env
  return drawTable(board, watch, screen, NO_COLOR ? PLAIN : COLOURED)
}

async function begin(board: SupervisorClient, access: Access, queues: string | undefined): Promise<Watch> {
  try {
    return await board.watch({ queues: queues === undefined ? access.watches : splitList(queues) })
  } catch (error) {
    throw explained(error)
  }
}

/** Rejects when the server refuses to go on; never resolves. */
function endOf(watch: Watch): Promise<never> {
  return new Promise((_resolve, reject) => watch.onEnd(error => reject(explained(error))))
}

function explained(error: unknown): unknown {
  return error instanceof RollcallError
    ? new Failure(`The server refuses the watch: ${error.message}`)
    : error
}
