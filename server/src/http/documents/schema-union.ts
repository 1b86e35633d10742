// A choice of objects, such as an entry of the feed: each branch under what tells it from the others, with its fields
// and an example.

import type { JsonSchema } from './json-schema.ts'
import { exampleBlock, type Html, html, schemaTable } from './schema-table.ts'

/** The branches of a schema that is nothing but a choice of described objects; of any other, none. */
export function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const choices = schema.anyOf ?? schema.oneOf ?? []
  return choices.every(choice => choice.properties !== undefined) ? choices : []
}

export function branchTables(
  branches: readonly JsonSchema[],
  caption: string,
  schemas: Readonly<Record<string, JsonSchema>>,
): Html {
  return html`<p class="type">One of these ${branches.length}:</p>${branches.map((branch, index) => {
    const title = titleOf(branch, branches)
    return html`<h4>With <code>${title}</code></h4>${schemaTable(branch, `${caption} ${index + 1}: ${title}`)}${exampleBlock(branch, schemas)}`
  })}`
}

/** Its constants; without any, the fields that not every branch has. */
function titleOf(branch: JsonSchema, branches: readonly JsonSchema[]): string {
  const fields = Object.entries(branch.properties ?? {})
  const constants = fields.filter(([, field]) => 'const' in field)
  if (constants.length > 0) {
    return constants.map(([name, field]) => `${name}: ${JSON.stringify(field.const)}`).join(', ')
  }
  const own = fields.filter(([name]) => !branches.every(each => each.properties?.[name] !== undefined))
  return (own.length > 0 ? own : fields).map(([name]) => name).join(', ')
}
