// The reference at /docs: one self-contained page, written on the server from the two documents. No script; its
// one style element stands under the nonce.

import type { AsyncApi, AsyncOperation } from './asyncapi.ts'
import { BODY_EXAMPLES, filledPath } from './body-examples.ts'
import { exampleOf } from './example.ts'
import type { JsonSchema } from './json-schema.ts'
import { type OpenApi, type Operation, shapeIn } from './openapi.ts'
import { STYLE } from './reference-style.ts'
import {
  exampleBlock,
  fieldRow,
  type Html,
  html,
  inline,
  prose,
  schemaTable,
  typeOf,
} from './schema-table.ts'
import { branchesOf, branchTables } from './schema-union.ts'
import { tokenSection } from './token-section.ts'

/** Stands in the commands for the server that was asked. */
const HERE = 'http://here.invalid'

/** `nonce` and `origin`, by which the reader reached this server, are filled in per answer. */
export function createReference(
  openapi: OpenApi,
  asyncapi: AsyncApi,
  development: boolean,
): (nonce: string, origin: string) => string {
  const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = openapi.tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }))
  const socket = Object.entries(asyncapi.operations)
  const commands = socket.filter(([, { action }]) => action === 'receive')
  const events = socket.filter(([, { action }]) => action === 'send')
  const schemas = { ...asyncapi.components.schemas, ...openapi.components.schemas }

  const body = html`<a class="skip" href="#main">Skip to the reference</a>
<nav aria-label="Contents"><p class="brand">Rollcall <small>${openapi.info.version}</small></p>
<ul><li><a href="#overview">Overview</a></li><li><a href="#token">Getting a token</a></li><li><a href="#errors">Errors</a></li></ul>
<h2>HTTP</h2>${groups.map(
    group =>
      html`<details open><summary>${group.name}</summary><ul>${group.operations.map(
        ({ method, operation }) =>
          html`<li><a href="#${operation.operationId}"><b class="${method}">${method}</b> ${operation.summary}</a></li>`,
      )}</ul></details>`,
  )}
<h2>Socket</h2>
<details open><summary>Commands</summary><ul>${commands.map(socketLink)}</ul></details>
<details open><summary>Messages</summary><ul>${events.map(socketLink)}</ul></details>
<h2>Shapes</h2><details><summary>All shapes</summary><ul>${Object.keys(schemas)
    .sort()
    .map(name => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul></details></nav>
<main id="main" tabindex="-1"><h1>Rollcall reference</h1>
<section id="overview"><h2>Overview</h2>${prose(openapi.info.description)}
<p>The same in machine-readable form: <a href="/openapi.json">OpenAPI 3.1</a> · <a href="/asyncapi.json">AsyncAPI 3</a>. Metrics for Prometheus are at <code>/metrics</code>.</p></section>
${tokenSection(HERE, development)}
${groups.map(
  group =>
    html`<section><h2 class="group">${group.name}</h2>${group.operations.map(each =>
      operationArticle(each.path, each.method, each.operation, schemas),
    )}</section>`,
)}
<section id="socket"><h2 class="group">Socket</h2>${prose(asyncapi.info.description)}
<h3 class="group">Commands</h3>${commands.map(each => socketArticle(each, asyncapi, schemas))}
<h3 class="group">Messages</h3>${events.map(each => socketArticle(each, asyncapi, schemas))}</section>
${errorTable(openapi)}
<section id="shapes"><h2 class="group">Shapes</h2>${Object.keys(schemas)
    .sort()
    .map(name => shapeArticle(name, schemas))}</section></main>`.html

  return (nonce, origin) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Rollcall reference</title><style nonce="${nonce}">${STYLE}</style></head><body>${body.replaceAll(HERE, html`${origin}`.html)}</body></html>`
}

type Schemas = Readonly<Record<string, JsonSchema>>

function errorTable(openapi: OpenApi): Html {
  return html`<section id="errors"><h2 class="group">Errors</h2><div class="scroll" tabindex="0" role="region" aria-label="Errors"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">Retry</th></tr></thead>
<tbody>${openapi['x-errors'].map(
    error =>
      html`<tr id="error-${error.code}"><th scope="row"><code>${error.code}</code></th><td>${error.status}</td><td>${error.meaning}</td><td>${error.retry ? 'yes' : 'no'}</td></tr>`,
  )}</tbody></table></div></section>`
}

function operationArticle(path: string, method: string, operation: Operation, schemas: Schemas): Html {
  const body = shapeIn(operation.requestBody?.content)
  const own = operation.parameters.map(parameter =>
    fieldRow({
      name: parameter.name,
      schema: {
        ...parameter.schema,
        ...(parameter.description ? { description: parameter.description } : {}),
      },
      required: parameter.required,
      where: parameter.in,
    }),
  )
  return html`<article id="${operation.operationId}"><h3><b class="${method}">${method}</b> <code>${path}</code></h3>
