// One client of a server under load, whatever that server speaks.

export interface Session {
  /** What the server said first, as text; empty when it says nothing. */
  readonly greeting: string
  /** Sends a command and resolves with its acknowledgement as text, unparsed. Rejects when the socket ends. */
  command(event: string, payload: object): Promise<string>
  /** Ends without a word, as a lost tab does. */
  destroy(): void
}

export interface SessionOptions {
  readonly url: string
  /** Of the scripted socket: names it, and spreads sockets over addresses. */
  readonly index: number
  readonly sub: string
  readonly token: string
  readonly signIn: boolean
  /** Every frame that is neither an acknowledgement nor a heartbeat. Copy what outlives the call. */
  readonly onFrame?: (payload: Buffer) => void
}

export type OpenSession = (options: SessionOptions) => Promise<Session>

/** Acknowledgements by number, for dialects that number their commands. */
export function createAnswers() {
  const waiting = new Map<number, { resolve(text: string): void; reject(error: Error): void }>()
  let last = 0
  return {
    ask(send: (id: number) => void): Promise<string> {
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        send(id)
      })
    },
    settle(id: number, text: string): void {
      waiting.get(id)?.resolve(text)
      waiting.delete(id)
    },
    fail(): void {
      for (const { reject } of waiting.values()) reject(new Error('A socket ended before its answer came.'))
      waiting.clear()
    },
  }
}
