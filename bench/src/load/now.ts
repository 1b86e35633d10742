/** Monotonic time in ms, the same in all processes of this machine: what one stamps another may compare. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1_000 + nanoseconds / 1e6
}
