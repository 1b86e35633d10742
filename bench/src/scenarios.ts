// The scenarios by the ids that they are run with.

import { b1 } from './scenarios/b1-fan-out.ts'
import { b2, b2Choose } from './scenarios/b2-commands.ts'
import { b3 } from './scenarios/b3-storm.ts'
import { b4 } from './scenarios/b4-memory.ts'
import { b5 } from './scenarios/b5-idle.ts'
import { b6 } from './scenarios/b6-growth.ts'
import { b8 } from './scenarios/b8-snapshot.ts'
import { po1 } from './scenarios/po1-reevaluation.ts'
import type { Scenario } from './scenarios/scenario.ts'

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  B1: b1,
  B2: b2,
  'B2-choose': b2Choose,
  B3: b3,
  B4: b4,
  B5: b5,
  B6: b6,
  B8: b8,
  PO1: po1,
}
