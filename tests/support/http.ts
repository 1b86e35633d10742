// Requests to a running server, as a service or an administrator would send them.

export interface Answer<Body = unknown> {
  readonly status: number
  readonly body: Body
  readonly etag: string | null
}

export interface HttpClient {
  get<Body>(path: string): Promise<Answer<Body>>
  put<Body>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<Body>>
  post<Body>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Body>>
  patch<Body>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<Body>>
  remove<Body>(path: string): Promise<Answer<Body>>
}

export function httpClient(url: string, token: string): HttpClient {
  const send = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : null) as Body,
      etag: response.headers.get('etag'),
    }
  }
  return {
    get: path => send('GET', path),
    put: (path, body, headers) => send('PUT', path, body, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    patch: (path, body, headers) => send('PATCH', path, body, headers),
    remove: path => send('DELETE', path),
  }
}
