import { capacityResult } from '../../server/src/domain/capacity.ts'
import { openFloor, START } from '../support/domain-builders.ts'
import { type CapacityCase, capacityConfiguration as config, factsOf } from '../support/domain-capacity.ts'

const DND = 'do-not-disturb'

describe('the truth table of capacity', () => {
  it.each<[string, CapacityCase, string, string]>([
    ['T1 units below zero', { units: 10, profiles: ['chat'], items: [[11]] }, DND, 'CA2.1'],
    [
      'T1 a profile below zero',
      {
        units: 100,
        profiles: ['mail'],
        items: [
          [0, 'mail'],
          [0, 'mail'],
        ],
      },
      DND,
      'CA2.1',
    ],
    ['T2', { units: 100, profiles: [], items: [] }, 'available', 'CA2.5'],
    ['T3', { units: 100, profiles: [], items: [[60]] }, 'busy', 'CA2.4'],
    ['T4', { units: 100, profiles: [], items: [[60], [40]] }, DND, 'CA2.3'],
    ['T5', { units: 100, profiles: [], items: [[0]] }, 'busy', 'CA2.4'],
    ['T6', { units: 0, profiles: [], items: [] }, DND, 'CA2.3'],
    ['T7', { units: null, profiles: [], items: [] }, 'available', 'CA2.5'],
    ['T8', { units: null, profiles: [], items: [[5]] }, 'busy', 'CA2.4'],
    ['T9', { units: null, profiles: ['chat'], items: [] }, 'available', 'CA2.5'],
    ['T10', { units: null, profiles: ['chat', 'mail'], items: [[0, 'chat']] }, 'busy', 'CA2.4'],
    ['T11', { units: null, profiles: ['mail'], items: [[0, 'mail']] }, DND, 'CA2.3'],
    ['T12', { units: null, profiles: ['chat', 'mail'], items: [[0, 'mail']] }, 'busy', 'CA2.4'],
    ['T13', { units: null, profiles: ['case', 'mail'], items: [[0, 'mail', 'case']] }, DND, 'CA2.3'],
    ['T14', { units: null, profiles: ['chat', 'voice'], items: [[0, 'voice']] }, DND, 'CA2.2'],
    [
      'T15',
      { units: null, profiles: ['mail', 'case', 'voice'], items: [[0, 'mail', 'case']] },
      'busy',
      'CA2.4',
    ],
    ['T16', { units: null, profiles: ['voice', 'video'], items: [[0, 'video']] }, DND, 'CA2.2'],
    ['T17', { units: 100, profiles: ['mail'], items: [[60, 'mail']] }, 'busy', 'CA2.4'],
    ['T18', { units: 100, profiles: ['mail'], items: [[100]] }, 'busy', 'CA2.4'],
    ['T19', { units: 100, profiles: ['mail'], items: [[100, 'mail']] }, DND, 'CA2.3'],
    ['T20', { units: 100, profiles: ['voice', 'mail'], items: [[60, 'voice']] }, DND, 'CA2.2'],
    ['T21 idle', { units: 0, profiles: ['mail'], items: [] }, 'available', 'CA2.5'],
    ['T21 at work', { units: 0, profiles: ['mail'], items: [[0]] }, 'busy', 'CA2.4'],
    [
      'T23',
      {
        units: null,
        profiles: ['chat'],
        items: [
          [0, 'chat'],
          [0, 'chat'],
        ],
        limits: { chat: 1 },
      },
      DND,
      'CA2.1',
    ],
  ])('[CA10, CA2] %s', (_name, made, statusId, rule) => {
    expect(capacityResult(factsOf(made), config, START)).toMatchObject({ statusId, rule })
  })

  it('[CA10, SI1] T6: at sign-in the default is shown, though she has no capacity at all', () => {
    const floor = openFloor({}, { capacity: { units: 0, profiles: {} } })
    expect(floor.facts().shown).toMatchObject({ statusId: 'available', origin: 'default' })
    floor.reset()
    expect(floor.facts().shown).toMatchObject({ statusId: DND, origin: 'capacity' })
  })
})
