// A client of the bare `ws` peer: objects as text frames, acknowledgements by number.

import { openFrames } from './frames.ts'
import { createAnswers, type OpenSession } from './session.ts'

export const openPlainWs: OpenSession = async ({ url, index, sub, onFrame }) => {
  const answers = createAnswers()
  const frames = await openFrames(url, `/?id=${sub}`, index, {
    onFrame(payload) {
      // {"ack":7,…} or {"changed":…}
      if (payload[2] !== 0x61) return onFrame?.(payload)
      const text = payload.toString()
      answers.settle(Number.parseInt(text.slice(7), 10), text)
    },
    onEnd: answers.fail,
  })
  return {
    greeting: '',
    command: (event, payload) => answers.ask(id => frames.send(JSON.stringify({ id, event, payload }))),
    destroy: frames.destroy,
  }
}
