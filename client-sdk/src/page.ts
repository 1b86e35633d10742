// The page around the SDK, reduced to what a connection must know of it. In Node there is none.

import { together } from './together.ts'

export interface Page {
  /** False only when the browser is sure that there is no network. */
  online(): boolean
  /** The page may have slept, or the network may have changed: it is shown, resumed, restored, or online again. */
  onWake(listener: () => void): () => void
  /** The browser stops the page's timers now; there is no word for when it lets it go on, if ever. */
  onFreeze(listener: () => void): () => void
  /**
   * Holds a shared Web Lock: browsers don't freeze or discard a background tab that holds one. Returns its
   * release. Does nothing where locks don't exist.
   */
  hold(lock: string): () => void
}

/** What is read of `globalThis`; each part may be missing. */
export interface PageScope {
  readonly window?: EventTarget | undefined
  readonly document?: (EventTarget & { readonly visibilityState: string }) | undefined
  readonly navigator?:
    | { readonly onLine?: boolean; readonly locks?: Pick<LockManager, 'request'> | undefined }
    | undefined
}

export function createPage(scope: PageScope = globalThis): Page {
  const { window, document, navigator } = scope
  return {
    // Node's navigator has no onLine: unknown counts as online.
    online: () => navigator?.onLine !== false,
    onWake: listener =>
      together(
        listen(window, 'online', listener),
        listen(document, 'resume', listener),
        listen(window, 'pageshow', event => {
          if ('persisted' in event && event.persisted) listener()
        }),
        listen(document, 'visibilitychange', () => {
          if (document?.visibilityState === 'visible') listener()
        }),
      ),
    onFreeze: listener => listen(document, 'freeze', listener),
    hold: lock => holdLock(navigator?.locks, lock),
  }
}

function listen(target: EventTarget | undefined, name: string, listener: (event: Event) => void): () => void {
  target?.addEventListener(name, listener)
  return () => target?.removeEventListener(name, listener)
}

function holdLock(locks: Pick<LockManager, 'request'> | undefined, name: string): () => void {
  let release: () => void = () => undefined
  // Released before it was granted, it is given back as soon as it is.
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  // Refused or stolen: the lock only keeps a tab awake, everything works without.
  locks?.request(name, { mode: 'shared' }, () => held).catch(() => undefined)
  return release
}
