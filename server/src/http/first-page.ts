// The first page: files of server/pages and the client's browser build, under the same strict policy as the rest.

import { fileURLToPath } from 'node:url'
import express, { type RequestHandler, Router } from 'express'

const pages = fileURLToPath(new URL('../../pages/', import.meta.url))
const client = fileURLToPath(new URL('../../../client-sdk/dist/', import.meta.url))

/** `/` and what it loads below `/page/`. */
export function createFirstPage(): readonly RequestHandler[] {
  const router = Router()
  router.get('/', (_request, response) =>
    response.sendFile('index.html', { root: pages, headers: { 'Cache-Control': 'no-store' } }),
  )
  // By way of `root`: a whole path with a dot folder in it, above this project, would not be served.
  router.get('/page/rollcall.js', (_request, response) => response.sendFile('browser.js', { root: client }))
  // Browsers ask for it on pages that name no icon, such as /docs.
  router.get('/favicon.ico', (_request, response) => response.sendFile('icon.svg', { root: pages }))
  router.use('/page', express.static(pages, { index: false, redirect: false }))
  return [router]
}
