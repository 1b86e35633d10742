// The four routes of every collection whose ids the administrator chooses.
import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { idParams, pageOf, pageQuery, type RouteSpec } from './route.ts'

export const administrator = ['administrator'] as const
const whole = 'What is left out takes its default; a repeated id must be that of the path.'

interface Collection<Path extends string, Resource extends z.ZodType, Body extends z.ZodType> {
  readonly path: Path
  readonly group: string
  readonly one: string
  readonly many: string
  readonly resource: Resource
  readonly body: Body
  readonly read: RouteSpec['access']
  readonly unknown: ErrorCode
  readonly putErrors: readonly ErrorCode[]
  readonly removal: string
}

/** `unknown` is what an id that names nothing is answered with. */
export const collection = <Path extends string, Resource extends z.ZodType, Body extends z.ZodType>(
  about: Collection<Path, Resource, Body>,
) => {
  const { group, resource, body, read, unknown } = about
  const one = `/v1/${about.path}/{id}` as const
  return {
    list: {
      method: 'get',
      path: `/v1/${about.path}`,
      group,
      summary: `All ${about.many}`,
      access: read,
      query: pageQuery,
      responses: { 200: pageOf(resource) },
      errors: [],
    },
    get: {
      method: 'get',
      path: one,
      group,
      summary: `One ${about.one}`,
      access: read,
      params: idParams,
      conditional: 'read',
      responses: { 200: resource },
      errors: [unknown],
    },
    put: {
      method: 'put',
      path: one,
      group,
      summary: `Create or replace a ${about.one}`,
      description: whole,
      access: administrator,
      params: idParams,
      body,
      conditional: 'write',
      command: true,
      responses: { 200: resource, 201: resource },
      errors: about.putErrors,
    },
    remove: {
      method: 'delete',
      path: one,
      group,
      summary: `Delete a ${about.one}`,
      description: about.removal,
      access: administrator,
      params: idParams,
      conditional: 'write',
      command: true,
      responses: { 204: null },
      errors: [unknown, 'in-use'],
    },
  } as const
}
