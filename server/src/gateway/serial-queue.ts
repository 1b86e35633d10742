// One thing after the other: register, commands and unregister of a socket never overlap, so that the end of a
// connection can't overtake its beginning.

export interface SerialQueue {
  /** Runs `task` after all earlier ones. It must not throw. Resolves when it is done. */
  run(task: () => Promise<void> | void): Promise<void>
  /** Resolves when everything queued so far is done. */
  settled(): Promise<void>
}

export function createSerialQueue(): SerialQueue {
  let tail: Promise<void> = Promise.resolve()
  return {
    run(task) {
      tail = tail.then(task)
      return tail
    },
    settled: () => tail,
  }
}