<p class="summary">${operation.summary}. <span class="who">${whoOf(operation)}</span></p>
${operation.description ? prose(operation.description) : null}
${own.length > 0 && html`<h4>Parameters</h4><div class="scroll" tabindex="0" role="region" aria-label="Parameters of ${operation.operationId}"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead><tbody>${own}</tbody></table></div>`}
${body ? html`<h4>Body${operation.requestBody?.required ? '' : ' (may be left out)'}</h4>${shapeOf(body, `Body of ${operation.operationId}`)}` : null}
<h4>Answers</h4><ul class="answers">${Object.entries(operation.responses)
    .filter(([, { content }]) => !content?.['application/problem+json'])
    .map(([status, { description, content }]) => {
      const schema = shapeIn(content)
      return html`<li><b>${status}</b> ${description} ${schema ? answerShape(schema, status) : null}</li>`
    })}</ul>
<p class="errors">Errors: ${operation['x-errors'].map(code => html`<a href="#error-${code}"><code>${code}</code></a> `)}</p>
<details><summary>Try it</summary><pre tabindex="0"><code>${curlOf(path, method, operation, schemas)}</code></pre></details></article>`
}

function socketArticle(
  [key, operation]: [string, AsyncOperation],
  { components }: AsyncApi,
  schemas: Schemas,
): Html {
  const message = components.messages[key]
  const reply = components.messages[`${key}.reply`]?.payload.anyOf?.[0]?.properties?.['data']
  if (!message) return html``
  return html`<article id="${anchorOf(key, operation)}"><h3><code>${message.name}</code></h3>
<p class="summary">${inline(message.summary)} ${operation['x-roles'] ? html`<span class="who">${operation['x-roles'].join(', ')}</span>` : null}</p>
<h4>Payload</h4>${shapeOf(message.payload, `Payload of ${message.name}`)}
${message.payload.$ref ? null : exampleBlock(message.payload, schemas)}
${reply ? html`<h4>Data of the reply</h4>${shapeOf(reply, `Reply to ${message.name}`)}` : null}</article>`
}

const anchorOf = (key: string, { action }: AsyncOperation) =>
  `${action === 'receive' ? 'command' : 'message'}-${key}`
const socketLink = ([key, operation]: [string, AsyncOperation]) =>
  html`<li><a href="#${anchorOf(key, operation)}"><code>${key.replace('.', ':')}</code></a></li>`

function shapeArticle(name: string, schemas: Schemas): Html {
  const schema = schemas[name] ?? {}
  const branches = branchesOf(schema)
  const shown = branches.length > 0 ? branchTables(branches, name, schemas) : schemaTable(schema, name)
  return html`<article id="schema-${name}"><h3>${name}</h3>${shown}${schema.type === 'object' && exampleBlock(schema, schemas)}</article>`
}

/** A named shape is linked; another one is shown. */
function shapeOf(schema: JsonSchema, caption: string): Html {
  return schema.$ref ? html`<p class="type">${typeOf(schema)}</p>` : schemaTable(schema, caption)
}

const answerShape = (schema: JsonSchema, status: string) =>
  schema.type === 'object' ? schemaTable(schema, `Answer ${status}`) : typeOf(schema)

function whoOf(operation: Operation): string {
  if (operation.security) return 'No token needed'
  return operation['x-roles']?.join(', ') ?? 'Any valid token'
}

function curlOf(path: string, method: string, operation: Operation, schemas: Schemas): string {
  const lines = [`curl -X ${method.toUpperCase()} ${HERE}${filledPath(path)}`]
  if (!operation.security) lines.push(`  -H "Authorization: Bearer $TOKEN"`)
  const body = shapeIn(operation.requestBody?.content)
  if (body && operation.requestBody?.required) {
    const example = BODY_EXAMPLES[operation.operationId] ?? exampleOf(body, schemas)
    lines.push(
      `  -H 'Content-Type: ${Object.keys(operation.requestBody.content)}'`,
      `  -d '${JSON.stringify(example)}'`,
    )
  }
  return lines.join(' \\\n')
}
