import { profileBody, queueBody, representativeBody, statusBody, workstreamBody } from '@rollcall/shared'
import type { Step } from '../../server/src/cli/simulation/acts.ts'
import { CAST, castOf, profileOf } from '../../server/src/cli/simulation/cast.ts'
import { SESSION_LIMIT } from '../../server/src/cli/simulation/drills.ts'
import { DEMO_DAY } from '../../server/src/cli/simulation/floor.ts'
import { startPlay } from '../../server/src/cli/simulation/player.ts'
import { script } from '../../server/src/cli/simulation/script.ts'
import { systemClock } from '../../server/src/clock.ts'

describe('the cast', () => {
  it('has fifty people with ids and names of their own, in five queues', () => {
    expect(new Set(CAST.players.map(player => player.id)).size).toBe(50)
    expect(new Set(CAST.players.map(player => player.name)).size).toBe(50)
    const queues = new Set(CAST.queues.map(queue => queue.id))
    expect(queues.size).toBe(5)
    for (const queue of CAST.players.flatMap(player => player.queues)) expect(queues).toContain(queue)
  })

  it('grows to as many as are asked for, each with an id of her own', () => {
    const { players } = castOf(120, 5_000)
    expect(new Set(players.map(player => player.id)).size).toBe(120)
    for (const player of players) representativeBody.parse(profileOf(player))
  })

  it('names only profiles that it configures, also when a run has one of its own', () => {
    for (const cast of [CAST, castOf(50, 5_000, { run: 'x1', endOfDay: '12:30' })]) {
      const profiles = cast.profiles.map(({ id }) => id)
      for (const { cost } of cast.workstreams)
        expect(profiles).toEqual(expect.arrayContaining([...(cost?.profiles ?? [])]))
      for (const { capacity } of cast.players)
        expect(profiles).toEqual(expect.arrayContaining(Object.keys(capacity.profiles)))
    }
    const [, , cases] = castOf(50, 5_000, { run: 'x1', endOfDay: '12:30' }).profiles
    expect(cases).toMatchObject({ id: 'cases-x1', reset: 'end-of-day', endOfDay: '12:30', timeZone: 'UTC' })
  })

  it('is configured by bodies that the server accepts', () => {
    for (const one of CAST.queues) queueBody.parse(one)
    for (const one of CAST.profiles) profileBody.parse(one)
    for (const one of CAST.statuses) statusBody.parse(one)
    for (const one of CAST.workstreams) expect(workstreamBody.parse(one).selfAssign).toBe(true)
    for (const player of CAST.players) representativeBody.parse(profileOf(player))
  })
})

