// The contract and its proofs: docs/SPEC.md holds every rule, and every rule is proved by a test or admitted to
// be missing.

import { CASE_IDS, citedIn, RULE_IDS, ruleIdsIn } from '../support/rule-ids.ts'
import { filesOf, read } from '../support/tree.ts'

const spec = read('docs/SPEC.md')
const notBuilt = read('docs/NOT-BUILT.md')
const cited = new Set(filesOf(['tests'], /\.test\.ts$/).flatMap(file => citedIn(file.text)))

/** The ids in the first column of the table below a heading. */
function listedBelow(heading: string): readonly string[] {
  const [, rest] = notBuilt.split(`\n## ${heading}\n`)
  if (rest === undefined) throw new Error(`docs/NOT-BUILT.md has no heading "${heading}"`)
  const [section = ''] = rest.split('\n## ')
  return section.split('\n').flatMap(line => ruleIdsIn(line.match(/^\|([^|]*)\|/)?.[1] ?? ''))
}

const missing = listedBelow('Rules without an implementation')
const partial = listedBelow('Rules built in part')

describe('the rules', () => {
  it('all stand in docs/SPEC.md, each defined once, in order, and no other does', () => {
    const defined = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, id]) => id)
    expect(defined).toEqual(RULE_IDS)
  })

  it('have a truth table with every case', () => {
    const cases = [...spec.matchAll(/^\| (T\d+)[ |]/gm)].map(([, id]) => id)
    expect(cases).toEqual(CASE_IDS)
  })

  it('are each cited by a test or listed in docs/NOT-BUILT.md, and never both', () => {
    const wrong = RULE_IDS.filter(id => cited.has(id) === missing.includes(id))
    expect(
      wrong.map(id => `${id} is ${cited.has(id) ? 'cited and listed' : 'neither cited nor listed'}`),
    ).toEqual([])
  })

  it('that are built in part are cited, and listed once', () => {
    expect(partial.filter(id => !cited.has(id))).toEqual([])
    expect(partial.filter(id => missing.includes(id))).toEqual([])
    expect(new Set([...missing, ...partial]).size).toBe(missing.length + partial.length)
  })

  it('are the only ids that tests, sources and documents name', () => {
    const folders = ['tests', 'shared/src', 'client-sdk/src', 'server', 'bench/src', 'docs']
    const unknown = filesOf(folders, /\.(ts|js|mjs|md)$/)
      .filter(file => !file.path.startsWith('tests/house/'))
      .flatMap(file =>
        ruleIdsIn(file.text)
          .filter(id => !RULE_IDS.includes(id))
          .map(id => `${file.path}: ${id}`),
      )
    expect(unknown).toEqual([])
  })
})

describe('the reading of citations', () => {
  it('takes one id, a list and a case of the truth table from the names of tests', () => {
    const source = `it('[SI4, DI2] comes back', …)\nit.each(cases)('[CA10 $id] …')\nit("[CA2.4] …")\nconst x = ids[MA1]`
    expect(citedIn(source)).toEqual(['SI4', 'DI2', 'CA10', 'CA2'])
  })
})
