/** Waits for a fact: polls until `read` answers something truthy, and fails with `what` after `withinMs`. */
export async function until<Value>(
  what: string,
  read: () => Value | Promise<Value>,
  withinMs = 5_000,
): Promise<Truthy<Value>> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const value = await read()
    if (value) return value as Truthy<Value>
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

type Truthy<Value> = Exclude<Value, false | null | undefined | '' | 0>
