// What one turn of the event loop sends to a socket leaves in one system call. A command is answered with two frames
// (`presence:self`, then the acknowledgement); each by itself was a write of 22 us, the dearest part of a command.

import type { Socket as NetSocket } from 'node:net'
import type { GatewaySocket } from './socket.ts'

/**
 * Holds frames until the present run of promises is through (from a timer: until the timer is), then sends them together,
 * in order. The answers of a group of commits come in one such run.
 */
export function gatherFrames({ conn }: GatewaySocket): void {
  let isHeld = false

  conn.on('packetCreate', () => {
    const { transport } = conn
    // Not writable: a write is under way, and Engine.IO gathers by itself.
    if (isHeld || !transport.writable) return
    isHeld = true
    transport.writable = false
    process.nextTick(() => {
      isHeld = false
      transport.writable = true
      const raw = rawOf(transport)
      raw?.cork()
      transport.emit('ready')
      raw?.uncork()
    })
  })
}

/** The TCP socket under Engine.IO's and ws's; null when it has gone. */
function rawOf(transport: object): NetSocket | null {
  const { socket } = transport as { readonly socket?: { readonly _socket?: NetSocket | null } }
  return socket?._socket ?? null
}
