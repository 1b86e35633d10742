// Work that would hold the event loop, in pieces: one piece a turn, whoever it is for, so that ten watchers who
// join at once cost the others no more than one does.

export interface Slices {
  run(piece: () => void): void
  stop(): void
}

export function createSlices(): Slices {
  const pieces: (() => void)[] = []
  let turn: NodeJS.Immediate | null = null

  function work(): void {
    turn = null
    pieces.shift()?.()
    if (pieces.length > 0) turn ??= setImmediate(work)
  }

  return {
    run(piece) {
      pieces.push(piece)
      turn ??= setImmediate(work)
    },
    stop() {
      if (turn) clearImmediate(turn)
      pieces.length = 0
    },
  }
}
