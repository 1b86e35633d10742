import { fingerprintOf } from '../../server/src/app/command-fingerprint.ts'

it('[I5] a fingerprint is of name and body, whatever the order of its fields', () => {
  const print = fingerprintOf('presence:set', { statusId: 'away', note: 'x' })
  expect(fingerprintOf('presence:set', { note: 'x', statusId: 'away' })).toBe(print)
  expect(fingerprintOf('presence:set', { statusId: 'away', note: 'y' })).not.toBe(print)
  expect(fingerprintOf('presence:reset', { statusId: 'away', note: 'x' })).not.toBe(print)
})

it('[I5] an object and the list of its fields are two bodies', () => {
  expect(fingerprintOf('x', { a: 1 })).not.toBe(fingerprintOf('x', [['a', 1]]))
})
