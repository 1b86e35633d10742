// "Getting a token" of the reference: where the `$TOKEN` of its commands comes from, by the mode of the server.

import { type Html, html } from './schema-table.ts'

export function tokenSection(origin: string, development: boolean): Html {
  return html`<section id="token"><h2>Getting a token</h2>
<p>The commands below take a token from <code>$TOKEN</code>. Beside each stands the role that it must have: <code>representative</code>, <code>supervisor</code>, <code>service</code> or <code>administrator</code>.</p>
${development ? inDevelopment(origin) : inProduction()}</section>`
}

function inDevelopment(origin: string): Html {
  const claims = JSON.stringify({
    sub: 'me',
    roles: ['representative', 'supervisor', 'service', 'administrator'],
    watches: ['*'],
  })
  return html`<p>This server runs in development mode and gives one, here with every role, to whoever asks on its own machine:</p>
<pre tabindex="0"><code>TOKEN=$(curl -s ${origin}/v1/dev/token \\
  -H 'Content-Type: application/json' \\
  -d '${claims}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')</code></pre>
<p>In production tokens are made from a secret that the server knows, or by your identity provider.</p>`
}

function inProduction(): Html {
  return html`<p>Where the server has a secret, whoever knows that secret makes tokens with it, offline:</p>
<pre tabindex="0"><code>export ROLLCALL_JWT_SECRET=…   # the server's own
TOKEN=$(npx rollcall token --sub sue --role supervisor --watches '*' --expires-in 3600)</code></pre>
<p>Where it has a JWKS URL instead, take a token of that identity provider. Claims: <code>sub</code>, <code>roles</code>, and <code>tenant</code>, <code>queues</code>, <code>watches</code>, <code>name</code> as needed.</p>`
}
