import { allowsPresence } from '../../server/src/domain/allowed-presence.ts'
import { builtInConfiguration } from '../../server/src/domain/built-in.ts'
import { defaultWorkstream } from '../../server/src/domain/policy.ts'
import { defaultStatusOf, selectable, statusOf, statusTextWarning } from '../../server/src/domain/statuses.ts'
import { codeOf, configurationOf, openFloor, profileOf, SUPERVISOR } from '../support/domain-builders.ts'

const ids = (statuses: readonly { readonly id: string }[]) => statuses.map(({ id }) => id)

describe('statuses', () => {
  it('[ST1] six standard statuses exist before anything is configured', () => {
    const { statuses, version } = builtInConfiguration()
    expect(version).toBe(0)
    expect(Object.values(statuses).map(({ id, text, base }) => [id, text, base])).toEqual([
      ['available', 'Available', 'available'],
      ['busy', 'Busy', 'busy'],
      ['do-not-disturb', 'Do not disturb', 'do-not-disturb'],
      ['away', 'Appear away', 'away'],
      ['offline', 'Offline', 'offline'],
      ['inactive', 'Inactive', 'away'],
    ])
  })

  it.each(['representative', 'supervisor', 'service'] as const)('[ST2] a %s cannot choose inactive', kind => {
    expect(ids(selectable(builtInConfiguration(), kind))).toEqual([
      'available',
      'busy',
      'do-not-disturb',
      'away',
      'offline',
    ])
  })

  it('[ST3] a status says who may choose it', () => {
    const config = configurationOf({
      statuses: [
        { id: 'mine', base: 'busy', selectableBy: { representatives: true, supervisors: false } },
        { id: 'theirs', base: 'away', selectableBy: { representatives: false, supervisors: true } },
      ],
    })
    expect(ids(selectable(config, 'representative'))).toContain('mine')
    expect(ids(selectable(config, 'representative'))).not.toContain('theirs')
    expect(ids(selectable(config, 'supervisor'))).toContain('theirs')
    expect(ids(selectable(config, 'service'))).not.toContain('mine')
  })

  it('[ST4] a custom status is sticky by its base and shown under its own text', () => {
    const floor = openFloor({
      statuses: [
        { id: 'lunch', text: 'Lunch', base: 'away' },
        { id: 'mail', text: 'Mail', base: 'busy' },
      ],
    })
    floor.choose('lunch')
    floor.accept('w1')
    expect(floor.facts().shown).toMatchObject({ statusId: 'lunch', text: 'Lunch', base: 'away' })
    floor.choose('mail')
    floor.accept('w2')
    expect(floor.facts().shown).toMatchObject({ statusId: 'busy', origin: 'capacity' })
  })

  it.each([
    ['Available - training', 'offline', 'available'],
    ["Please don't disturb", 'busy', 'do-not-disturb'],
    ['DND', 'away', 'do-not-disturb'],
    ['AWAY', 'available', 'away'],
  ] as const)('[ST5] the text %s on the base %s is warned of', (text, base, named) => {
    expect(statusTextWarning(text, base)).toContain(named)
    expect(statusTextWarning(text, base)).toContain(`"${base}"`)
  })

  it.each([
    ['Away - lunch', 'away'],
    ['Lunch', 'offline'],
    ['Unavailable', 'offline'],
    ['Available, not away', 'away'],
  ] as const)('[ST5] the text %s on the base %s is not warned of', (text, base) => {
    expect(statusTextWarning(text, base)).toBeNull()
  })

  it('[ST6] an archived default falls back to the tenant’s, then to Available', () => {
    const archived = { base: 'away', archived: true } as const
    const config = configurationOf({ statuses: [{ id: 'old', ...archived }] })
    expect(defaultStatusOf(profileOf({ defaultStatusId: 'old' }), config).id).toBe('available')
    const busy = configurationOf({ policy: { defaultStatusId: 'busy' } }, config)
    expect(defaultStatusOf(profileOf({ defaultStatusId: 'old' }), busy).id).toBe('busy')
    const old = configurationOf({ policy: { defaultStatusId: 'old' } }, config)
    expect(defaultStatusOf(profileOf(), old).id).toBe('available')
  })

  it('[ST6] whoever shows an archived status keeps it, and nobody chooses it again', () => {
    const floor = openFloor({ statuses: [{ id: 'lunch', base: 'away' }] })
    floor.choose('lunch')
    floor.configure({ statuses: [{ id: 'lunch', base: 'away', archived: true }] })
    expect(floor.on({ type: 'configuration-changed', by: SUPERVISOR })).toEqual({ kind: 'nothing' })
    expect(floor.facts().shown.statusId).toBe('lunch')
    floor.choose('busy')
    expect(codeOf(floor.choose('lunch'))).toBe('status-not-selectable')
  })

  it('[ST6] an id that never was a status reads as Available, an inherited name too', () => {
    expect(statusOf(builtInConfiguration(), 'constructor').id).toBe('available')
    expect(statusOf({ ...builtInConfiguration(), statuses: {} }, 'away').id).toBe('away')
  })

  it('[ST7, RO2] a status can name the only workstreams it takes work from', () => {
    const config = configurationOf({ statuses: [{ id: 'mail-only', base: 'busy', workstreams: ['mail'] }] })
    const status = statusOf(config, 'mail-only')
    expect(allowsPresence(defaultWorkstream('mail'), status)).toBe(true)
    expect(allowsPresence(defaultWorkstream('chat'), status)).toBe(false)
  })

  it('[RO2] a base allows its statuses but Inactive, which must be named', () => {
    const config = builtInConfiguration()
    const away = { ...defaultWorkstream('w'), allowedPresences: ['away'] }
    expect(allowsPresence(away, statusOf(config, 'away'))).toBe(true)
    expect(allowsPresence(away, statusOf(config, 'inactive'))).toBe(false)
    expect(allowsPresence({ ...away, allowedPresences: ['inactive'] }, statusOf(config, 'inactive'))).toBe(
      true,
    )
  })

  it('[PO5] the built-in workstream may be picked from and takes Available people only', () => {
    expect(builtInConfiguration().workstreams['default']).toMatchObject({
      queueId: 'default',
      cost: {},
      allowedPresences: ['available'],
      selfAssign: true,
    })
  })
})
