// AsyncAPI 3 from the tables of socket commands and messages.

import { COMMANDS, MESSAGES, PROTOCOL_VERSION } from '@rollcall/shared'
import { z } from 'zod'
import { annotated } from './field-notes.ts'
import { createComponents, type JsonSchema } from './json-schema.ts'

export interface Message {
  readonly name: string
  readonly summary: string
  readonly payload: JsonSchema
}
interface Ref {
  readonly $ref: string
}
export interface AsyncOperation {
  /** As the server sees it: it receives commands, and sends messages. */
  readonly action: 'receive' | 'send'
  readonly channel: Ref
  readonly messages: readonly Ref[]
  readonly summary: string
  readonly reply?: { readonly channel: Ref; readonly messages: readonly Ref[] }
  readonly 'x-roles'?: readonly string[]
}
export interface AsyncApi {
  readonly asyncapi: '3.0.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly defaultContentType: 'application/json'
  readonly servers: Readonly<Record<string, unknown>>
  readonly channels: Readonly<
    Record<string, { readonly address: string | null; readonly messages: Readonly<Record<string, Ref>> }>
  >
  readonly operations: Readonly<Record<string, AsyncOperation>>
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, unknown>>
  }
}

const DESCRIPTION = `The socket: Socket.IO, protocol ${PROTOCOL_VERSION}, path /socket.io, default namespace, WebSocket transport only. The token goes into the handshake: \`auth: { token, signIn }\`; \`signIn: true\` signs a representative in with this connection.

Each operation is a Socket.IO event of the message's name. A command takes one payload, and its acknowledgement is \`{ ok: true, data }\` or \`{ ok: false, error: { code, message, retry, details } }\`, with the codes of the HTTP side. Any command may carry \`commandId\`, so that it can be repeated safely, and the \`connectionId\` it was meant for.`

const wireError = z.object({
  code: z.string(),
  message: z.string(),
  retry: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
})

const replyOf = (data: z.ZodType) =>
  z.union([z.object({ ok: z.literal(true), data }), z.object({ ok: z.literal(false), error: wireError })])

export function createAsyncApi(version: string): AsyncApi {
  const components = createComponents()
  const messages: Record<string, Message> = {}
  const commands: Record<string, Ref> = {}
  const replies: Record<string, Ref> = {}
  const events: Record<string, Ref> = {}
  const operations: Record<string, AsyncOperation> = {}

  for (const [name, { payload, data, roles, meaning }] of Object.entries(COMMANDS)) {
    const key = keyOf(name)
    messages[key] = { name, summary: meaning, payload: components.input(payload) }
    messages[`${key}.reply`] = {
      name: `${name} (acknowledgement)`,
      summary: 'Done with its data, or the error.',
      payload: components.output(replyOf(data)),
    }
    commands[key] = componentRef(key)
    replies[`${key}.reply`] = componentRef(`${key}.reply`)
    operations[key] = {
      action: 'receive',
      channel: { $ref: '#/channels/commands' },
      messages: [{ $ref: `#/channels/commands/messages/${key}` }],
      summary: meaning,
      reply: {
        channel: { $ref: '#/channels/acknowledgements' },
        messages: [{ $ref: `#/channels/acknowledgements/messages/${key}.reply` }],
      },
      'x-roles': roles,
    }
  }
  for (const [name, { payload, meaning }] of Object.entries(MESSAGES)) {
    const key = keyOf(name)
    messages[key] = { name, summary: meaning, payload: components.output(payload) }
    events[key] = componentRef(key)
    operations[key] = {
      action: 'send',
      channel: { $ref: '#/channels/events' },
      messages: [{ $ref: `#/channels/events/messages/${key}` }],
      summary: meaning,
    }
  }

  return {
    asyncapi: '3.0.0',
    info: { title: 'Rollcall', version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      rollcall: {
        host: '{host}',
        pathname: '/socket.io',
        protocol: 'wss',
        variables: { host: { default: '127.0.0.1:3000' } },
        security: [{ $ref: '#/components/securitySchemes/bearer' }],
      },
    },
    channels: {
      commands: { address: '/socket.io', messages: commands },
      acknowledgements: { address: null, messages: replies },
      events: { address: '/socket.io', messages: events },
    },
    operations,
    components: {
      messages,
      schemas: annotated(components.schemas),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

/** Keys of AsyncAPI components take no colon. */
const keyOf = (name: string) => name.replace(':', '.')
const componentRef = (key: string): Ref => ({ $ref: `#/components/messages/${key}` })
