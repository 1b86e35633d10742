// What of the product random histories drive. One door, so that a core with a planted mistake can stand in for it.

import { capacityOf } from '../../server/src/domain/capacity.ts'
import { decide } from '../../server/src/domain/decide.ts'
import { leftItems } from '../../server/src/domain/left-items.ts'
import { newFacts } from '../../server/src/domain/new-facts.ts'
import { behindOf, presenceOf } from '../../server/src/domain/presence-of.ts'
import { decideWork } from '../../server/src/domain/work.ts'

export const product = { behindOf, capacityOf, decide, decideWork, leftItems, newFacts, presenceOf }
export type Product = typeof product
