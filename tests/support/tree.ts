// The files of this repository, as the house tests read them.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git'])

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** All files below these folders (or these files) whose name ends as asked, in order of their paths. */
export function filesOf(folders: readonly string[], ending: RegExp): readonly SourceFile[] {
  return folders
    .flatMap(folder => walk(join(root, folder)))
    .filter(path => ending.test(path))
    .sort()
    .map(path => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
}

/** One file of the repository, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function walk(folder: string): string[] {
  return entriesOf(folder).flatMap(entry => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}

/** Nothing for a folder that does not exist (yet). */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
