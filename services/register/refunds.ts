import type { Answer } from '#core/api/contract.ts'
import type { Refundable } from '#core/api/register.ts'
import { ZERO } from '#core/money.ts'
import { leftOf } from '#core/register/refund.ts'
import { refused } from '#core/register/refusals.ts'
import { isUnproved } from '#core/register/standing.ts'
import type { Register } from './app.ts'
import { checkWords } from './clearing.ts'

/** A word that nobody could check holds its share of a sale: whoever can speak by now is asked. */
export async function checkUndoing(register: Register, sale: string): Promise<void> {
  if (register.store.undoing(sale).some(isUnproved)) await checkWords(register)
}

/** What of a sale may still come back, line by line, for the form of a refund. */
export async function refundableOf(
  register: Register,
  id: string,
): Promise<Answer<{ lines: Refundable[] }, 'operation.unknown' | 'basis.wrong'>> {
  const { store, goods } = register
  const operation = store.operation(id)
  if (!operation) return refused('operation.unknown')
  if (operation.kind !== 'sale' || !operation.signed) return refused('basis.wrong')
  const { document } = operation.signed
  await checkUndoing(register, id)
  const left = leftOf(document, store.undoing(id))
  const lines = document.lines.map(({ name, code, price, quantity }, line): Refundable => {
    const known = code === null ? null : goods.byCode(code)
    const unit = known?.goods.unit ?? (quantity % 1000 === 0 ? 'шт' : 'кг')
    const rest = left[line]
    return {
      ...{ line, name, unit, price, sold: quantity },
      ...{ left: rest?.quantity ?? 0, sum: rest?.sum ?? ZERO },
    }
  })
  return { kind: 'done', value: { lines } }
}
