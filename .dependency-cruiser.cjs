/**
 * The arrows: main → create-server → {gateway, http} → app → storage port → domain → shared ← client-sdk.
 * Each rule says what a folder may import; what it doesn't name is forbidden. docs/ARCHITECTURE.md says why.
 * (That client-sdk takes types only from `@rollcall/shared` is checked by tests/house: parsed by swc, an import
 * of types looks like any other here.)
 */

const BUILT = '(src|dist)'
const SHARED = `^shared/${BUILT}/`
const VOCABULARY = `^shared/${BUILT}/vocabulary\\.`
const TOOLS = '^server/src/(telemetry/|clock\\.ts|make-directory\\.ts)'

/** From these files, imports inside server/src lead only to `allowed`. */
const within = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^server/src/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one idea, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-imports',
      comment: 'An import must lead somewhere. If it names a package of this repository, build first.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules know the vocabulary and each other: no library, no builtin, no other folder.',
      severity: 'error',
      from: { path: '^server/src/domain/' },
      to: { pathNot: ['^server/src/domain/', VOCABULARY] },
    },
    {
      name: 'port-knows-domain-only',
      comment: 'The storage port speaks of the domain and of nothing that stores it.',
      severity: 'error',
      from: { path: '^server/src/storage/storage\\.ts$' },
      to: { pathNot: ['^server/src/domain/', VOCABULARY] },
    },
    within(
      'adapters-know-the-port',
      'A store implements the port; it does not know who uses it.',
      '^server/src/storage/[^/]+/',
      ['^server/src/storage/', '^server/src/domain/', TOOLS],
    ),
    {
      name: 'adapters-are-chosen-once',
      comment: 'Only the composition root picks a store.',
      severity: 'error',
      from: { pathNot: ['^server/src/storage/', '^server/src/create-server\\.ts$', '^tests/'] },
      to: { path: '^server/src/storage/[^/]+/' },
    },
    within(
      'app-knows-ports',
      'Use cases know the port and the rules, and no transport.',
      '^server/src/app/',
      ['^server/src/app/', '^server/src/storage/storage\\.ts$', '^server/src/domain/', TOOLS],
    ),
    within('gateway-knows-app', 'The socket transport speaks to use cases only.', '^server/src/gateway/', [
      '^server/src/gateway/',
      '^server/src/app/',
      '^server/src/auth/',
      TOOLS,
    ]),
    within('http-knows-app', 'The HTTP transport speaks to use cases only.', '^server/src/http/', [
      '^server/src/http/',
      '^server/src/app/',
      '^server/src/auth/',
      TOOLS,
    ]),
    {
      name: 'one-composition-root',
      comment: 'Nothing below may reach back up to what puts everything together.',
      severity: 'error',
      from: { pathNot: ['^server/src/(main|create-server)\\.ts$', '^server/src/cli/', '^(tests|bench)/'] },
      to: { path: '^server/src/(main|create-server)\\.ts$' },
    },
    {
      name: 'transports-keep-their-libraries',
      comment: 'socket.io belongs to the gateway, express to http; use cases are reachable without either.',
      severity: 'error',
      from: { path: '^server/src/(app|auth|storage|telemetry)/' },
      to: { path: 'node_modules/(socket\\.io|express|helmet)/' },
    },
    {
      name: 'shared-is-a-leaf',
      comment: 'The wire depends on zod and on nothing else.',
      severity: 'error',
      from: { path: '^shared/src/' },
      to: { pathNot: ['^shared/src/', 'node_modules/zod/'] },
    },
    {
      name: 'vocabulary-has-no-library',
      comment: 'Browser bundles take values from the vocabulary: zod must not come along.',
      severity: 'error',
      from: { path: VOCABULARY },
      to: { pathNot: '^shared/src/protocol/errors\\.ts$' },
    },
    {
      name: 'client-stands-alone',
      comment: 'The client runs in a browser: the wire, its socket library, nothing of the server.',
      severity: 'error',
      from: { path: '^client-sdk/src/', pathNot: '^client-sdk/src/react\\.ts$' },
      to: { pathNot: ['^client-sdk/src/', SHARED, 'node_modules/socket\\.io-client/'] },
    },
    {
      name: 'react-has-its-own-door',
      comment: 'Hooks know React; whoever does without it never meets it.',
      severity: 'error',
      from: { path: '^client-sdk/src/react\\.ts$' },
      to: { pathNot: ['^client-sdk/src/', SHARED, 'node_modules/(@types/)?react/'] },
    },
    {
      name: 'server-is-not-imported',
      comment: 'Other packages speak to a server over the wire.',
      severity: 'error',
      from: { path: '^(shared|client-sdk)/src/' },
      to: { path: '^server/' },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API that dependency-cruiser can use; swc reads the same files.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)(node_modules|dist)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
