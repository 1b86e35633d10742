// The container files can't be built where the tests run; what they name must exist all the same.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describeConfig } from '../../server/src/config.ts'
import { read, root } from '../support/tree.ts'

it('[house] what the Dockerfile copies is there, or is built', () => {
  const copied = [...read('Dockerfile').matchAll(/COPY --from=build \/app\/(\S+)/g)].map(
    ([, path]) => path ?? '',
  )
  expect(copied.length).toBeGreaterThan(5)
  const missing = copied.filter(path => !existsSync(join(root, path)) && !/^node_modules|\/dist$/.test(path))
  expect(missing).toEqual([])
})

it('[house] the container files name settings that exist', () => {
  const known = new Set(describeConfig().flatMap(({ env }) => env))
  const named = [...`${read('Dockerfile')}${read('docker-compose.yml')}`.matchAll(/\bROLLCALL_[A-Z_]+/g)].map(
    ([name]) => name,
  )
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter(name => !known.has(name))).toEqual([])
})
