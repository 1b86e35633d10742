// The door of the shared package. Browser bundles import values from `@rollcall/shared/vocabulary` only; from
// here they take types, so that zod stays on the server.
export * from './protocol/commands.ts'
export * from './protocol/errors.ts'
export * from './protocol/explanation.ts'
export * from './protocol/http.ts'
export * from './protocol/live-counts.ts'
export * from './protocol/messages.ts'
export * from './protocol/primitives.ts'
export * from './protocol/resources.ts'
export * from './protocol/version.ts'
export * from './protocol/view.ts'
export * from './vocabulary.ts'
