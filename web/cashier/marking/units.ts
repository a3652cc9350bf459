import type { Goods } from '#core/api/register.ts'
import {
  isSameUnit,
  isSiLike,
  isUkzLike,
  type MarkFault,
  marksNeeded,
  readSi,
  readUkz,
  type UnitMark,
} from '#core/document/mark.ts'
import type { Basket } from '../basket.ts'
import type { Why } from '../missed.ts'
import { register } from '../register.ts'
import { till } from '../till.ts'

/** Which codes a unit of the goods needs here; null: none. */
export function needsMark({ marking }: Pick<Goods, 'marking'>): Needed | null {
  const needed = marksNeeded(marking, till.get().status?.marking ?? 'all')
  return needed.si || needed.ukz ? needed : null
}
export type Needed = ReturnType<typeof marksNeeded>

export const NO_MARK: UnitMark = { si: null, ukz: null }

/** It is the code of one unit, of whatever kind. */
export const isUnitCode = (code: string): boolean => isSiLike(code) || isUkzLike(code)

export const isWhole = (mark: UnitMark, needed: Needed): boolean =>
  !(needed.si && mark.si === null) && !(needed.ukz && mark.ukz === null)

/** The mark with one more code of it, or what is wrong with the code. */
export function withScan(
  mark: UnitMark,
  code: string,
  needed: Needed,
): UnitMark | { fault: MarkFault } {
  // What looks like neither is meant for what is still wanting.
  const isWanted = !needed.si || (mark.si !== null && !isSiLike(code))
  if (needed.ukz && (isUkzLike(code) || isWanted)) {
    const read = readUkz(code)
    return 'fault' in read ? read : { si: mark.si, ukz: read.code }
  }
  const read = readSi(code)
  return 'fault' in read ? read : { si: read.code, ukz: mark.ukz }
}

/** Why a code did nothing, by what is wrong with it. */
export const whyOf = (fault: MarkFault): Why =>
  fault === 'mark-gtin' || fault === 'mark-unclear' ? fault : 'mark-wrong'

export const isInBasket = ({ lines }: Pick<Basket, 'lines'>, mark: UnitMark): boolean =>
  lines.some((line) => line.mark !== null && isSameUnit(line.mark, mark))

/** The register's word on a unit that is to be rung up. */
export const askUnit = (mark: UnitMark, goods: number) => {
  const { id } = till.get().basket
  return register.unit({ mark, goods, sale: id ?? undefined })
}
export type UnitAnswer = Awaited<ReturnType<typeof askUnit>>

/** Why a unit does not come into the receipt at once; null: it may, or a person decides. */
export function refusalOfUnit(answer: UnitAnswer): Why | null {
  switch (answer.kind) {
    case 'done':
      return null
    case 'refused':
      return answer.code === 'mark.held' || answer.code === 'mark.parked'
        ? WHY[answer.code]
        : 'no-answer'
    case 'invalid':
      return 'mark-wrong'
    case 'unsent':
    case 'unknown':
      return 'no-answer'
  }
}

const WHY = { 'mark.held': 'mark-held', 'mark.parked': 'mark-parked' } as const
