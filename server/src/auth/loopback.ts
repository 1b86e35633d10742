// Whether a name or address is this machine's own. Names are compared, never looked up: what a resolver says
// can be made up by whoever owns the name (DNS rebinding).

/** `host` without port, IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}

/** The same for a Host header, which may carry a port. */
export function isLoopbackHostHeader(header: string): boolean {
  return isLoopback(header.replace(/:\d{1,5}$/, ''))
}
