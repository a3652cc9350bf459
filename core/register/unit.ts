import { isSameUnit, type UnitMark } from '../document/mark.ts'
import type { Operation } from './operation.ts'
import { holdsShare, isDisproved, isOpen, isUnproved } from './standing.ts'

// Where a marked unit is follows from the operations that it is in, and from nothing else.

/** A sale with the unit in it, and the refunds and annulments of it that hold their share. */
export type SaleOfUnit = { sale: Operation; undone: readonly Operation[] }

/**
 * `held`: nobody knows yet whether that sale has a document; `sold`: it has, or a person's word
 * that it has none was not checked; `free`: the unit was never sold here, or has come back.
 */
export type UnitStanding = { is: 'free' } | { is: 'held' | 'sold'; sale: Operation }

/** Where the unit is; what may still turn out to be a sale of it counts before what is one. */
export function standingOfUnit(mark: UnitMark, sales: readonly SaleOfUnit[]): UnitStanding {
  const held = sales.find(({ sale }) => isUndecided(sale))
  if (held) return { is: 'held', sale: held.sale }
  const sold = sales.findLast((each) => isSold(each.sale) && !isBack(mark, each))
  return sold ? { is: 'sold', sale: sold.sale } : { is: 'free' }
}

const isUndecided = (sale: Operation): boolean =>
  isOpen(sale) || (sale.state.is === 'reversing' && sale.state.held)

const isSold = (sale: Operation): boolean =>
  sale.state.is === 'registered'
    ? !isDisproved(sale)
    : sale.state.is === 'failed' && isUnproved(sale) && holdsShare(sale)

const isBack = (mark: UnitMark, { undone }: SaleOfUnit): boolean =>
  undone.some(({ kind, signed, command }) => {
    // A word about a refund brings nothing back: its document does.
    if (!signed) return false
    if (kind === 'annulment') return true
    return (
      'lines' in command && command.lines.some((line) => line.mark && isSameUnit(line.mark, mark))
    )
  })
