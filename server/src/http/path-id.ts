import { Refused } from '../app/refused.ts'

/** The body of a PUT without its id, which may be repeated there but must be that of the path. */
export function withoutId<Body extends { readonly id?: string | undefined }>(
  body: Body,
  id: string,
): Omit<Body, 'id'> {
  const { id: repeated, ...rest } = body
  if (repeated === undefined || repeated === id) return rest
  throw new Refused('invalid-message', `"id": the path says ${id}. Repeat that, or leave it out.`, {
    field: 'id',
  })
}
