// "Next steps": the commands as they are to be typed for this server, by where it is, its mode and its data.

const at = id => document.getElementById(id)
const USUAL = { origin: 'http://127.0.0.1:3000', directory: './data' }

/** @param {{ about: { mode: string, demo: boolean }, directory: string }} parts */
export function fillNextSteps({ about, directory }) {
  const isDevelopment = about.mode === 'development'
  const isUsual = location.origin === USUAL.origin
  const url = isUsual ? '' : ` --url ${location.origin}`
  at('url').textContent = location.origin
  at('alive').hidden = about.demo || !isDevelopment
  at('alive-command').textContent = `DEMO=1 npm start${isUsual ? '' : ` -- --port ${location.port || 80}`}`
  if (isDevelopment) {
    const data = directory === USUAL.directory ? '' : ` --data-dir ${quoted(directory)}`
    at('watch-command').textContent = `npx rollcall watch${url}`
    at('token-command').textContent =
      `export ROLLCALL_TOKEN=$(npx rollcall token --dev${data} --sub mia --role representative)`
    return
  }
  at('watch-command').textContent = `npx rollcall watch${url} --token "$SUPERVISOR_TOKEN"`
  at('token-words').textContent =
    'A token for your own code: from your identity provider or, where the server has a secret, made with it'
  at('token-command').textContent =
    'export ROLLCALL_TOKEN=$(ROLLCALL_JWT_SECRET=… npx rollcall token --sub mia --role representative)'
}

const quoted = path => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)
