// Random histories of a floor: what can happen to two representatives, to their work and to the configuration.

import fc from 'fast-check'
import type { Outcome } from '../../server/src/domain/outcome.ts'
import type { Report } from '../../server/src/domain/work-record.ts'
import { ADMINISTRATOR, type Floor, person, SERVICE, SUPERVISOR } from './domain-builders.ts'
import { CONFIGURATIONS, PEOPLE } from './domain-start.ts'

/** One thing that happens; `name` is what a failing run prints. */
export interface Step {
  readonly name: string
  readonly kind: 'time' | 'link' | 'choice' | 'work' | 'offer' | 'configuration'
  /** null: nothing was reported. */
  readonly run: (floor: Floor) => Outcome | null
}

const who = fc.constantFrom(...PEOPLE)
const itemId = fc.constantFrom('w1', 'w2', 'w3', 'w4')
const workstreamId = fc.constantFrom('default', 'chat', 'mail', 'silent', 'nowhere')
const statusId = fc.constantFrom(
  'available',
  'busy',
  'do-not-disturb',
  'away',
  'offline',
  'inactive',
  'lunch',
  'desk',
)

const waiting: fc.Arbitrary<Step> = fc
  .oneof(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom(1, 10_000, 20_000, 150_000, 150_001))
  .map(ms =>
    step(`wait ${ms}`, 'time', floor => {
      floor.wait(ms)
      return null
    }),
  )

const connectionStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(who, fc.constantFrom('1', '2'), fc.constantFrom('n1', 'n2'))
    .map(([id, tab, node]) =>
      step(`${id} connects ${tab} ${node}`, 'link', f => f.connect(id, `${id}-${tab}`, node)),
    ),
  fc
    .tuple(who, fc.constantFrom('1', '2', 'unknown'))
    .map(([id, tab]) => step(`${id} drops ${tab}`, 'link', floor => floor.drop(id, `${id}-${tab}`))),
  who.map(id => step(`${id} signs out`, 'link', floor => floor.signOut(id))),
  fc
    .tuple(who, fc.constantFrom('n1', 'n2'), fc.constantFrom('node-lost', 'server-down'))
    .map(([id, incarnation, reason]) =>
      step(`${incarnation} of ${id} ends`, 'link', floor =>
        floor.on({ type: 'incarnation-ended', incarnation, reason }, id),
      ),
    ),
  fc
    .tuple(who, fc.constantFrom('n1', 'n2'))
    .map(([id, incarnation]) =>
      step(`${incarnation} of ${id} hands over`, 'link', floor =>
        floor.on({ type: 'handover-began', incarnation, windowMs: 30_000 }, id),
      ),
    ),
)

const choiceStep: fc.Arbitrary<Step> = who.chain(id => {
  const by = fc.constantFrom(person(id), SUPERVISOR, SERVICE)
  return fc.oneof(
    fc
      .record({
        status: statusId,
        by,
        when: fc.constantFrom('now', 'now', 'after-work'),
        forMs: fc.option(fc.integer({ min: 1_000, max: 60_000 })),
        note: fc.constantFrom(null, 'tea'),
      })
      .map(({ status, ...more }) =>
        step(`${id}: ${more.by.id} chooses ${status} ${more.when} ${more.forMs}`, 'choice', floor =>
          floor.choose(status, more, id),
        ),
      ),
    by.map(actor =>
      step(`${id}: ${actor.id} resets`, 'choice', floor =>
        floor.on({ type: 'presence-reset', by: actor, expectedRevision: null }, id),
      ),
    ),
    by.map(actor =>
      step(`${id}: ${actor.id} cancels next`, 'choice', floor =>
        floor.on({ type: 'next-cancelled', by: actor }, id),
      ),
    ),
    fc.constant(
      step(`${id} sees a notice`, 'choice', floor =>
        floor.on(
          { type: 'notice-seen', noticeId: floor.facts(id).notices[0]?.id ?? 'none', by: person(id) },
          id,
        ),
      ),
    ),
  )
})

