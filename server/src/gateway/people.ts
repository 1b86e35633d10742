// The open connections of this node, by person.

import type { Connection } from './connection.ts'

export interface People {
  add(connection: Connection): void
  remove(connection: Connection): void
  of(tenant: string, sub: string): readonly Connection[]
  ofTenant(tenant: string): readonly Connection[]
  all(): readonly Connection[]
  count(): number
}

export function createPeople(): People {
  const byPerson = new Map<string, Set<Connection>>()
  let count = 0
  const everybody = () => [...byPerson.values()].flatMap(connections => [...connections])

  return {
    add(connection) {
      const key = keyOf(connection)
      const connections = byPerson.get(key) ?? new Set()
      byPerson.set(key, connections.add(connection))
      count += 1
    },
    remove(connection) {
      const key = keyOf(connection)
      const connections = byPerson.get(key)
      if (!connections?.delete(connection)) return
      count -= 1
      if (connections.size === 0) byPerson.delete(key)
    },
    of: (tenant, sub) => [...(byPerson.get(`${tenant} ${sub}`) ?? [])],
    ofTenant: tenant => everybody().filter(connection => connection.principal().tenant === tenant),
    all: everybody,
    count: () => count,
  }
}

/** A refreshed token keeps tenant and sub, so that a connection never changes its place. Ids hold no blank. */
function keyOf(connection: Connection): string {
  const { tenant, sub } = connection.principal()
  return `${tenant} ${sub}`
}
