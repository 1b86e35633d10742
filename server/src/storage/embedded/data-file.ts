// A look at LMDB's file before LMDB maps it. On a file that is none, or was cut short, LMDB ends the process with a
// signal and not one word.

import { type FileHandle, open } from 'node:fs/promises'
import { endianness } from 'node:os'

/** Of what the file's first two pages begin with, each after a page header of 24 bytes; numbers in the machine's order. */
const META = {
  magic: 24,
  version: 28,
  pageSize: 48,
  freeRoot: 88,
  mainRoot: 136,
  transaction: 152,
  bytes: 160,
}
const MAGIC = 0xbeefc0de
const LITTLE = endianness() === 'LE'
/** The layout above; of another one LMDB itself says that it can't read it. */
const VERSION = 2
/** The root of an empty table. */
const NO_PAGE = 0xffff_ffff_ffff_ffffn
const PAGE_SIZES = { least: 256, most: 65_536 }

/** Resolves if there is no file yet. Errors: it is no LMDB file, or it is shorter than what it says of itself. */
export async function checkDataFile(file: string): Promise<void> {
  const handle = await openIfThere(file)
  if (!handle) return
  try {
    const { size } = await handle.stat()
    if (size > 0) await checkPages(handle, size, file)
  } finally {
    await handle.close()
  }
}

/** What to do about damage, whoever found it. */
export function damaged(path: string, what: string, cause?: unknown): Error {
  return new Error(
    `The data in ${path} can't be read: ${what}. Put a copy of the directory back, or name an empty one with --data-dir.`,
    { cause },
  )
}

async function checkPages(handle: FileHandle, size: number, file: string): Promise<void> {
  const first = await metaAt(handle, 0)
  const pageSize = first?.pageSize ?? 0
  if (!first || pageSize < PAGE_SIZES.least || pageSize > PAGE_SIZES.most) {
    throw damaged(file, 'this is not a file of the store')
  }
  if (first.version !== VERSION) return
  const second = await metaAt(handle, pageSize)
  if (!second) throw damaged(file, 'the file is cut short or overwritten')
  const newest = second.transaction > first.transaction ? second : first
  const lost = newest.roots.filter(page => page !== NO_PAGE && (page + 1n) * BigInt(pageSize) > BigInt(size))
  if (lost.length > 0) throw damaged(file, 'the file is cut short')
}

/** null: there is none. */
async function metaAt(handle: FileHandle, position: number) {
  const page = Buffer.alloc(META.bytes)
  const { bytesRead } = await handle.read(page, 0, META.bytes, position)
  const numbers = new DataView(page.buffer, page.byteOffset, page.byteLength)
  if (bytesRead < META.bytes || numbers.getUint32(META.magic, LITTLE) !== MAGIC) return null
  return {
    version: numbers.getUint32(META.version, LITTLE) & 0xffff,
    pageSize: numbers.getUint32(META.pageSize, LITTLE),
    roots: [META.freeRoot, META.mainRoot].map(at => numbers.getBigUint64(at, LITTLE)),
    transaction: numbers.getBigUint64(META.transaction, LITTLE),
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r')
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
