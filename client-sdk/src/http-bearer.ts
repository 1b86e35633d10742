// The token of an HTTP client: asked for once, and again when the server no longer accepts it.

export interface Bearer {
  /** Undefined: there is none, and only what needs none can be asked. */
  token(): Promise<string | undefined>
  /** `refused` was not accepted. True: the next `token()` may be another. */
  renew(refused: string | undefined): boolean
  /** Nobody waits for the present asking any more: the next one asks anew. */
  giveUp(): void
}

export function createBearer({
  token,
  getToken,
}: {
  readonly token?: string
  readonly getToken?: () => string | Promise<string>
}): Bearer {
  let current: Promise<string> | null = null
  let known: string | undefined = token
  return {
    async token() {
      if (!getToken) return token
      current ??= Promise.resolve(getToken())
      try {
        known = await current
        return known
      } catch (error) {
        current = null
        throw error
      }
    },
    renew(refused) {
      // Another request may have renewed it meanwhile: then its token is tried.
      if (getToken && refused === known) current = null
      return getToken !== undefined
    },
    giveUp() {
      current = null
    },
  }
}
