// A client of a Socket.IO server on raw frames: Rollcall's public protocol, and that of the peers on Socket.IO.

import { openFrames } from './frames.ts'
import { createAnswers, type OpenSession } from './session.ts'

const PATH = '/socket.io/?EIO=4&transport=websocket'
const PING = 0x32
const ACKNOWLEDGEMENT = '43'
const READY = '42["ready"'
const CHANGES = '42["presence:change'

/** For a server that greets with `ready`. */
export const openRollcall: OpenSession = options => openSocketIo(options, true)

/** For one that says nothing by itself. */
export const openBareSocketIo: OpenSession = options => openSocketIo(options, false)

async function openSocketIo(
  { url, index, token, signIn, onFrame }: Parameters<OpenSession>[0],
  greets: boolean,
): ReturnType<OpenSession> {
  const answers = createAnswers()
  let greeted: (text: string) => void = () => {}
  let refused: (error: Error) => void = () => {}
  const greeting = new Promise<string>((resolve, reject) => {
    greeted = resolve
    refused = reject
  })
  const frames = await openFrames(url, PATH, index, {
    onFrame(payload, { send }) {
      if (payload.length === 1 && payload[0] === PING) return send('3')
      const kind = payload.toString('latin1', 0, 19)
      if (kind.startsWith(ACKNOWLEDGEMENT)) {
        const start = payload.indexOf('[')
        return answers.settle(Number(payload.toString('latin1', 2, start)), payload.toString('utf8', start))
      }
      if (kind.startsWith(CHANGES)) return onFrame?.(payload)
      if (kind.startsWith('0')) return send(`40${JSON.stringify({ token, signIn })}`)
      if (kind.startsWith('44')) return refused(new Error(`The server refused a handshake: ${payload}`))
      if (kind.startsWith('40') && !greets) return greeted('')
      if (kind.startsWith(READY)) greeted(payload.toString('utf8', 2))
    },
    onEnd() {
      answers.fail()
      refused(new Error('The server closed a socket during its handshake.'))
    },
  })
  return {
    greeting: await greeting,
    command: (event, payload) => answers.ask(id => frames.send(`42${id}${JSON.stringify([event, payload])}`)),
    destroy: frames.destroy,
  }
}
