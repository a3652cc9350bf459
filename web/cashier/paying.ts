import { go } from '#web/ui/hooks.ts'
import { priced, saleRequest } from './basket.ts'
import { carryOut } from './operations.ts'
import { till } from './till.ts'

/** N11: the whole receipt by card: the reader waits at once. What is paid already is opened. */
export function payByCard(): void {
  const { basket, open } = till.get()
  const { id } = basket
  const { totals, fault } = priced(basket)
  if (id === null || !totals || fault !== null) return
  const sent = open.find((view) => view.id === id)
  if (sent) go(`#/receipts/${sent.id}`)
  else carryOut(saleRequest({ ...basket, id }, [{ means: 'card', sum: totals.total }]))
}
