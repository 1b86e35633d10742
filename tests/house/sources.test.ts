// How the code is written: small files with one idea, in the words of the glossary, with no lint switched off.

import { filesOf, type SourceFile } from '../support/tree.ts'

const MOST_LINES = 250
/** A test file may be a longer list of cases; it is read one case at a time. */
const MOST_LINES_OF_TESTS = 400

/** Words of others: the header, the way commander counts arguments, the account that the process runs under. */
const ALLOWED_WORDS = [/user-?agent/i, /\{ from: 'user' \}/, /This user may not use port/]

const packages = filesOf(['shared/src', 'client-sdk/src', 'server/src', 'bench/src'], /\.ts$/)
const sources = [...packages, ...filesOf(['server/pages', 'server/bin', 'scripts'], /\.m?js$/)]
const everything = [...sources, ...filesOf(['tests', 'client-sdk'], /\.(ts|mjs)$/)]
const documents = filesOf(['docs', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'], /\.md$/)

const pathsOf = (files: readonly SourceFile[]) => files.map(file => file.path)

/** `path:line: text` for every line that matches. */
function linesWith(pattern: RegExp, files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(file =>
    file.text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [])),
  )
}

describe('a source file', () => {
  it(`has at most ${MOST_LINES} lines, a file of tests ${MOST_LINES_OF_TESTS}`, () => {
    const lines = (file: SourceFile) => file.text.trimEnd().split('\n').length
    const most = ({ path }: SourceFile) => (path.startsWith('tests/') ? MOST_LINES_OF_TESTS : MOST_LINES)
    const long = everything.filter(file => lines(file) > most(file))
    expect(long.map(file => `${file.path}: ${lines(file)}`)).toEqual([])
  })

  it('says in a comment what it is for, before or at the first thing that it exports', () => {
    const silent = packages.filter(file => {
      const [head = ''] = file.text.split(/^export (?!\*|type \{)/m)
      return !/^\s*(\/\/|\/\*\*)/m.test(head)
    })
    expect(pathsOf(silent)).toEqual([])
  })

  it('exports at most one factory: two are two ideas', () => {
    const factories = (file: SourceFile) =>
      file.text.match(/^export (?:async )?(?:function|const) create[A-Z]\w*/gm) ?? []
    expect(pathsOf(packages.filter(file => factories(file).length > 1))).toEqual([])
  })

  it('exports by name only, and has no classes but errors', () => {
    expect(linesWith(/^export default /, packages)).toEqual([])
    const classes = linesWith(/^(export )?(abstract )?class /, packages)
    expect(classes.filter(line => !/class \w+ extends \w*Error\b/.test(line))).toEqual([])
  })

  it('switches no check off', () => {
    const switches = [
      ['biome', 'ignore'].join('-'),
      ['eslint', 'disable'].join('-'),
      ...['ignore', 'nocheck', 'expect-error'].map(kind => `@ts-${kind}`),
    ]
    const offs = linesWith(new RegExp(switches.join('|')), everything)
    // A test of types proves that something does not compile.
    expect(offs.filter(line => !/^tests\/.*@ts-expect-error \S/.test(line))).toEqual([])
  })

  it('has no type `any`', () => {
    expect(linesWith(/(:|<|\bas|\||&|,) ?any\b(?! )|\bany\[\]/, code(packages))).toEqual([])
  })

  it('calls nobody a user or an agent', () => {
    const text = filesOf(['shared/src', 'server/src', 'client-sdk/src'], /\.ts$/)
    const wrong = linesWith(/(?<![A-Za-z])(user|agent)s?(?![a-z])|[a-z](User|Agent)s?(?![a-z])/, text)
    expect(wrong.filter(line => !ALLOWED_WORDS.some(allowed => allowed.test(line)))).toEqual([])
  })

  it('gives no error an HTTP status of its own: the table in shared/ does', () => {
    const elsewhere = packages.filter(file => file.path !== 'shared/src/protocol/errors.ts')
    const given = linesWith(/status(Code)?\s*(\(|:|=(?!=))\s*[45]\d\d\b/i, elsewhere)
    // /readyz answers a probe, not a request: its 503 is no error of the table.
    expect(given.filter(line => !line.includes("'not-ready'"))).toEqual([])
  })
})

describe('code and documents', () => {
  it('name no path of one machine', () => {
    expect(linesWith(/(^|[\s"'`(=])\/(home|Users|root|work|mnt)\/\w/, [...everything, ...documents])).toEqual(
      [],
    )
  })

  it('leave nothing to be done silently', () => {
    expect(linesWith(/\b(TODO|FIXME|XXX)\b/, sources)).toEqual([])
  })
})

/** Without comments and strings, roughly: enough to look for a keyword. */
function code(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.map(file => ({
    path: file.path,
    text: file.text
      .replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ''))
      .replace(/\/\/.*$/gm, '')
      .replace(/'[^'\n]*'/g, "''"),
  }))
}
