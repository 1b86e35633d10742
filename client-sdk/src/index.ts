// The door of the client: two factories, one error, and the types of what they give.
export type {
  Base,
  CapacityView,
  ErrorCode,
  Explanation,
  LiveCounts,
  NoticeView,
  OfferView,
  Origin,
  PresenceOption,
  PresenceView,
  WorkTarget,
  WorkView,
} from '@rollcall/shared'
export type { Clock } from './clock.ts'
export { type LocalErrorCode, RollcallError } from './errors.ts'
export type { Freshness } from './freshness.ts'
export type { ClientOptions } from './options.ts'
export { createPage, type Page, type PageScope } from './page.ts'
export type { OfferEnd } from './presence-store.ts'
export {
  type Choice,
  type ChoiceOptions,
  createRepresentative,
  type RepresentativeClient,
  type TransferTarget,
} from './representative.ts'
export type { ConnectionState, EndReason } from './state.ts'
export { createSupervisor, type SupervisorClient } from './supervisor.ts'
export type { Watch, WatchOptions } from './watch.ts'
