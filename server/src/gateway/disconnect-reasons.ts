// Why a socket ended, in our words: for the log, the feed and whoever asks "what happened to her?".

const REASONS: Readonly<Record<string, string>> = {
  'transport close': 'closed',
  'client namespace disconnect': 'closed',
  'transport error': 'network-error',
  'ping timeout': 'silent',
  'parse error': 'bad-message',
  'forced close': 'bad-message',
  'forced server close': 'bad-message',
  'server shutting down': 'node-stopped',
  'server namespace disconnect': 'node-stopped',
}

/** `reason` is Socket.IO's. What this server closed itself has its own reason before it gets here. */
export function disconnectReason(reason: string): string {
  return REASONS[reason] ?? 'closed'
}
