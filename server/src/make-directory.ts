// Creating a directory with what is missing above it. Node's own recursive `mkdir` turns for ever where a file system
// answers that a parent is missing though it exists, as /proc does.

import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Resolves when the directory is there. Errors: those of the file system, with their code. */
export async function makeDirectory(directory: string): Promise<void> {
  const path = resolve(directory)
  const error = await refusalOf(mkdir(path))
  if (error === null || (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory())) return
  const parent = dirname(path)
  if (codeOf(error) !== 'ENOENT' || (await refusalOf(stat(parent))) === null) throw error
  await makeDirectory(parent)
  await makeDirectory(path)
}

function refusalOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  )
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
