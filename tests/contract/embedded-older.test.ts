import { reviveWrite } from '../../server/src/storage/embedded/revive.ts'
import { heldOf } from '../support/domain-builders.ts'
import { facts } from './records.ts'

describe('records of older versions', () => {
  it('[CA6, WK7, WK8, EX2] what they lack is as if nothing of it had happened', () => {
    const { overReset: _overReset, stale: _stale, staleAt: _staleAt, ...held } = heldOf()
    const {
      releaseAt: _releaseAt,
      replaced: _replaced,
      ...older
    } = { ...facts('ada'), work: [held, heldOf({ staleAt: 5 })] }
    const record = JSON.parse(JSON.stringify(older))
    const revived = reviveWrite({ kind: 'representative', id: 'ada', record, deadline: null })
    expect(revived.record).toMatchObject({
      releaseAt: null,
      replaced: null,
      work: [heldOf(), heldOf({ staleAt: 5 })],
    })
  })
})
