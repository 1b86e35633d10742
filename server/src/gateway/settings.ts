// What the socket transport is tuned by; architecture notes in docs say what each trades.

export interface GatewaySettings {
  /** ms. Silent loss is seen within pingInterval + pingTimeout (DI5: 18 s); pingTimeout is also the longest stall tolerated. */
  readonly pingInterval: number
  readonly pingTimeout: number
  /** ms until a socket that never joined is closed. */
  readonly connectTimeout: number
  /** Bytes of one frame; commands are under 2 KB. */
  readonly maxFrameBytes: number
  /** Views in one page of a state. */
  readonly pageSize: number
  /** ms between two batches of changes: nine times what the last one cost, within these bounds (SU4: at most 100). */
  readonly flushMinMs: number
  readonly flushMaxMs: number
  /** Frames that wait in a watcher's socket: above `slowFrames` it is cut off from changes, above `deadFrames` closed (SU5). */
  readonly slowFrames: number
  readonly deadFrames: number
  /** ms a watcher may stay cut off. */
  readonly slowMs: number
  /** ms between two `head` messages. */
  readonly headMs: number
  /** ms between two looks at the counts of queues; each queue is told at most that often (SU6). */
  readonly liveMs: number
}

export const GATEWAY_SETTINGS: GatewaySettings = {
  pingInterval: 10_000,
  pingTimeout: 8_000,
  connectTimeout: 10_000,
  maxFrameBytes: 16_384,
  pageSize: 500,
  flushMinMs: 2,
  flushMaxMs: 50,
  slowFrames: 64,
  deadFrames: 256,
  slowMs: 30_000,
  headMs: 5_000,
  liveMs: 1_000,
}
