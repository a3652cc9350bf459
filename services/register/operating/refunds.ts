import { type Answer, type Reply, refused } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import type { Refundable } from '#core/api/register-refundable.ts'
import { thousandths, ZERO } from '#core/money.ts'
import { restOf } from '#core/register/refund.ts'
import { isUnproved } from '#core/register/standing.ts'
import type { Register } from '../register.ts'
import { checkWords } from './clearing.ts'

/** A word that nobody could check holds its share of a sale: whoever can speak by now is asked. */
export async function checkUndoing(register: Register, sale: string): Promise<void> {
  if (register.store.undoing(sale).some(isUnproved)) await checkWords(register)
}

/** What of a sale may still come back, lines and money, for the form of a refund. */
export async function refundableOf(
  register: Register,
  id: string,
): Promise<Answer<Reply<(typeof registerApi)['refundable']>, 'operation.unknown' | 'basis.wrong'>> {
  const { store, goods } = register
  const operation = store.operation(id)
  if (!operation) return refused('operation.unknown')
  if (operation.kind !== 'sale' || !operation.signed) {
    return refused('basis.wrong', { reason: 'not-sale' })
  }
  const { document } = operation.signed
  await checkUndoing(register, id)
  const undone = store.undoing(id)
  const rest = restOf(document, undone)
  const lines = document.lines.map(({ name, code, price, quantity, mark = null }, line) => {
    const known = code === null ? null : goods.byCode(code)
    const unit = known?.goods.unit ?? (quantity % 1000 === 0 ? 'piece' : 'kg')
    const { left, sum } = rest.lines[line] ?? { left: thousandths(0), sum: ZERO }
    const row: Refundable = { line, name, unit, price, mark, sold: quantity, left, sum }
    return row
  })
  const unproved = undone.some(isUnproved)
  return { kind: 'done', value: { lines, payments: [...rest.payments], unproved } }
}
