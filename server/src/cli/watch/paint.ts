// Text in a terminal: colours, columns of fixed width, and nothing that a name could smuggle in.

import { styleText } from 'node:util'
import type { Base } from '@rollcall/shared/vocabulary'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

export const COLOURED: Paint = (style, text) => styleText(style, text, { validateStream: false })
export const PLAIN: Paint = (_style, text) => text

/** Never colour alone: each base has a shape of its own. */
export const MARKS: Readonly<Record<Base, { readonly mark: string; readonly style: Style }>> = {
  available: { mark: '●', style: 'green' },
  busy: { mark: '◐', style: 'red' },
  'do-not-disturb': { mark: '⊖', style: 'magenta' },
  away: { mark: '◷', style: 'yellow' },
  offline: { mark: '○', style: 'gray' },
}

/** Cut with an ellipsis, or filled with blanks, to exactly `width` columns. */
export function fit(text: string, width: number): string {
  const letters = [...text]
  if (letters.length <= width) return text + ' '.repeat(width - letters.length)
  return width < 1 ? '' : `${letters.slice(0, width - 1).join('')}…`
}

/** Without control characters: a name must not move the cursor or change colours. */
export function harmless(text: string): string {
  return text.replace(/\p{C}/gu, '')
}

/** `0:07`, `12:30`, `3:05:00`: how long something has lasted, as a running clock. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