describe('the script', () => {
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
      ...['sign-in', 'drop', 'return', 'sign-out', 'pick', 'assign', 'offer', 'answer', 'reject'],
      ...['wait', 'resume', 'wrap-up', 'close', 'transfer', 'choose', 'reset', 'cancel-next'],
      ...['reload', 'open-tab', 'close-tab', 'hang-up', 'withdraw', 'release', 'take-away'],
      ...['choose-many', 'reset-many'],
    ])
      expect(kinds).toContain(kind)
    // A demo spares its viewers these.
    for (const kind of ['cut', 'configure']) expect(kinds).not.toContain(kind)
    const absences = steps
      .filter(step => step.act.kind === 'return')
      .map(back => back.atMs - (lastDropBefore(steps, back)?.atMs ?? 0))
    expect(absences.some(ms => ms < 150_000)).toBe(true)
    expect(absences.some(ms => ms > 151_000)).toBe(true)
  })

  it('transfers straight, as an offer, and to a queue; queues choices; takes what waits in a queue', () => {
    const acts = firstSteps(6_000, 7).map(step => step.act)
    const transfers = acts.filter(act => act.kind === 'transfer')
    expect(transfers.some(act => act.offer)).toBe(true)
    expect(transfers.some(act => !act.offer && 'representativeId' in act.to)).toBe(true)
    expect(transfers.some(act => 'queueId' in act.to)).toBe(true)
    expect(acts.some(act => act.kind === 'choose' && act.when === 'after-work')).toBe(true)
    expect(acts.some(act => act.kind === 'offer' && act.force)).toBe(true)
    const picked = acts.filter(act => act.kind === 'pick').map(act => act.workItemId)
    expect(new Set(picked).size).toBeLessThan(picked.length)
  })

  it('floods a desk, changes the configuration and back, and cuts networks where it shall', () => {
    const steps = script(CAST, 7, { ...DEMO_DAY, drills: true, cuts: true })
    const acts = Array.from({ length: 6_000 }, () => steps.next().value)
    const changes = acts.flatMap(({ act }) => (act.kind === 'configure' ? [act.change.what] : []))
    expect(new Set(changes)).toEqual(new Set(['profile', 'units', 'policy']))
    const home = new Set(CAST.players.filter(({ fromHome }) => fromHome).map(({ id }) => id))
    const cuts = acts.filter(({ act }) => act.kind === 'cut')
    expect(cuts.length).toBeGreaterThan(5)
    for (const { playerId } of cuts) expect(home).toContain(playerId)
    const cases = acts.filter(({ act }) => act.kind === 'assign' && act.workstreamId === 'case')
    const most = Math.max(
      ...cases.map(
        first =>
          cases.filter(
            ({ atMs, playerId }) =>
              playerId === first.playerId && atMs >= first.atMs && atMs < first.atMs + 5_000,
          ).length,
      ),
    )
    expect(most).toBeGreaterThan(SESSION_LIMIT)
  })

  it.each([7, 8, 101])(
    'always has a few cases open that take long, whenever the day ends (seed %d)',
    seed => {
      const steps = firstSteps(5_000, seed)
      const given = steps.filter(({ act }) => act.kind === 'assign' && act.workstreamId === 'case')
      const taken = new Map(
        steps.flatMap(({ act, atMs }) => (act.kind === 'take-away' ? [[act.workItemId, atMs]] : [])),
      )
      for (let atMs = 900_000; atMs < 3_000_000; atMs += 60_000) {
        const open = given.filter(({ act, atMs: from }) => {
          const until = 'workItemId' in act ? taken.get(act.workItemId) : undefined
          return until !== undefined && from < atMs && until > atMs
        })
        expect(open.length).toBeGreaterThanOrEqual(2)
      }
    },
  )

  it('asks nobody to work who is not there, and closes only what is hers', () => {
    const here = new Set<string>()
    const holder = new Map<string, string>()
    for (const { playerId, act } of firstSteps(6_000, 11)) {
      if (act.kind === 'sign-in' || act.kind === 'return') here.add(playerId)
      // What a customer or a supervisor does is done, wherever she is.
      else if (!['withdraw', 'take-away', 'reset-many'].includes(act.kind)) expect(here).toContain(playerId)
      if (act.kind === 'drop' || act.kind === 'sign-out') here.delete(playerId)
      if (act.kind === 'pick' || act.kind === 'assign' || act.kind === 'answer')
        holder.set(act.workItemId, playerId)
      if (act.kind === 'close' || act.kind === 'transfer') expect(holder.get(act.workItemId)).toBe(playerId)
      if (act.kind === 'transfer' && 'representativeId' in act.to) {
        expect(here).toContain(act.to.representativeId)
        if (!act.offer) holder.set(act.workItemId, act.to.representativeId)
      }
    }
  })

  it('sends most of the day home when the night begins, and brings in the night', () => {
    const nightFromMs = 300_000
    const steps = script(CAST, 7, { ...DEMO_DAY, windowMs: 60_000, nightFromMs })
    const first = Array.from({ length: 1_000 }, () => steps.next().value)
    const signIns = first.filter(step => step.act.kind === 'sign-in')
    const night = CAST.players.filter((_, index) => index % 5 === 4).map(player => player.id)
    const came = (id: string) => signIns.find(step => step.playerId === id)?.atMs ?? 0
    for (const id of night) expect(came(id)).toBeGreaterThanOrEqual(nightFromMs)
    const went = first.filter(
      step => step.act.kind === 'sign-out' && step.atMs >= nightFromMs && step.atMs <= nightFromMs + 25_000,
    )
    expect(went.length).toBeGreaterThan(CAST.players.length / 5)
  })
})

describe('the player', () => {
  it('refuses a server on another machine', async () => {
    const options = { cast: CAST, seed: 1, clock: systemClock, tokenFor: () => '', onReport: () => {} }
    await expect(startPlay({ ...options, url: 'https://presence.example.com' })).rejects.toThrow(
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
