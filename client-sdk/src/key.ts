/** Names one command, so that a repeated one changes nothing: 128 random bits. */
export function newKey(): string {
  // `randomUUID` exists on secure origins only.
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
