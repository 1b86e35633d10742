import { addNotice, noticeSeen } from '../../server/src/domain/notices.ts'
import { openFloor, SUPERVISOR } from '../support/domain-builders.ts'

it('[NO7] two notices of one kind in one decision are two: who has read the one has not read the other', () => {
  const floor = openFloor()
  const about = { by: SUPERVISOR, item: null }
  const told = (facts: Parameters<typeof addNotice>[0]) =>
    addNotice(facts, 'changed-by', about, floor.config(), floor.now())
  const three = told(told(told(floor.facts())))
  const ids = three.notices.map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
  for (const noticeId of ids) {
    const seen = noticeSeen(three, { type: 'notice-seen', noticeId, by: SUPERVISOR })
    const left = 'facts' in seen ? seen.facts.notices.map(({ id }) => id) : null
    expect(left).toEqual(ids.filter(id => id !== noticeId))
  }
})
