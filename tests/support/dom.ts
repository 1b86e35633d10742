// A document for React inside a test file, and what a test does to what is rendered into it.
import { Window } from 'happy-dom'
import { act, createElement, type FunctionComponent, StrictMode } from 'react'
import type { Root } from 'react-dom/client'

export interface Dom {
  /** Renders in place of what was there. */
  render(component: FunctionComponent, how?: { readonly strict?: boolean }): void
  /** Makes a change, and resolves it into what is shown. Changes outside of it are shown soon, as in a page. */
  during(change: () => void): void
  text(): string
  unmount(): void
  close(): Promise<void>
}

export async function createDom(): Promise<Dom> {
  const window = new Window()
  const { document: page, navigator } = window
  const globals = { window, document: page, navigator, IS_REACT_ACT_ENVIRONMENT: false }
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  // React looks for a document when it is loaded.
  const { createRoot } = await import('react-dom/client')
  const place = document.createElement('main')
  const root: Root = createRoot(place)
  const during = (change: () => void): void => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
    act(change)
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false })
  }
  const unmount = (): void => during(() => root.unmount())
  return {
    render: (component, { strict = false } = {}) =>
      during(() =>
        root.render(
          strict ? createElement(StrictMode, {}, createElement(component)) : createElement(component),
        ),
      ),
    text: () => place.textContent ?? '',
    during,
    unmount,
    async close() {
      unmount()
      await window.happyDOM.close()
      for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name)
    },
  }
}
