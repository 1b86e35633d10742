// Schemas as HTML tables, and the little HTML writer that both halves of the reference use.

import { exampleOf, nameOf } from './example.ts'
import type { JsonSchema } from './json-schema.ts'

export interface Html {
  readonly html: string
}
type Part = string | number | Html | readonly Html[] | null | false

/** Escapes what is not HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: parts.map((part, index) => part + textOf(values[index] ?? null)).join('') }
}

function textOf(value: Part): string {
  if (value === null || value === false) return ''
  if (typeof value === 'object') return 'html' in value ? value.html : value.map(each => each.html).join('')
  return String(value).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

/** `code` between backticks, paragraphs between empty lines. */
export function prose(text: string): readonly Html[] {
  return text.split('\n\n').map(paragraph => html`<p>${inline(paragraph)}</p>`)
}

export function inline(text: string): readonly Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}

/** A table of the fields of an object, inner objects included; for anything else, its type. */
export function schemaTable(schema: JsonSchema, caption: string): Html {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return html`<p class="type">${typeOf(schema)}</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
    <thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead>
    <tbody>${rows.map(fieldRow)}</tbody></table></div>`
}

export interface FieldRow {
  readonly name: string
  readonly schema: JsonSchema
  readonly required: boolean
  readonly where?: string
}

export function fieldRow({ name, schema, required, where }: FieldRow): Html {
  const notes = notesOf(schema, required)
  return html`<tr><th scope="row"><code>${name}</code>${where ? html` <small>${where}</small>` : null}</th>
    <td>${typeOf(schema)}</td>
    <td>${inline([required ? 'Required.' : '', ...notes].filter(Boolean).join(' '))}</td></tr>`
}

export function exampleBlock(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): Html {
  return html`<details><summary>Example</summary><pre tabindex="0"><code>${JSON.stringify(exampleOf(schema, schemas), null, 2)}</code></pre></details>`
}

function rowsOf(schema: JsonSchema, prefix: string): readonly FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = `${prefix}${key}`
    const row = { name, schema: field, required: schema.required?.includes(key) ?? false }
    return [row, ...innerRows(field, name)]
  })
}

function innerRows(field: JsonSchema, name: string): readonly FieldRow[] {
  if (field.type === 'object') return rowsOf(field, `${name}.`)
  if (field.type === 'array' && typeof field.items === 'object') return innerRows(field.items, `${name}[]`)
  if (typeof field.additionalProperties === 'object')
    return innerRows(field.additionalProperties, `${name}.*`)
  const rows = (field.anyOf ?? field.oneOf ?? []).flatMap(choice => innerRows(choice, name))
  // What several choices have in common is said once.
  return rows.filter((row, index) => rows.findIndex(other => isSame(other, row)) === index)
}

const isSame = (one: FieldRow, other: FieldRow) =>
  one.name === other.name && JSON.stringify(one) === JSON.stringify(other)

export function typeOf(schema: JsonSchema | boolean): Html {
  if (typeof schema === 'boolean') return html`anything`
  if (schema.$ref) return html`<a href="#schema-${nameOf(schema.$ref)}">${nameOf(schema.$ref)}</a>`
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return joined(choices.map(choiceOf), ' or ')
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum)
    return joined(
      schema.enum.map(value => html`<code>${String(value)}</code>`),
      ' ',
    )
  if (schema.type === 'array') return html`list of ${typeOf(schema.items ?? true)}`
  if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object') {
    return html`map of ${typeOf(schema.propertyNames ?? true)} to ${typeOf(schema.additionalProperties)}`
  }
  if (schema.format === 'date-time') return html`instant`
  return html`${schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ')}`
}

/** Of several objects, what each is made of tells them apart. */
function choiceOf(choice: JsonSchema): Html {
  const fields = Object.keys(choice.properties ?? {})
  return fields.length > 0 ? html`<code>{ ${fields.join(', ')} }</code>` : typeOf(choice)
}

/** Bounds and defaults in words; of a choice, those of its members. */
function notesOf(schema: JsonSchema, required: boolean): readonly string[] {
  const { description, minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format } = schema
  const notes: string[] = []
  if (description) notes.push(description.endsWith('.') ? description : `${description}.`)
  notes.push(rangeOf(minimum ?? schema.exclusiveMinimum, maximum, '', schema.exclusiveMinimum !== undefined))
  notes.push(rangeOf(minLength, maxLength, ' characters'))
  notes.push(rangeOf(minItems, maxItems, ' items'))
  if (pattern !== undefined && format === undefined) notes.push(`Matches \`${pattern}\`.`)
  if (!required && schema.default !== undefined) notes.push(`Default \`${JSON.stringify(schema.default)}\`.`)
  for (const choice of schema.anyOf ?? []) notes.push(...notesOf(choice, true))
  return notes.filter(note => note !== '')
}

function rangeOf(from: number | undefined, to: number | undefined, unit: string, above = false): string {
  const say = (value: number) => value.toLocaleString('en')
  if (from !== undefined && to !== undefined) return `${say(from)} to ${say(to)}${unit}.`
  if (to !== undefined) return `At most ${say(to)}${unit}.`
  if (from === undefined) return ''
  return above ? `More than ${say(from)}${unit}.` : `At least ${say(from)}${unit}.`
}

function joined(parts: readonly Html[], separator: string): Html {
  return html`${parts.map((part, index) => html`${index === 0 ? '' : separator}${part}`)}`
}
