// Looking up by id. An id such as `constructor` must never find what an object inherits.

export function own<T>(record: Readonly<Record<string, T>>, id: string): T | null {
  return (Object.hasOwn(record, id) ? record[id] : undefined) ?? null
}

/** A record without a prototype (configuration is kept so). */
export function dictionary<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries)
}

/** Facts hold no undefined and no cycles, so equal as JSON is equal. */
export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
