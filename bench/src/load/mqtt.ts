// A client of an MQTT 3.1.1 broker, as little as presence needs: a will message, retained topics, and publishing
// with an acknowledgement (QoS 1).

import { connect } from 'node:net'
import { addressOf } from './frames.ts'
import { createAnswers, type OpenSession } from './session.ts'

const CONNACK = 2
const PUBLISH = 3
const PUBACK = 4
const SUBACK = 9
const PING_MS = 20_000
const KEEP_ALIVE_S = 40

/** Topics are `presence/<id>`. The command `watch` subscribes to all of them; every other publishes the payload, retained. */
export const openMqtt: OpenSession = async ({ url, index, sub, signIn, onFrame }) => {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), ...addressOf(index), noDelay: true })
  const answers = createAnswers()
  const topic = `presence/${sub}`
  const ping = setInterval(() => socket.write(Buffer.from([0xc0, 0])), PING_MS)
  const accepted = new Promise<void>((resolve, reject) => {
    const take = packetReader((type, flags, body) => {
      if (type === CONNACK) resolve()
      else if (type === PUBACK || type === SUBACK) answers.settle(body.readUInt16BE(0), '{"ok":true}')
      else if (type === PUBLISH) onFrame?.(payloadOf(flags, body))
    })
    socket.on('data', take)
    socket.on('error', reject)
    socket.on('close', () => {
      clearInterval(ping)
      answers.fail()
      reject(new Error('The broker closed a connection.'))
    })
  })
  const will = signIn ? [text(topic), text('{"statusId":"offline"}')] : []
  socket.write(packet(0x10, text('MQTT'), [4, signIn ? 0x26 : 0x02, 0, KEEP_ALIVE_S], text(sub), ...will))
  await accepted
  return {
    greeting: '',
    command: (event, payload) =>
      answers.ask(id => {
        const number = [(id >> 8) & 0xff, id & 0xff]
        if (event === 'watch') socket.write(packet(0x82, number, text('presence/#'), [0]))
        else socket.write(packet(0x33, text(topic), number, Buffer.from(JSON.stringify(payload))))
      }),
    destroy() {
      socket.destroy()
    },
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

function packet(head: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map(part => Buffer.from(part)))
  const length: number[] = []
  for (let rest = body.length; length.length === 0 || rest > 0; rest = Math.floor(rest / 128))
    length.push((rest % 128) + (rest >= 128 ? 128 : 0))
  return Buffer.concat([Buffer.from([head, ...length]), body])
}

function payloadOf(flags: number, body: Buffer): Buffer {
  const hasNumber = (flags & 0x06) > 0
  return body.subarray(2 + body.readUInt16BE(0) + (hasNumber ? 2 : 0))
}

function packetReader(onPacket: (type: number, flags: number, body: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk: Buffer): void => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const measured = lengthAt(bytes, at + 1)
      if (!measured || bytes.length < measured.from + measured.length) break
      const head = bytes.readUInt8(at)
      at = measured.from + measured.length
      onPacket(head >> 4, head & 0x0f, bytes.subarray(measured.from, at))
    }
    rest = bytes.subarray(at)
  }
}

/** MQTT's remaining length: seven bits a byte, the lowest first; null: not all of it is here. */
function lengthAt(bytes: Buffer, from: number): { from: number; length: number } | null {
  let length = 0
  for (let i = 0; i < 4; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    length += (byte & 0x7f) * 128 ** i
    if (byte < 128) return { from: from + i + 1, length }
  }
  throw new Error('The broker sent a packet of impossible length.')
}
