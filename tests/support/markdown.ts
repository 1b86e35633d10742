// Code blocks of a document of the tree, for tests that run them or check their types.

import { read } from './tree.ts'

/** The code block that follows a comment, with its last newline. */
export function blockAfter(document: string, comment: string): string {
  const [, rest = ''] = read(document).split(comment)
  const [, block] = /^[^\n]*-->\n```\w*\n([\s\S]*?\n)```/.exec(rest) ?? []
  if (block === undefined) throw new Error(`${document} has no code block after "${comment}"`)
  return block
}

/** Every block of one language, in order. */
export function blocksOf(document: string, language: string): readonly string[] {
  const blocks = read(document).matchAll(/```(\w*)\n([\s\S]*?\n)```/g)
  return [...blocks].filter(([, named]) => named === language).map(([, , block = '']) => block)
}
