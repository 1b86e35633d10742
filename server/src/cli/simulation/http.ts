// Requests of the simulation over HTTP, as its administrator, supervisor and telephony.

export interface Http {
  readonly url: string
  readonly token: () => string | Promise<string>
}

/** A request that the server refused, with its answer, or (status 0) that it did not answer. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  readonly code: string

  constructor(message: string, status: number, code: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** @returns the parsed body, null for none. Rejects with a RequestError. */
export async function call(
  { url, token }: Http,
  method: string,
  path: string,
  body?: object,
  accepted: readonly number[] = [],
): Promise<unknown> {
  const authorization = `Bearer ${await token()}`
  const request = {
    method,
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  }
  const { response, text } = await sent(new URL(path, url), request).catch(error => {
    throw new RequestError(`${method} ${path} was not answered: ${error}`, 0, 'timed-out')
  })
  if (response.ok || accepted.includes(response.status)) return text === '' ? null : JSON.parse(text)
  const message = `${method} ${path} was answered with ${response.status}: ${text}`
  throw new RequestError(message, response.status, codeIn(text))
}

async function sent(url: URL, request: RequestInit): Promise<{ response: Response; text: string }> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(10_000) })
  return { response, text: await response.text() }
}

function codeIn(text: string): string {
  try {
    const { code }: { code?: unknown } = JSON.parse(text)
    return typeof code === 'string' ? code : 'internal'
  } catch {
    return 'internal'
  }
}
