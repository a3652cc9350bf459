import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aService, deposit, header, item, sale } from '#test/tsrv-client.ts'

type Report = {
  firstSaleDocumentNumber: number
  lastSaleDocumentNumber: number
  saleDocumentsCount: number
  currencyReports: [{ cashIn: string }]
}

/** The free device in its second shift: the first was closed with an empty drawer. */
async function aSecondShift() {
  const service = await aService()
  const { ok, authorize } = service
  const report = async (action: string, data?: object) =>
    (await ok(action, data)) as unknown as Report
  await authorize()
  await ok('open_shift')
  await ok('create_deposit', deposit('1.00'))
  await ok('create_sale', sale())
  await ok('create_sale', sale())
  await ok('create_withdraw', deposit('15.00'))
  await ok('close_shift')
  await ok('open_shift')
  return { ...service, report }
}

test('a copy of a Z-report shows the cash of its closing, not of now', async () => {
  const { ok, report } = await aSecondShift()
  await ok('create_deposit', deposit('25.00'))
  assert.equal((await report('get_x_report')).currencyReports[0].cashIn, '25.00')
  const copy = await report('get_z_report_copy', { number: 1 })
  assert.equal(copy.currencyReports[0].cashIn, '0.00')
})

test('the first and last sale of a report are sales, 0 where there was none', async () => {
  const { ok, report } = await aSecondShift()
  const salesOf = ({ firstSaleDocumentNumber: first, lastSaleDocumentNumber: last }: Report) => [
    first,
    last,
  ]
  assert.deepEqual(salesOf(await report('get_z_report_copy', { number: 1 })), [3, 4])
  assert.deepEqual(salesOf(await report('print_x_report')), [0, 0])
  const { number } = await ok('create_sale', sale())
  const refund = { header, item, payments: [{ payment_type: 'cash', value: '7.00' }] }
  await ok('create_money_back', { money_back: refund })
  assert.deepEqual(salesOf(await report('get_x_report')), [number, number])
})

test('a receipt is printed again only for the shift that is named', async () => {
  const { call, ok } = await aSecondShift()
  assert.equal((await ok('print_prev_receipt', { shift_number: 1, number: 3 })).sum, '7.00')
  assert.equal((await ok('print_prev_receipt', { shift_number: '1', number: '3' })).number, 3)
  assert.equal((await ok('print_prev_receipt', { number: 3 })).number, 3)
  for (const asked of [
    { shift_number: 2, number: 3 },
    { shift_number: 77, number: 3 },
    { shift_number: 1, number: 77 },
  ]) {
    assert.equal((await call('print_prev_receipt', asked)).data, null, JSON.stringify(asked))
  }
})