const reportStep: fc.Arbitrary<Step> = fc
  .record({
    workItemId: itemId,
    type: fc.constantFrom<Report['type'][]>(
      'assign',
      'accept',
      'accept',
      'close',
      'close',
      'wait',
      'resume',
      'wrap-up',
      'release',
      'transfer',
    ),
    by: fc.oneof(who.map(person), fc.constantFrom(SERVICE, SERVICE, SUPERVISOR)),
    doneBy: fc.constantFrom('representative', 'other'),
    representativeId: who,
    workstreamId: fc.option(workstreamId),
    to: fc.oneof(
      who.map(id => ({ kind: 'representative', id })),
      fc.constant({ kind: 'queue', id: 'default' }),
    ),
    reopen: fc.boolean(),
  })
  .map(({ workstreamId: named, ...made }) => {
    const more = { cost: null, attributes: null, priority: null, force: false, offer: false }
    const pick = made.type === 'accept' ? named : (named ?? 'default')
    const representativeId = made.by.kind === 'representative' ? made.by.id : made.representativeId
    const report = { ...more, ...made, representativeId, workstreamId: pick } as Report
    return step(`${made.by.id} reports ${made.type} ${made.workItemId} ${pick}`, 'work', f =>
      f.report(report),
    )
  })

const offerStep: fc.Arbitrary<Step> = fc
  .record({
    workItemId: itemId,
    type: fc.constantFrom<Report['type'][]>(
      'offer',
      'offer',
      'accept',
      'reject',
      'miss',
      'withdraw',
      'transfer',
    ),
    by: fc.oneof(
      who.map(person),
      fc.constant(SERVICE),
      fc.constant({ kind: 'system', id: 'rollcall', name: '' }),
    ),
    representativeId: who,
    named: workstreamId,
    force: fc.boolean(),
    to: who.map(id => ({ kind: 'representative', id })),
  })
  .map(({ named, ...made }) => {
    const more = { cost: null, attributes: null, priority: null, reopen: true, offer: true, doneBy: 'other' }
    const workstreamId = made.type === 'accept' ? null : named
    const representativeId = made.by.kind === 'representative' ? made.by.id : made.representativeId
    const report = { ...more, ...made, representativeId, workstreamId } as Report
    return step(`${made.by.id} reports ${made.type} ${made.workItemId} ${named}`, 'offer', f =>
      f.report(report),
    )
  })

const configurationStep: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: CONFIGURATIONS.length - 1 }).map(index =>
    step(`configuration ${index}`, 'configuration', floor => {
      for (const id of PEOPLE) floor.pass(id)
      floor.configure(CONFIGURATIONS[index] ?? {})
      for (const id of PEOPLE) floor.on({ type: 'configuration-changed', by: ADMINISTRATOR }, id)
      return null
    }),
  ),
  fc.tuple(who, fc.option(fc.constantFrom(0, 30, 100))).map(([id, units]) =>
    step(`${id} gets ${units} units`, 'configuration', floor => {
      const { profile } = floor.facts(id)
      const capacity = { ...profile.capacity, units }
      return floor.on({ type: 'profile-changed', profile: { ...profile, capacity }, by: ADMINISTRATOR }, id)
    }),
  ),
)

const BY_KIND = {
  time: waiting,
  link: connectionStep,
  choice: choiceStep,
  work: reportStep,
  offer: offerStep,
  configuration: configurationStep,
}

/** Histories of the kinds named, each as likely as often as it is named. */
export function historyOf(kinds: readonly Step['kind'][], maxLength = 40): fc.Arbitrary<readonly Step[]> {
  return fc.array(fc.oneof(...kinds.map(kind => BY_KIND[kind])), { maxLength })
}

export const anyHistory = historyOf([
  'time',
  'link',
  'link',
  'choice',
  'choice',
  'work',
  'work',
  'work',
  'offer',
  'offer',
  'configuration',
])

function step(name: string, kind: Step['kind'], run: (floor: Floor) => Outcome | null): Step {
  return Object.defineProperty({ name, kind, run }, fc.toStringMethod, { value: () => name })
}
