// The oracle can tell: of every mistake planted in the core, random histories find a disagreement.

import { mutatedCore } from '../support/mutated-core.ts'
import { historyOf, playBoth } from '../support/oracle-history.ts'
import { createCoverage } from '../support/oracle-marks.ts'
import { presenceMutants } from '../support/oracle-mutants.ts'
import { workMutants } from '../support/oracle-mutants-of-work.ts'

const SEED = 20
/** Many times what any of them needs. */
const HISTORIES = 20_000

it.each([...presenceMutants, ...workMutants])(
  '[$rule] the oracle catches a core that $what',
  mutant => {
    const core = mutatedCore(mutant)
    const coverage = createCoverage()
    let number = mutant.near
    const end = mutant.near + HISTORIES
    while (number < end && playBoth(historyOf(SEED, number), core, coverage) === null) number++
    if (process.env['ORACLE_TELL']) process.stdout.write(`${mutant.rule} ${mutant.what}: ${number}\n`)
    expect(number).toBeLessThan(end)
  },
  120_000,
)
