// The first page: files of server/pages and the client's browser build, under the same strict policy as the rest.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type RequestHandler, Router } from 'express'

const pages = fileURLToPath(new URL('../../pages/', import.meta.url))
const client = fileURLToPath(new URL('../../../client-sdk/dist/', import.meta.url))

/** `/` and what it loads below `/page/`. `directory` stands in its commands; null: not for whoever looks. */
export function createFirstPage(directory: string | null): readonly RequestHandler[] {
  const router = Router()
  const text = readFileSync(`${pages}index.html`, 'utf8')
  const page =
    directory === null
      ? text
      : text.replace('data-directory="./data"', () => attribute('data-directory', directory))
  router.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('html').send(page)
  })
  // By way of `root`: a whole path with a dot folder in it, above this project, would not be served.
  router.get('/page/rollcall.js', (_request, response) => response.sendFile('browser.js', { root: client }))
  // Browsers ask for it on pages that name no icon, such as /docs.
  router.get('/favicon.ico', (_request, response) => response.sendFile('icon.svg', { root: pages }))
  router.use('/page', express.static(pages, { index: false, redirect: false }))
  return [router]
}

const attribute = (name: string, value: string) =>
  `${name}="${value.replace(/[&"<>]/g, sign => `&#${sign.charCodeAt(0)};`)}"`
