// The core with a mistake planted in it: its sources are changed as text and loaded beside the real ones.

import path from 'node:path'
import { transformSync } from '@swc/core'
import * as vocabulary from '../../shared/src/vocabulary.ts'
import type { CoreMutant } from './oracle-mutants.ts'
import type { Product } from './oracle-product.ts'
import { read } from './tree.ts'

type Module = Record<string, unknown>

const DOOR = 'tests/support/oracle-product.ts'
const DOMAIN = 'server/src/domain'
const compiled = new Map<string, string>()

/** Fails if the text to change is not there exactly once: a mutant must not outlive what it spoils. */
export function mutatedCore({ file, find, put }: CoreMutant): Product {
  const spoiled = path.join(DOMAIN, file)
  const parts = read(spoiled).split(find)
  if (parts.length !== 2) throw new Error(`${spoiled} has ${parts.length - 1} times: ${find}`)
  const loaded = new Map<string, Module>()
  return load(DOOR)['product'] as Product

  function load(name: string): Module {
    const known = loaded.get(name)
    if (known !== undefined) return known
    const exports: Module = {}
    loaded.set(name, exports)
    const code = name === spoiled ? compile(parts.join(put)) : compiledOf(name)
    const require = (from: string) =>
      from === '@rollcall/shared/vocabulary' ? vocabulary : load(path.join(path.dirname(name), from))
    new Function('exports', 'require', code)(exports, require)
    return exports
  }
}

function compiledOf(name: string): string {
  const code = compiled.get(name) ?? compile(read(name))
  compiled.set(name, code)
  return code
}

function compile(source: string): string {
  const jsc = { parser: { syntax: 'typescript' }, target: 'es2022' } as const
  return transformSync(source, { jsc, module: { type: 'commonjs' } }).code
}
