// "Try it here": Ada's whole day in a few controls, through the same SDK that an application uses.

import { createRepresentative } from '/page/rollcall.js'
import { whySentence } from './words.js'

const at = id => document.getElementById(id)

/** @param {{ getToken: () => Promise<string>, now: () => number }} parts */
export function createTry({ getToken, now }) {
  const [signIn, signOut, desk, status, refusal] = ['sign-in', 'sign-out', 'desk', 'status', 'refusal'].map(
    at,
  )
  let me = null
  let isLive = false
  let isBusy = false

  /** What each button does, and when it can. Never `disabled`: the focus would fall off the button in use. */
  const actions = [
    { id: 'sign-in', can: () => true, act: begin },
    { id: 'sign-out', can: () => isLive, act: () => me.signOut() },
    { id: 'set', can: () => isLive, act: () => me.setPresence(status.value) },
    { id: 'accept', can: () => isLive, act: accept },
    { id: 'close', can: () => isLive && lastItem() !== null, act: () => me.close(lastItem()) },
    { id: 'reset', can: () => isLive, act: () => me.resetPresence() },
  ]
  for (const action of actions) at(action.id).addEventListener('click', () => run(action))
  enable()
  // A reload falls within the restore window: whoever was signed in here is again, and finds all as it was.
  if (sessionStorage.getItem('rollcall.try') === 'ada') run(actions[0])

  async function begin() {
    if (!me) {
      me = createRepresentative({ url: location.origin, getToken })
      me.onPresenceChange(show)
      me.onConnectionChange(follow)
    }
    await me.connect()
    sessionStorage.setItem('rollcall.try', 'ada')
    const options = await me.getPresenceOptions()
    status.replaceChildren(...options.map(option => new Option(option.text, option.statusId)))
    show(me.getPresence())
    arrange(true)
  }

  function accept() {
    return me.accept(`try-it-${Date.now()}`, { workstreamId: 'default', attributes: { title: 'Try it' } })
  }

  function lastItem() {
    return me?.getPresence()?.work.at(-1)?.workItemId ?? null
  }

  function follow({ kind }) {
    isLive = kind === 'live'
    // What was refused while the connection was away says nothing any more.
    if (isLive) refusal.textContent = ''
    if (kind === 'ended') {
      sessionStorage.removeItem('rollcall.try')
      arrange(false)
    }
    enable()
  }

  /** Swaps the controls of who is signed in with those of who is not, and keeps the focus among them. */
  function arrange(signedIn) {
    const hadFocus = at('try').contains(document.activeElement)
    desk.hidden = !signedIn
    signOut.hidden = !signedIn
    signIn.hidden = signedIn
    if (hadFocus) (signedIn ? status : signIn).focus()
  }

  function show(view) {
    if (!view) return
    const title = Object.assign(document.createElement('b'), { textContent: `${view.name} is ${view.text}` })
    const why = Object.assign(document.createElement('small'), {
      textContent: `${whySentence(view, now())} · rule ${view.cause.rule} · ${view.work.length} open`,
    })
    desk.querySelector('.self').replaceChildren(title, why)
    enable()
  }

  function enable() {
    for (const { id, can } of actions) at(id).setAttribute('aria-disabled', String(!can()))
  }

  async function run({ id, can, act }) {
    if (isBusy || !can()) return
    isBusy = true
    const control = at(id)
    const patience = setTimeout(() => {
      refusal.textContent = 'Still waiting for the server…'
    }, 1_500)
    refusal.textContent = ''
    control.setAttribute('aria-busy', 'true')
    try {
      await act()
      refusal.textContent = ''
    } catch (error) {
      refusal.textContent = error.message
    } finally {
      clearTimeout(patience)
      control.removeAttribute('aria-busy')
      isBusy = false
      enable()
    }
  }
}
