import fc from 'fast-check'
import { nextLocalTime } from '../../server/src/domain/local-time.ts'

const at = (instant: string) => Date.parse(instant)
const next = (zone: string, time: string, after: string, notBy: string | null = null) => {
  const found = nextLocalTime(zone, time, at(after), notBy)
  return [new Date(found.at).toISOString(), found.localDate]
}

describe('the end of a local day', () => {
  it.each([
    ['today', 'UTC', '18:00', '2026-11-02T09:00Z', '2026-11-02T18:00:00.000Z', '2026-11-02'],
    [
      'tomorrow, once it has passed',
      'UTC',
      '18:00',
      '2026-11-02T18:00Z',
      '2026-11-03T18:00:00.000Z',
      '2026-11-03',
    ],
    [
      'a millisecond before',
      'UTC',
      '18:00',
      '2026-11-02T17:59:59.999Z',
      '2026-11-02T18:00:00.000Z',
      '2026-11-02',
    ],
    [
      'midnight begins its date',
      'UTC',
      '00:00',
      '2026-12-31T23:00Z',
      '2027-01-01T00:00:00.000Z',
      '2027-01-01',
    ],
    ['winter', 'Europe/Berlin', '18:00', '2026-11-02T09:00Z', '2026-11-02T17:00:00.000Z', '2026-11-02'],
    ['summer', 'Europe/Berlin', '18:00', '2026-07-02T09:00Z', '2026-07-02T16:00:00.000Z', '2026-07-02'],
    ['before 1970', 'UTC', '18:00', '1969-12-31T17:59:59.999Z', '1969-12-31T18:00:00.000Z', '1969-12-31'],
    [
      'a quarter of an hour off',
      'Asia/Kathmandu',
      '00:00',
      '2026-11-02T09:00Z',
      '2026-11-02T18:15:00.000Z',
      '2026-11-03',
    ],
    [
      'another date than in UTC',
      'Pacific/Auckland',
      '08:00',
      '2026-11-02T09:00Z',
      '2026-11-02T19:00:00.000Z',
      '2026-11-03',
    ],
    [
      'a skipped time is the end of the skip',
      'Europe/Berlin',
      '02:30',
      '2026-03-28T12:00Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29',
    ],
    [
      'the skip itself',
      'Europe/Berlin',
      '02:00',
      '2026-03-28T12:00Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29',
    ],
    [
      'after a skip in the morning',
      'Europe/Berlin',
      '03:30',
      '2026-03-28T12:00Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-29',
    ],
    [
      'before a skip',
      'Europe/Berlin',
      '01:30',
      '2026-03-28T12:00Z',
      '2026-03-29T00:30:00.000Z',
      '2026-03-29',
    ],
    [
      'of a time that comes twice, the first',
      'Europe/Berlin',
      '02:30',
      '2026-10-24T12:00Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25',
    ],
    [
      'and not the second',
      'Europe/Berlin',
      '02:30',
      '2026-10-25T00:30Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-26',
    ],
    [
      'after clocks went back',
      'Europe/Berlin',
      '03:30',
      '2026-10-24T12:00Z',
      '2026-10-25T02:30:00.000Z',
      '2026-10-25',
    ],
    [
      'a midnight that is skipped',
      'Africa/Cairo',
      '00:00',
      '2026-04-23T12:00Z',
      '2026-04-23T22:00:00.000Z',
      '2026-04-24',
    ],
    [
      'half an hour of daylight saving',
      'Australia/Lord_Howe',
      '02:15',
      '2026-10-03T10:00Z',
      '2026-10-03T15:30:00.000Z',
      '2026-10-04',
    ],
    [
      'a date that was left out has no end',
      'Pacific/Apia',
      '18:00',
      '2011-12-30T09:00Z',
      '2011-12-31T04:00:00.000Z',
      '2011-12-31',
    ],
  ])('[CA6] %s', (_name, zone, time, after, instant, date) => {
    expect(next(zone, time, after)).toEqual([instant, date])
  })

  it('[CA6] once per date, whatever the time was before', () => {
    expect(next('UTC', '20:00', '2026-11-02T19:00Z', '2026-11-02')).toEqual([
      '2026-11-03T20:00:00.000Z',
      '2026-11-03',
    ])
    expect(next('UTC', '20:00', '2026-11-02T19:00Z', '2026-11-01')).toEqual([
      '2026-11-02T20:00:00.000Z',
      '2026-11-02',
    ])
  })

  it('[CA6] is later, shows the local time or has just skipped it, and comes once for each date', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Havana',
      'Africa/Cairo',
      'America/Nuuk',
    ]
    const years = { min: at('2024-01-01T00:00Z'), max: at('2027-12-31T00:00Z') }
    const clock = (zone: string, instant: number) =>
      new Date(instant).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer(years),
        (zone, minute, after) => {
          const time = new Date(minute * 60_000).toISOString().slice(11, 16)
          const first = nextLocalTime(zone, time, after, null)
          const second = nextLocalTime(zone, time, first.at, null)
          expect(first.at).toBeGreaterThan(after)
          expect(first.at - after).toBeLessThanOrEqual(26 * 3_600_000)
          expect(Date.parse(second.localDate) - Date.parse(first.localDate)).toBe(86_400_000)
          if (clock(zone, first.at) !== time) {
            expect(
              clock(zone, first.at - 1) < time || clock(zone, first.at) < clock(zone, first.at - 1),
            ).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
