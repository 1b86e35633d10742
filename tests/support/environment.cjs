// Node, and at the end of each test file a look at what is still open: a server, a socket, a process or a timer that
// outlives its file is a leak, and fails the file. Jest's own warning can't serve: a worker that takes longer than
// half a second to end, as on a busy machine, gets it too.

const { TestEnvironment } = require('jest-environment-node')

const WATCHED = new Set([
  'TCPServerWrap',
  'TCPSocketWrap',
  'PipeServerWrap',
  'ProcessWrap',
  'UDPWrap',
  'FSEventWrap',
  'Timeout',
])
/** What closes by itself within this time was being closed. */
const PATIENCE_MS = 3_000

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup()
    this.openBefore = count()
  }

  async teardown() {
    const left = await stillOpen(this.openBefore)
    await super.teardown()
    if (left.length > 0)
      throw new Error(`Left open by this file: ${left.join(', ')}. Close what a test opens.`)
  }
}

async function stillOpen(before) {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const more = [...count()].filter(([kind, open]) => open > (before.get(kind) ?? 0))
    if (more.length === 0 || performance.now() > deadline)
      return more.map(([kind, open]) => `${open} ${kind}`)
    await new Promise(resolve => setTimeout(resolve, 20).unref())
  }
}

/** Open handles by kind; those that keep no process alive are not among them. */
function count() {
  const counts = new Map()
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
