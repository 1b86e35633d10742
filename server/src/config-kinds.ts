// How one setting is read from text: each kind says what it accepts and, if it doesn't, what to write instead.

export interface Setting<Value> {
  /** Environment variable. The first is the documented one. */
  readonly env: readonly [string, ...string[]]
  /** As the command line writes it: `--port <number>`. */
  readonly flag: string
  readonly fallback: Value
  /** The default in words, where the value alone says too little. */
  readonly fallbackText?: string
  readonly unit: string
  /** One sentence: what it is. */
  readonly about: string
  /** What more and less of it cost; what goes wrong with the wrong value. */
  readonly trades: string
  /** True: never printed back, not in an error either. */
  readonly secret?: boolean
  /** Throws an Error whose message continues "ROLLCALL_X …" and says what to write. */
  readonly read: (text: string) => Value
}

type Row<Value> = Omit<Setting<Value>, 'read' | 'unit'> & { readonly unit?: string }

export function integer(row: Row<number>, least: number, most: number): Setting<number> {
  return {
    unit: '',
    ...row,
    read(text) {
      const value = Number(text)
      if (/^\d+$/.test(text) && value >= least && value <= most) return value
      throw new Error(`must be a whole number from ${least} to ${most}`)
    },
  }
}

export function milliseconds(row: Row<number>, least: number, most: number): Setting<number> {
  return integer({ unit: 'ms', ...row }, least, most)
}

export function text<Fallback extends string | null>(
  row: Row<string | Fallback>,
  check: (text: string) => string | null = () => null,
): Setting<string | Fallback> {
  return {
    unit: '',
    ...row,
    read(given) {
      const complaint = given.trim() === '' ? 'must not be empty' : check(given)
      if (complaint !== null) throw new Error(complaint)
      return given
    },
  }
}

export function choice<Word extends string>(row: Row<Word>, words: readonly Word[]): Setting<Word> {
  return {
    unit: words.join(' | '),
    ...row,
    read(given) {
      const word = words.find(one => one === given)
      if (word !== undefined) return word
      throw new Error(`must be one of ${words.join(', ')}`)
    },
  }
}

/** `on`, `1`, `true`, `yes`, or their opposites. A flag without a value is on. */
export function toggle(row: Row<boolean>): Setting<boolean> {
  return {
    unit: 'on | off',
    ...row,
    read(given) {
      const word = given.toLowerCase()
      if (['on', '1', 'true', 'yes'].includes(word)) return true
      if (['off', '0', 'false', 'no'].includes(word)) return false
      throw new Error('must be on or off')
    },
  }
}

export function list(
  row: Row<readonly string[]>,
  check: (item: string) => string | null,
): Setting<readonly string[]> {
  return {
    unit: 'comma-separated',
    ...row,
    read(given) {
      const items = given
        .split(',')
        .map(item => item.trim())
        .filter(item => item !== '')
      const complaints = items.map(check).filter(complaint => complaint !== null)
      if (complaints.length > 0) throw new Error(complaints.join('; '))
      return items
    },
  }
}
