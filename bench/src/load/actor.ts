// A part of the load generator in a process of its own, called like an object: its event loop, its file descriptors
// and its CPU time are nobody else's.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Every method takes one argument, so that a call is a name and a value. */
type Methods = Readonly<Record<string, (argument: never) => Promise<unknown>>>

export interface Actor<Called extends Methods> {
  call<Name extends keyof Called & string>(
    name: Name,
    argument: Parameters<Called[Name]>[0],
  ): Promise<Awaited<ReturnType<Called[Name]>>>
  stop(): Promise<void>
}

interface Call {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}
interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** `script`: a module beside this one that calls `serveActor`. */
export function startActor<Called extends Methods>(script: string): Actor<Called> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { serialization: 'advanced' })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  child.on('message', ({ id, value, error }: Answer) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(value)
    else call?.reject(new Error(error))
  })
  const ended = new Promise<void>(resolve => {
    child.on('exit', code => {
      for (const { reject } of waiting.values()) reject(new Error(`${script} ended with code ${code}.`))
      waiting.clear()
      resolve()
    })
  })
  return {
    call(name, argument) {
      last += 1
      const call: Call = { id: last, name, argument }
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(call.id, { resolve, reject }))
      child.send(call)
      // The child answers with what the method of that name returned; only the tie of the types is lost on the way.
      return answer as Promise<Awaited<ReturnType<Called[typeof name]>>>
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function serveActor(methods: Methods): void {
  process.on('message', async ({ id, name, argument }: Call) => {
    const answer = (answer: Answer) => void process.send?.(answer)
    try {
      const method = methods[name]
      if (!method) throw new Error(`There is no method ${name}.`)
      answer({ id, value: await method(argument as never) })
    } catch (error) {
      answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.on('disconnect', () => process.exit())
}
