import { demoPeople, plainGoods } from '#core/demo/shop.ts'
import { httpSend } from '#services/runtime/send.ts'
import { signIn } from './client.ts'
import { type Measured, oneByOne, summary, timed } from './measure.ts'
import { openShop, type Shop } from './processes.ts'
import { openSkeleton } from './skeleton.ts'

const ROUNDS = 10

const ratio = (a: number, b: number): string => (a / b).toFixed(2)

/** How a sale stands to its floor, and how it should. */
export const againstSkeleton = (sale: Measured, skeleton: Measured): string =>
  `sale / skeleton, a second      ${ratio(sale.perSecond, skeleton.perSecond)}   target ≥ 0.70
p99 of a sale / skeleton       ${ratio(sale.p99, skeleton.p99)}   target ≤ 2.0`

/** `sales` of each in turns, so that what else the machine does befalls both. */
export async function saleAndSkeleton(sales: number) {
  const shop = await openShop({ printing: false })
  const skeleton = await openSkeleton()
  const device = await deviceAlone(shop, sales)
  const cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  await oneByOne(500, cashier.sell)
  await oneByOne(500, skeleton.sale)
  const ofSale: number[] = []
  const ofSkeleton: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await timed(sales / ROUNDS, cashier.sell, ofSale)
    await timed(sales / ROUNDS, skeleton.sale, ofSkeleton)
  }
  cashier.close()
  await skeleton.stop()
  await shop.stop()
  return { device, sale: summary(ofSale), skeleton: summary(ofSkeleton) }
}

async function deviceAlone({ skoUrl }: Shop, sales: number) {
  const send = httpSend(skoUrl, { deadlineMs: 5000 })
  const call = async (address: string, action: string, data?: unknown) => {
    const headers = { action, token: 'AVQ11099999998' }
    const body = JSON.stringify({ type: 'send', address, headers, data })
    const got = await send({ method: 'POST', path: '/tsrv', body })
    if (!('body' in got) || got.body.includes('"error"')) throw new Error(JSON.stringify(got))
  }
  await call('ik.service.token.authority', 'authorize', { pin: '1234' })
  await call('ik.service.token.shift', 'open_shift')
  const header = { cashier: demoPeople.cashier, currency: 'BYN' }
  const item = { name: plainGoods[0], quantity: '1.000', price: '1.59', tax_rate: 'tax10' }
  const payments = [{ payment_type: 'cash', value: '5.00' }]
  const sale = { sale: { header, items: [item, item, item], payments, cheque_discount: '0.00' } }
  const one = () => call('ik.service.token.sales.retail', 'create_sale', sale)
  await oneByOne(200, one)
  const measured = await oneByOne(sales, one)
  send.close()
  return measured
}
