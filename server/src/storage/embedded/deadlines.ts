// All deadlines of all tenants, earliest first: a binary heap that knows where each key stands in it, so that a
// deadline can be moved without a search (10,000 people who drop at once move 10,000 of them).

import type { RecordKey, RecordKind } from '../storage.ts'

export interface Due {
  readonly tenant: string
  readonly key: RecordKey
  readonly deadline: number
}

export interface Deadlines {
  /** null removes it. */
  set(tenant: string, kind: RecordKind, id: string, deadline: number | null): void
  /** At or before `now`, earliest first. */
  due(now: number, limit: number): readonly Due[]
  earliest(): number | null
}

interface Node {
  readonly name: string
  readonly due: Due
  place: number
}

export function createDeadlines(): Deadlines {
  const heap: Node[] = []
  const nodes = new Map<string, Node>()

  return {
    set(tenant, kind, id, deadline) {
      const name = `${tenant}/${kind}/${id}`
      const known = nodes.get(name)
      if (known) {
        if (known.due.deadline === deadline) return
        remove(heap, known)
        nodes.delete(name)
      }
      if (deadline === null) return
      const node: Node = { name, due: { tenant, key: { kind, id }, deadline }, place: heap.length }
      nodes.set(name, node)
      heap.push(node)
      rise(heap, node)
    },

    due(now, limit) {
      const found: Due[] = []
      // The frontier holds the heap's nodes whose parent was taken: the next earliest is always among them.
      const frontier: Node[] = []
      const reach = (place: number) => {
        const node = heap[place]
        if (node && node.due.deadline <= now) pushSorted(frontier, node)
      }
      reach(0)
      while (found.length < limit) {
        const next = frontier.pop()
        if (!next) break
        found.push(next.due)
        reach(2 * next.place + 1)
        reach(2 * next.place + 2)
      }
      return found
    },

    earliest: () => heap[0]?.due.deadline ?? null,
  }
}

function remove(heap: Node[], node: Node): void {
  const last = heap.pop()
  if (!last || last === node) return
  last.place = node.place
  heap[last.place] = last
  rise(heap, last)
  sink(heap, last)
}

function rise(heap: Node[], node: Node): void {
  for (;;) {
    if (node.place === 0) return
    const parent = heap[(node.place - 1) >> 1]
    if (!parent || !before(node, parent)) return
    swap(heap, node, parent)
  }
}

function sink(heap: Node[], node: Node): void {
  for (;;) {
    const left = heap[2 * node.place + 1]
    const right = heap[2 * node.place + 2]
    const least = right && left && before(right, left) ? right : left
    if (!least || !before(least, node)) return
    swap(heap, node, least)
  }
}

function swap(heap: Node[], one: Node, other: Node): void {
  const place = one.place
  one.place = other.place
  other.place = place
  heap[one.place] = one
  heap[other.place] = other
}

/** Latest first, so that the earliest is popped from the end. */
function pushSorted(frontier: Node[], node: Node): void {
  let low = 0
  let high = frontier.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = frontier[middle]
    if (other && before(node, other)) low = middle + 1
    else high = middle
  }
  frontier.splice(low, 0, node)
}

/** Equal deadlines come in the order of their names, so that two runs give the same answer. */
function before(one: Node, other: Node): boolean {
  const difference = one.due.deadline - other.due.deadline
  return difference < 0 || (difference === 0 && one.name < other.name)
}
