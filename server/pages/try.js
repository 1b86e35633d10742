// "Try it here": Ada's whole day in five controls, through the same SDK that an application uses.

import { createRepresentative } from '/page/rollcall.js'
import { whySentence } from './words.js'

const ITEM = 'try-it'

/** @param {{ getToken: () => Promise<string>, now: () => number }} parts */
export function createTry({ getToken, now }) {
  const at = id => document.getElementById(id)
  const [signIn, signOut, desk, status, accept, close, reset, refusal] = [
    'sign-in',
    'sign-out',
    'desk',
    'status',
    'accept',
    'close',
    'reset',
    'refusal',
  ].map(at)
  let me = null

  signIn.addEventListener('click', () => run(signIn, begin))
  signOut.addEventListener('click', () => run(signOut, () => me.signOut()))
  status.addEventListener('change', () => run(status, () => me.setPresence(status.value)))
  accept.addEventListener('click', () =>
    run(accept, () =>
      me.accept(ITEM + Date.now(), { workstreamId: 'default', attributes: { title: 'Try it' } }),
    ),
  )
  close.addEventListener('click', () => run(close, () => me.close(me.getPresence().work.at(-1).workItemId)))
  reset.addEventListener('click', () => run(reset, () => me.resetPresence()))
  // A reload falls within the restore window: whoever was signed in here is again, and finds all as it was.
  if (sessionStorage.getItem('rollcall.try') === 'ada') run(signIn, begin)

  async function begin() {
    me = createRepresentative({ url: location.origin, getToken })
    me.onPresenceChange(show)
    me.onConnectionChange(connection => {
      if (connection.kind === 'ended') ended()
    })
    await me.connect()
    sessionStorage.setItem('rollcall.try', 'ada')
    const options = await me.getPresenceOptions()
    status.replaceChildren(
      new Option('choose…', ''),
      ...options.map(option => new Option(option.text, option.statusId)),
    )
    desk.hidden = false
    signOut.hidden = false
    signIn.hidden = true
    show(me.getPresence())
  }

  function ended() {
    sessionStorage.removeItem('rollcall.try')
    desk.hidden = true
    signOut.hidden = true
    signIn.hidden = false
    signIn.focus()
  }

  function show(view) {
    if (!view) return
    const self = desk.querySelector('.self')
    const title = Object.assign(document.createElement('b'), { textContent: `${view.name} is ${view.text}` })
    const why = Object.assign(document.createElement('small'), {
      textContent: `${whySentence(view, now())} · rule ${view.cause.rule} · ${view.work.length} open`,
    })
    self.replaceChildren(title, why)
    close.disabled = view.work.length === 0
    status.value = view.origin === 'representative' ? view.statusId : ''
  }

  async function run(control, action) {
    refusal.textContent = ''
    control.setAttribute('aria-busy', 'true')
    control.disabled = true
    try {
      await action()
    } catch (error) {
      desk.hidden = false
      refusal.textContent = error.message
    } finally {
      control.removeAttribute('aria-busy')
      control.disabled = control === close ? !me?.getPresence()?.work.length : false
    }
  }
}
