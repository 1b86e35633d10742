// Pages of lists that are ordered by id. The cursor is the last id, dressed so that nobody builds upon it.

import { isId } from '@rollcall/shared/vocabulary'
import type { Page, PageRequest } from './app.ts'
import { Refused } from './refused.ts'

/** The page after the request's cursor. Items may come in any order. */
export function pageOf<Item>(
  items: Iterable<Item>,
  idOf: (item: Item) => string,
  request: PageRequest,
): Page<Item> {
  const after = request.cursor === undefined ? '' : idFrom(request.cursor)
  const rest: Item[] = []
  for (const item of items) if (idOf(item) > after) rest.push(item)
  rest.sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1))
  const page = rest.slice(0, request.limit)
  const last = page.at(-1)
  return {
    items: page,
    next: last !== undefined && rest.length > page.length ? cursorAfter(idOf(last)) : null,
  }
}

const cursorAfter = (id: string) => Buffer.from(`after ${id}`).toString('base64url')

function idFrom(cursor: string): string {
  const [word, id] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (word === 'after' && isId(id)) return id
  throw new Refused('invalid-message', 'That cursor is none of ours. Begin again without one.', {
    field: 'cursor',
  })
}
