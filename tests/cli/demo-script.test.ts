import { profileBody, queueBody, representativeBody, statusBody, workstreamBody } from '@rollcall/shared'
import { CAST } from '../../server/src/cli/demo/cast.ts'
import { startDemo } from '../../server/src/cli/demo/player.ts'
import { type Step, script } from '../../server/src/cli/demo/script.ts'
import { systemClock } from '../../server/src/clock.ts'

describe('the cast of the demo', () => {
  it('has fifty people with ids and names of their own, in five queues', () => {
    expect(new Set(CAST.players.map(player => player.id)).size).toBe(50)
    expect(new Set(CAST.players.map(player => player.name)).size).toBe(50)
    const queues = new Set(CAST.queues.map(queue => queue.id))
    expect(queues.size).toBe(5)
    for (const queue of CAST.players.flatMap(player => player.queues)) expect(queues).toContain(queue)
  })

  it('is configured by bodies that the server accepts', () => {
    for (const one of CAST.queues) queueBody.parse(one)
    for (const one of CAST.profiles) profileBody.parse(one)
    for (const one of CAST.statuses) statusBody.parse(one)
    for (const one of CAST.workstreams) expect(workstreamBody.parse(one).selfAssign).toBe(true)
    for (const { takes: _, ...one } of CAST.players) representativeBody.parse(one)
  })
})

describe('the script of the demo', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(firstSteps(500, 7)).toEqual(firstSteps(500, 7))
    expect(firstSteps(500, 7)).not.toEqual(firstSteps(500, 8))
  })

  it('lets everybody sign in within 20 s', () => {
    const early = firstSteps(400, 7).filter(step => step.atMs <= 20_000 && step.act.kind === 'sign-in')
    expect(new Set(early.map(step => step.playerId)).size).toBe(50)
  })

  it('shows something about every second, and never two seconds of nothing', () => {
    const times = firstSteps(3_000, 7).map(step => step.atMs)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(1_500)
    expect(Math.max(...gaps)).toBeLessThan(10_000)
  })

  it('plays every kind of act, and comes back within the restore window and after it', () => {
    const steps = firstSteps(6_000, 7)
    const kinds = new Set<string>(steps.map(step => step.act.kind))
    for (const kind of [
      'sign-in',
      'drop',
      'return',
      'sign-out',
      'accept',
      'close',
      'transfer',
      'choose',
      'reset',
    ])
      expect(kinds).toContain(kind)
    const absences = steps
      .filter(step => step.act.kind === 'return')
      .map(back => back.atMs - (lastDropBefore(steps, back)?.atMs ?? 0))
    expect(absences.some(ms => ms < 150_000)).toBe(true)
    expect(absences.some(ms => ms > 151_000)).toBe(true)
  })

  it('asks nobody to work who is not there, and closes only what is hers', () => {
    const here = new Set<string>()
    const holder = new Map<string, string>()
    for (const { playerId, act } of firstSteps(6_000, 11)) {
      if (act.kind === 'sign-in' || act.kind === 'return') here.add(playerId)
      else expect(here).toContain(playerId)
      if (act.kind === 'drop' || act.kind === 'sign-out') here.delete(playerId)
      if (act.kind === 'accept') holder.set(act.workItemId, playerId)
      if (act.kind === 'close' || act.kind === 'transfer') expect(holder.get(act.workItemId)).toBe(playerId)
      if (act.kind === 'transfer') {
        expect(here).toContain(act.to)
        holder.set(act.workItemId, act.to)
      }
    }
  })
})

describe('the player of the demo', () => {
  it('refuses a server on another machine', async () => {
    const options = { cast: CAST, seed: 1, clock: systemClock, tokenFor: () => '', onRefusal: () => {} }
    await expect(startDemo({ ...options, url: 'https://presence.example.com' })).rejects.toThrow(
      'this machine',
    )
  })
})

function firstSteps(count: number, seed: number): readonly Step[] {
  const steps = script(CAST, seed)
  return Array.from({ length: count }, () => steps.next().value)
}

function lastDropBefore(steps: readonly Step[], back: Step): Step | undefined {
  return steps.findLast(
    step => step.atMs <= back.atMs && step.playerId === back.playerId && step.act.kind === 'drop',
  )
}
