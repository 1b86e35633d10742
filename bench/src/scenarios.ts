// The scenarios by the ids that they are run with.

import { b2, b2Choose } from './scenarios/b2-commands.ts'
import { po1 } from './scenarios/po1-reevaluation.ts'
import type { Scenario } from './scenarios/scenario.ts'

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  B2: b2,
  'B2-choose': b2Choose,
  PO1: po1,
}
