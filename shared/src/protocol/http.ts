// The HTTP surface: one table of routes, and the names under which its shapes are documented.
import { z } from 'zod'
import { choiceReply, presenceOption, sync, workTarget } from './commands.ts'
import { ERRORS, type ErrorCode } from './errors.ts'
import * as explanations from './explanation.ts'
import type { InputOf, LineOf, OutputOf } from './http/calls.ts'
import { CHANGE_ROUTES, feedEntry } from './http/changes.ts'
import { CONFIGURATION_ROUTES, importOutcome } from './http/configuration.ts'
import { LIVE_ROUTES } from './http/live.ts'
import { bulkBody, bulkReply, choiceBody, PRESENCE_ROUTES } from './http/presences.ts'
import { outcomeError } from './http/route.ts'
import { about, devPerson, devTokenBody, me, SYSTEM_ROUTES } from './http/system.ts'
import { rejectBody, reportBody, transferBody, WORK_ROUTES, workItemBody } from './http/work.ts'
import { liveCounts } from './live-counts.ts'
import { actor, id, instant, namedActor } from './primitives.ts'
import * as resources from './resources.ts'
import * as views from './view.ts'

export type { FeedEntryView } from './http/changes.ts'
export { errorsOf, type RouteSpec } from './http/route.ts'
export type { About, DevPerson, DevTokenBody, Me } from './http/system.ts'

export const ROUTES = {
  ...PRESENCE_ROUTES,
  ...WORK_ROUTES,
  ...CHANGE_ROUTES,
  ...LIVE_ROUTES,
  ...CONFIGURATION_ROUTES,
  ...SYSTEM_ROUTES,
} as const
export type RouteName = keyof typeof ROUTES

type Parsed<Name extends RouteName, Part extends string> = (typeof ROUTES)[Name] extends {
  readonly [Key in Part]: infer Schema extends z.ZodType
}
  ? z.infer<Schema>
  : undefined
export type RouteParams<Name extends RouteName> = Parsed<Name, 'params'>
export type RouteQuery<Name extends RouteName> = Parsed<Name, 'query'>
export type RouteBody<Name extends RouteName> = Parsed<Name, 'body'>

/** Method and path. */
export type RouteLine<Name extends RouteName> = LineOf<(typeof ROUTES)[Name]>
/** What a caller gives: parameters of the path, `query`, `body`. */
export type RouteInput<Name extends RouteName> = InputOf<(typeof ROUTES)[Name]>
/** What a success carries. */
export type RouteOutput<Name extends RouteName> = OutputOf<(typeof ROUTES)[Name]>

/** RFC 9457, with the same `code`, `retry` and `details` as the error object of a socket reply. */
export const problem = z.object({
  type: z.string().meta({ description: 'Where the error is described, relative to the server.' }),
  title: z.string().meta({ description: 'What the code means.' }),
  status: z.int(),
  detail: z.string().meta({ description: 'What happened here, and what to do.' }),
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  retry: z.boolean().meta({ description: 'True: the same request may simply be sent again.' }),
  details: z.record(z.string(), z.unknown()).optional(),
  instance: z.string().optional(),
})
export type Problem = z.infer<typeof problem>

/** Names of shapes that are sent to the server, as the generated documents call them. */
export const INPUT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Id: id,
  Choice: choiceBody,
  BulkChoice: bulkBody,
  WorkTarget: workTarget,
  WorkItemBody: workItemBody,
  WorkReport: reportBody,
  WorkRejection: rejectBody,
  WorkTransfer: transferBody,
  CapacityBody: resources.capacitySetting,
  RepresentativeBody: resources.representativeBody,
  RepresentativeLine: resources.representativeLine,
  RepresentativePatch: resources.representativePatch,
  StatusBody: resources.statusBody,
  StatusPatch: resources.statusPatch,
  QueueBody: resources.queueBody,
  WorkstreamBody: resources.workstreamBody,
  CapacityProfileBody: resources.profileBody,
  PolicyPatch: resources.policyPatch,
  Revocation: resources.revocationBody,
  DevToken: devTokenBody,
}

/** Names of shapes that the server sends. */
export const OUTPUT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Id: id,
  Instant: instant,
  Actor: actor,
  NamedActor: namedActor,
  Presence: views.presenceView,
  SelfPresence: views.selfView,
  ShownStatus: views.shownStatus,
  NextPresence: views.nextPresence,
  CapacityUse: views.capacityView,
  HeldWork: views.workView,
  Cause: views.causeView,
  Offer: views.offerView,
  Notice: views.noticeView,
  PresenceOption: presenceOption,
  ChoiceReply: choiceReply,
  BulkReply: bulkReply,
  OutcomeError: outcomeError,
  Explanation: explanations.explanation,
  Override: explanations.override,
  FailedCondition: explanations.failedCondition,
  NamedChange: explanations.namedChange,
  Sync: sync,
  Capacity: resources.capacitySetting,
  ImportOutcome: importOutcome,
  Representative: resources.representative,
  Status: resources.statusResource,
  StatusWritten: resources.statusWritten,
  Queue: resources.queueResource,
  Workstream: resources.workstreamResource,
  CapacityProfile: resources.profileResource,
  Policy: resources.policyResource,
  WorkItem: resources.workItemResource,
  FeedEntry: feedEntry,
  LiveCounts: liveCounts,
  RevocationStored: resources.revocationBody,
  About: about,
  Me: me,
  DevPerson: devPerson,
  Problem: problem,
}
