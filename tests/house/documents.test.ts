// The documents lead where they say they lead, and the commands in them are those that exist.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesOf, read, root } from '../support/tree.ts'

const documents = filesOf(
  ['docs', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  /\.md$/,
).concat(filesOf(['.'], /^[^/]*\.md$/))

describe('the documents', () => {
  it('have only links that resolve', () => {
    const broken = documents.flatMap(document =>
      linksOf(document.text)
        .filter(link => !/^(https?:|mailto:)/.test(link))
        .filter(link => !resolves(document.path, link))
        .map(link => `${document.path}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = documents.flatMap(({ text }) => [...text.matchAll(/\bnpm run ([a-z:-]+)/g)])
    expect(named.map(([, name]) => name).filter(name => name && !(name in scripts))).toEqual([])
  })

  it('list every decision in the index, in order', () => {
    const files = filesOf(['docs/decisions'], /\/\d{4}-[^/]*\.md$/).map(file => file.path.split('/').at(-1))
    expect(linksOf(read('docs/decisions/README.md')).filter(link => /^\d{4}-/.test(link))).toEqual(files)
  })
})

describe('the page of dependencies', () => {
  it('names every dependency of the packages, and no other', () => {
    const packages = filesOf(['.'], /(^|\/)package\.json$/)
    expect(packages.length).toBeGreaterThanOrEqual(5)
    const used = packages.flatMap(file => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(file.text) as Manifest
      return Object.keys({ ...dependencies, ...devDependencies })
    })
    const external = used.filter(name => !name.startsWith('@rollcall/'))
    const rows = read('docs/decisions/0011-dependencies.md').match(/^\| `.*$/gm) ?? []
    const named = rows.flatMap(row =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    )
    const isNamed = (name: string) =>
      named.includes(name) || (name.startsWith('@types/') && named.includes('@types/*'))
    expect(external.filter(name => !isNamed(name))).toEqual([])
    expect(named.filter(name => name !== '@types/*' && !external.includes(name ?? ''))).toEqual([])
  })
})

describe('the README', () => {
  const readme = read('README.md')

  it('opens with the two commands that a newcomer needs', () => {
    const [block = ''] = codeBlocks(readme)
    expect(block.split('\n').map(line => line.split('#')[0]?.trim())).toEqual([
      'npm ci && npm start',
      'npm ci && npm test',
    ])
    expect(readme.indexOf('```')).toBeLessThan(readme.indexOf('\n## '))
  })

  it('tests with the command that the build machine runs', () => {
    expect(read('.ci/run')).toMatch(/^npm ci && npm test$/m)
  })

  it('maps every folder of the tree, and no other', () => {
    const map = codeBlocks(readme).find(block => block.includes('server/src/domain'))
    const mapped = [...(map ?? '').matchAll(/^(\S+\/)\s/gm)].map(([, folder = '']) => folder)
    expect(mapped.filter(folder => !existsSync(join(root, folder)))).toEqual([])
    const top = ['shared/', 'server/', 'client-sdk/', 'bench/', 'tests/', 'docs/', 'scripts/']
    expect(top.filter(folder => !mapped.some(other => other.startsWith(folder)))).toEqual([])
  })
})

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Targets of Markdown links outside of code. */
function linksOf(markdown: string): readonly string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

function codeBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/```\w*\n([\s\S]*?)\n```/g)].map(([, block = '']) => block)
}

function resolves(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? from : join(dirname(from), path)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || anchorsOf(read(target)).includes(anchor)
}

/** Headings as the usual hosts turn them into anchors. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
