// The one table of settings: environment variable, flag, default, unit, and what each trades. The parser, `--help`
// and docs/CONFIGURATION.md all come from it.

import { isLoopback } from './auth/loopback.ts'
import { choice, integer, list, milliseconds, text, toggle } from './config-kinds.ts'

export const SETTINGS = {
  port: integer(
    {
      env: ['ROLLCALL_PORT'],
      flag: '--port <number>',
      fallback: 3000,
      about: 'The TCP port that HTTP and sockets share.',
      trades:
        'A fixed port is one that a proxy can name, and a second server on it fails. 0 takes any free one; the line printed at the start says which.',
    },
    0,
    65_535,
  ),
  host: text({
    env: ['ROLLCALL_HOST'],
    flag: '--host <address>',
    fallback: '127.0.0.1',
    about: 'The address to listen on.',
    trades:
      'The default is reachable from this machine only. 0.0.0.0 is reachable from everywhere: put a proxy with TLS in front.',
  }),
  dataDir: text({
    env: ['ROLLCALL_DATA_DIR'],
    flag: '--data-dir <path>',
    fallback: './data',
    about: 'Where the embedded store keeps everything. One running server owns it.',
    trades: 'Put it on a local disk: a network file system breaks the lock and the durability of commits.',
  }),
  redisUrl: text<null>({
    env: ['ROLLCALL_REDIS_URL'],
    flag: '--redis-url <url>',
    fallback: null,
    fallbackText: 'none: the embedded store',
    about: 'Keeps everything in Redis, for several nodes. Not in this version: leave it unset.',
    trades:
      'Until then one node is all there is: no network hop for a commit, and nobody takes over while it is down.',
  }),
  jwtSecret: text<null>(
    {
      env: ['ROLLCALL_JWT_SECRET'],
      flag: '--jwt-secret <secret>',
      fallback: null,
      fallbackText: 'none; in development mode a random one, kept in the data directory',
      about: 'The shared secret of HS256 tokens, at least 32 bytes.',
      trades:
        'Simple, but whoever knows it can be anybody. Prefer the variable: other people of the machine can read flags.',
      secret: true,
    },
    given =>
      Buffer.byteLength(given) >= 32 ? null : 'must have at least 32 bytes; try: openssl rand -hex 32',
  ),
  jwksUrl: text<null>(
    {
      env: ['ROLLCALL_JWKS_URL'],
      flag: '--jwks-url <url>',
      fallback: null,
      fallbackText: 'none',
      about: 'Where your identity provider publishes its keys (RS, ES and EdDSA signatures).',
      trades:
        'Nobody here knows a secret, and keys change without a restart; but new keys come over the network, so the provider must be reachable. Needs the issuer and the audience too.',
    },
    httpUrl,
  ),
  jwtIssuer: text<null>({
    env: ['ROLLCALL_JWT_ISSUER'],
    flag: '--jwt-issuer <issuer>',
    fallback: null,
    fallbackText: 'not checked',
    about: 'The `iss` that a token must carry.',
    trades:
      'Required with a JWKS URL, and refused without one. It keeps out tokens that somebody else issued, even with a key that is published there.',
  }),
  jwtAudience: text<null>({
    env: ['ROLLCALL_JWT_AUDIENCE'],
    flag: '--jwt-audience <audience>',
    fallback: null,
    fallbackText: 'not checked',
    about: 'The `aud` that a token must carry.',
    trades:
      'Required with a JWKS URL, and refused without one. It keeps out tokens that your provider made for another application.',
  }),
  claimSub: claim(
    'sub',
    'id of its bearer',
    'Changing it later makes everybody somebody else: ids are what presence and history hang on.',
  ),
  claimRoles: claim(
    'roles',
    'roles: representative, supervisor, administrator, service',
    'Whoever can write this claim at your provider decides who may do what here. Roles other than these four are passed over.',
  ),
  claimTenant: claim(
    'tenant',
    'tenant',
    'One server for several organisations, kept apart by nothing but this claim.',
  ),
  claimQueues: claim(
    'queues',
    "representative's queues, used once, when she is created",
    'Spares creating people beforehand. Queues that do not exist are created with her; later changes are made over HTTP, not here.',
  ),
  claimWatches: claim(
    'watches',
    'queues that a supervisor may watch ("*": all)',
    'A change of reach waits for the next token; short-lived tokens make it sooner.',
  ),
  claimName: claim(
    'name',
    'name that others see',
    'Convenient, and personal: it is kept in the data directory. Left out, the id is shown.',
  ),
  requireTenant: toggle({
    env: ['ROLLCALL_REQUIRE_TENANT'],
    flag: '--require-tenant',
    fallback: false,
    about: 'Refuses tokens that name no tenant.',
    trades:
      'Off, such a token is of the tenant `default`, which is all that one organisation needs. With several, a forgotten claim would put its bearer there: turn it on.',
  }),
  allowedOrigins: list(
    {
      env: ['ROLLCALL_ALLOWED_ORIGINS'],
      flag: '--allowed-origins <origins>',
      fallback: [],
      fallbackText: "only the server's own pages, on a loopback address",
      about: 'Web origins whose pages may connect, each exactly as a browser sends it.',
      trades:
        "Each one more is a page that can use the tokens it holds. Only on a loopback address are the server's own pages allowed by themselves: behind a proxy, list its public origin too. Clients that send no Origin (services, the command line) are not asked.",
    },
    exactOrigin,
  ),
  handoverWindowMs: milliseconds(
    {
      env: ['ROLLCALL_HANDOVER_WINDOW_MS'],
      flag: '--handover-window-ms <ms>',
      fallback: 30_000,
      about: 'How long presence stays as it is after a planned stop, until people are connected again (DI7).',
      trades: 'Longer hides slow restarts; shorter shows sooner who did not come back.',
    },
    0,
    600_000,
  ),
  pingIntervalMs: milliseconds(
    {
      env: ['ROLLCALL_PING_INTERVAL_MS'],
      flag: '--ping-interval-ms <ms>',
      fallback: 10_000,
      about: 'How often each socket is asked for a sign of life.',
      trades: 'Silent loss is noticed within interval + timeout (DI5). Shorter costs traffic and batteries.',
    },
    200,
    300_000,
  ),
  pingTimeoutMs: milliseconds(
    {
      env: ['ROLLCALL_PING_TIMEOUT_MS'],
      flag: '--ping-timeout-ms <ms>',
      fallback: 8_000,
      about: 'How long that sign may take.',
      trades: 'Shorter than a stall of a busy tab or a bad network, and people who are there turn Offline.',
    },
    200,
    300_000,
  ),
  limits: toggle({
    env: ['ROLLCALL_LIMITS'],
    flag: '--limits <on|off>',
    fallback: true,
    about: 'Limits on connections and commands, per person.',
    trades: 'Off is for load tests: one broken client may then take the whole server.',
  }),
  logLevel: choice(
    {
      env: ['ROLLCALL_LOG_LEVEL'],
      flag: '--log-level <level>',
      fallback: 'info',
      about: 'How much is logged, as JSON lines on standard error.',
      trades:
        'debug adds the end of every connection with its reason. silent hides faults too: the incident id of an internal error then leads nowhere.',
    },
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  ),
  demo: toggle({
    env: ['ROLLCALL_DEMO', 'DEMO'],
    flag: '--demo',
    fallback: false,
    about: 'Plays a small contact centre against this server: fifty people in five queues.',
    trades: 'It writes to the tenant `default`. Use a data directory of its own.',
  }),
  dev: toggle({
    env: ['ROLLCALL_DEV'],
    flag: '--dev',
    fallback: false,
    about: 'Development mode: no secret needed, and whoever asks on this machine gets a token.',
    trades:
      'Nothing to set up, and no protection from anybody on this machine. It refuses to listen on anything but a loopback address.',
  }),
}

function claim(name: string, what: string, trades: string) {
  return text({
    env: [`ROLLCALL_CLAIM_${name.toUpperCase()}`],
    flag: `--claim-${name} <name>`,
    fallback: name,
    about: `The name of the claim that carries the ${what}.`,
    trades,
  })
}

function httpUrl(given: string): string | null {
  if (!URL.canParse(given)) return 'must be a URL, like https://login.example.com/.well-known/jwks.json'
  const { protocol, hostname } = new URL(given)
  if (protocol === 'https:') return null
  if (protocol === 'http:' && isLoopback(hostname)) return null
  return 'must begin with https:// (http:// only for a loopback address): keys fetched in the clear can be replaced'
}

function exactOrigin(item: string): string | null {
  if (URL.canParse(item) && new URL(item).origin === item) return null
  return `"${item}" is no origin; write scheme, host and port only, like https://desk.example.com`
}
