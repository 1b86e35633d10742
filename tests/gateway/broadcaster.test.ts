import { createBroadcaster } from '../../server/src/gateway/broadcaster.ts'
import type { GatewayServer } from '../../server/src/gateway/socket.ts'
import { until } from '../support/until.ts'

function recorder() {
  const sent: { readonly ids: readonly string[]; readonly reason: string }[] = []
  const to = (ids: string[]) => ({
    emit: (_name: string, { reason }: { reason: string }) => sent.push({ ids, reason }),
  })
  return { sent, io: { local: { to } } as unknown as GatewayServer }
}
const targets = (count: number, isWanted: (index: number) => boolean = () => true) =>
  Array.from({ length: count }, (_, index) => ({ socketId: `s${index}`, isWanted: () => isWanted(index) }))

it('[SU4] many sockets are served in slices, in the order of sending', async () => {
  const { sent, io } = recorder()
  const broadcaster = createBroadcaster(io)
  broadcaster.send(targets(600), 'presence:resync', { reason: 'first' })
  broadcaster.send(targets(1), 'presence:resync', { reason: 'second' })
  expect(sent.map(({ ids }) => ids.length)).toEqual([256])
  expect(broadcaster.backlog()).toBe(3)
  await until('the rest', () => broadcaster.backlog() === 0)
  expect(sent.map(({ ids, reason }) => [ids.length, reason])).toEqual([
    [256, 'first'],
    [256, 'first'],
    [88, 'first'],
    [1, 'second'],
  ])
})

it('[SU3] who does not want it any more, when its turn comes, is left out', async () => {
  const { sent, io } = recorder()
  const broadcaster = createBroadcaster(io)
  let open = true
  broadcaster.send(
    targets(300, index => index !== 0 && (index < 256 || open)),
    'presence:resync',
    { reason: 'x' },
  )
  open = false
  await until('the rest', () => broadcaster.backlog() === 0)
  // The second slice had nobody left: an emit to no room would have reached everybody.
  expect(sent.map(({ ids }) => ids.length)).toEqual([255])
})
