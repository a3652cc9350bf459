import { type UnitMark, unitsOf } from '#core/document/mark.ts'
import type { Operation } from '#core/register/operation.ts'
import { insist } from './invariant.ts'
import type { Truth } from './truth.ts'

/** No marked unit is sold while it is out, unless a person said that she knew. */
export function checkUnits(
  { documents, isForgetful }: Truth,
  operations: ReadonlyMap<string, Operation>,
): void {
  const out = new Map<string, Set<number>>()
  const salesOf = (mark: UnitMark) =>
    unitsOf(mark).map((unit) => {
      const sales = out.get(unit) ?? new Set<number>()
      out.set(unit, sales)
      return sales
    })
  for (const { document } of documents) {
    const { kind, number, basis, lines, operation } = document
    const marked = lines.flatMap(({ mark }, line) => (mark ? [{ mark, line }] : []))
    for (const { mark, line } of marked) {
      for (const sales of salesOf(mark)) {
        if (kind !== 'sale') sales.delete(basis?.number ?? 0)
        else {
          const { resold = [] } = operations.get(operation ?? '') ?? {}
          const isKnown = resold.includes(line) || isForgetful
          insist(sales.size === 0 || isKnown, 'a unit that is sold is sold again knowingly')
          sales.add(number)
        }
      }
    }
  }
}
