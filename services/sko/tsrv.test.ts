import assert from 'node:assert/strict'
import { randomUUID, verify } from 'node:crypto'
import { test } from 'node:test'
import type { Send, SentRequest } from '#core/api/client.ts'
import { isSealed } from '#core/document/document.ts'
import { acknowledge } from '#core/operator/statement.ts'
import { DAY, HOUR } from '#core/time.ts'
import { PROOF, proofKeys, provenSend } from '#services/runtime/proof.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { operatorKey } from '#shop/enrolment.ts'
import {
  aService,
  deposit,
  FREE,
  header,
  item,
  overApp,
  provenPost,
  sale,
  TILL,
} from '#test/tsrv-client.ts'

// The messages are composed after fact:tsrv, as real third-party clients send them.

test('a client works a day as the field does: PIN, shift, sale, reports, closing', async () => {
  const { ok, call } = await aService()
  assert.equal((await call('get_token_state')).data, null, 'null tells the client to authorise')
  await ok('authorize', { pin: '1234' })
  const closed = await ok('get_token_state')
  assert.equal(closed.shift_state, null)
  await ok('openShift', { pin: '1234' }, { 'tokens.refresh': true, 'printer.dummy': '' })
  await ok('create_deposit', deposit('25.00'))
  const sold = await ok('create_sale', sale())
  assert.match(String(sold.uid), /^[0-9A-F]{16}0BEBC1FE$/, 'the last four bytes are the register')
  assert.equal(sold.change, '3.00')
  const open = await ok('get_token_state')
  assert.deepEqual((open.shift_state as { cash_in: unknown }).cash_in, { BYN: '32.00' })
  const refunded = await ok('create_money_back', {
    money_back: {
      header,
      item,
      payments: [{ payment_type: 'cash', value: '7.00' }],
      cheque_discount: '0.00',
    },
  })
  assert.equal(refunded.sum, '7.00')
  await ok('create_withdraw', deposit('25.00'))
  const report = await ok('get_x_report')
  assert.deepEqual(report.currencies, ['BYN'])
  await ok('closeShift', { cashier: 'Ivanova' })
  const z = await ok('get_z_report_copy', { number: 1 })
  assert.equal((z.currencyReports as { salesSum: string }[])[0]?.salesSum, '7.00')
  assert.equal((await call('get_z_report_copy', { number: 9 })).data, null)
})

test('old camelCase actions are the snake_case ones', async () => {
  const { ok, authorize } = await aService()
  await authorize()
  await ok('openShift')
  assert.equal((await ok('getTokens')).length, 2)
  assert.equal(await ok('nextChequeNumber'), 2)
  assert.deepEqual(await ok('getCashInToken'), [{ currency: 'BYN', cash: '0.00' }])
  const old = {
    cashier: 'Ivanova',
    cheque_discount: '0.00',
    cash: '7.00',
    cashless: '0.00',
    items: [{ ...item, code: 1, codeType: 0 }],
  }
  assert.equal((await ok('createSale', old)).sum, '7.00')
  assert.equal((await ok('createDeposit', { sum: '1.00', header })).sum, '1.00')
  assert.equal(await ok('getStoredDocuments'), 3)
  assert.ok((await ok('getCertificate')).certificate)
})

test('the old one-line refund is a refund, and nothing waits to be printed', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('openShift')
  await ok('createDeposit', { sum: '10.00', header })
  const old = { cashSum: '5.00', cashlessSum: '2.00', header, item: { ...item, code: 1 } }
  const refunded = await ok('createMoneyBackEx', { ...old, item: { ...old.item, codeType: 0 } })
  assert.deepEqual([refunded.sum, refunded.cash_in], ['7.00', { BYN: '5.00' }])
  const { kind, basis } = JSON.parse((refunded.document as { body: string }).body)
  assert.deepEqual([kind, basis], ['refund', null])
  const free = { ...old, cashSum: '0.00', cashlessSum: '7.00' }
  assert.deepEqual((await ok('createMoneyBackEx', free)).cash_in, { BYN: '5.00' })
  const dear = { ...old, cashSum: '7.00', cashlessSum: '2.00' }
  assert.equal(await fault('createMoneyBackEx', dear), 'TIN_CASH_OVERFLOW')
  assert.equal(await fault('createMoneyBackEx', { ...old, item: undefined }), 'TIN_NO_ITEMS')
  // Its price would come from a list of goods, which the service does not keep.
  const bare = { code: 1, quantity: '1.000' }
  assert.equal(await fault('createMoneyBack', bare), 'TSRV_DESERIALIZE_ERROR')
  assert.deepEqual(await ok('retrieveNotPrintedCheques'), [])
})

test('the tokens are the till and then the one free for integrators', async () => {
  const { ok } = await aService()
  const tokens = (await ok('get_tokens')) as unknown as { serial: string }[]
  assert.deepEqual(
    tokens.map(({ serial }) => serial),
    [TILL, FREE],
  )
})

test('a document carries its signature, its chain and the operation', async () => {
  const { ok, authorize, publicKey } = await aService()
  await authorize()
  const opened = await ok('open_shift')
  const operation = randomUUID()
  const sold = await ok('create_sale', sale(), { operation_id: operation })
  const sealed = sold.document as {
    body: string
    hash: string
    uid: never
    signature: string
  }
  const check = (text: string, s: string) =>
    verify(null, Buffer.from(text), publicKey, Buffer.from(s, 'base64'))
  assert.ok(isSealed(sealed, { hash: sha256, verify: check }))
  assert.ok(
    !isSealed(
      { ...sealed, body: sealed.body.replace('700', '100') },
      { hash: sha256, verify: check },
    ),
  )
  const body = JSON.parse(sealed.body)
  assert.equal(body.operation, operation)
  assert.equal(body.previous, (opened.document as { hash: string }).hash)
})

test('the same operation with the same bytes is the same document for ever', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const headers = { operation_id: randomUUID() }
  const first = await ok('create_sale', sale(), headers)
  const [again, atOnce] = await Promise.all([
    ok('create_sale', sale(), headers),
    ok('create_sale', sale(), headers),
  ])
  assert.deepEqual(again, first)
  assert.deepEqual(atOnce, first)
  assert.equal(
    await fault('create_sale', sale({ cheque_discount: '1.00' }), headers),
    'ZPOS_OPERATION_DIFFERS',
  )
  assert.equal(await ok('next_cheque_number'), 3)
})

test('an outcome is done or unknown, and only giving up makes it never', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const headers = { operation_id: randomUUID() }
  assert.deepEqual(await ok('outcome', undefined, headers), { verdict: 'unknown' })
  assert.deepEqual(await ok('outcome', undefined, headers), { verdict: 'unknown' })
  assert.deepEqual(await ok('abandon', undefined, headers), { verdict: 'never' })
  assert.equal(await fault('create_sale', sale(), headers), 'ZPOS_OPERATION_ABANDONED')
  const other = { operation_id: randomUUID() }
  const sold = await ok('create_sale', sale(), other)
  assert.deepEqual(await ok('abandon', undefined, other), { verdict: 'done', response: sold })
})

test('a client that expects another number is refused before anything is signed', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift', undefined, { expected_number: 1 })
  assert.equal(
    await fault('create_sale', sale(), { expected_number: 3 }),
    'AVQFR_BAD_RECEIPT_NUMBER',
  )
  assert.equal(await fault('create_sale', sale(), { expected_number: 'x' }), 'TSRV_INVALID_HEADER')
  await ok('create_sale', sale(), { expected_number: 2 })
})

const bad: [string, unknown, string][] = [
  ['create_sale', sale({ total: '7.01' }), 'AVQFR_BAD_RECEIPT_TOTAL'],
  ['create_sale', sale({ header: { ...header, currency: 'USD' } }), 'AVQFR_BAD_CURRENCY_NAME'],
  ['create_sale', sale({ header: { ...header, cashier: '' } }), 'TIN_EMPTY_CASHIER'],
  ['create_sale', sale({ header: { ...header, cashier: 'Я'.repeat(17) } }), 'TIN_CASHIER_LEN'],
  ['create_sale', sale({ items: [] }), 'TIN_NO_ITEMS'],
  ['create_sale', sale({ items: Array(501).fill(item) }), 'TIN_MAX_ITEMS'],
  ['create_sale', sale({ items: [{ ...item, name: '' }] }), 'TIN_EMPTY_NAME'],
  ['create_sale', sale({ items: [{ ...item, name: 'Х'.repeat(129) }] }), 'TIN_NAME_LEN'],
  ['create_sale', sale({ items: [{ ...item, name: '😀'.repeat(129) }] }), 'TIN_NAME_LEN'],
  ['create_sale', sale({ items: [{ ...item, price: '7.0' }] }), 'TSRV_INVALID_SUM_DEC_PART'],
  ['create_sale', sale({ items: [{ ...item, price: '########.##' }] }), 'TSRV_DESERIALIZE_ERROR'],
  ['create_sale', sale({ items: [{ ...item, price: '-7.00' }] }), 'TIN_NEGATIVE_SUM'],
  ['create_sale', sale({ items: [{ ...item, price: '0.00' }] }), 'TIN_ZERO_SUM'],
  ['create_sale', sale({ items: [{ ...item, price: '999999999999.00' }] }), 'TIN_SUM_OVERFLOW'],
  [
    'create_sale',
    sale({ items: [{ ...item, quantity: '1.00' }] }),
    'TSRV_INVALID_QUANTITY_DEC_PART',
  ],
  ['create_sale', sale({ items: [{ ...item, quantity: '0.000' }] }), 'TIN_ZERO_QUANTITY'],
  ['create_sale', sale({ items: [{ ...item, quantity: '10000.000' }] }), 'TIN_QUANTITY_OVERFLOW'],
  [
    'create_sale',
    sale({ payments: [{ payment_type: 'cash', value: '6.99' }] }),
    'TIN_NOT_ENOUGH_MONEY',
  ],
  [
    'create_sale',
    sale({ payments: [{ payment_type: 'cashless', value: '7.01' }] }),
    'TIN_CASHLESS_OVERFLOW',
  ],
  [
    'create_sale',
    sale({
      payments: [
        { payment_type: 'cashless', value: '7.00' },
        { payment_type: 'cash', value: '1.00' },
      ],
    }),
    'TIN_CASH_OVERFLOW',
  ],
  [
    'create_sale',
    sale({
      payments: [
        { payment_type: 'cash', value: '99999999999.99' },
        { payment_type: 'cash', value: '0.01' },
      ],
    }),
    'TIN_SUM_OVERFLOW',
  ],
  ['create_sale', sale({ cheque_markup: '99999999999.99' }), 'TIN_SUM_OVERFLOW'],
  ['create_deposit', deposit('100000000000.00'), 'TIN_SUM_OVERFLOW'],
  ['create_sale', sale({ cheque_discount: '-0.01' }), 'TSRV_NEGATIVE_CHEQUE_DISCOUNT'],
  ['create_sale', 'текст', 'TSRV_DESERIALIZE_ERROR'],
  ['create_sale', undefined, 'TSRV_EMPTY_MSG_DATA'],
  ['create_deposit', deposit('0.00'), 'TIN_ZERO_SUM'],
  ['create_deposit', deposit('5'), 'TSRV_INVALID_SUM_DEC_PART'],
  ['create_withdraw', deposit('0.01'), 'TIN_NOT_ENOUGH_CASH_IN'],
  ['create_rollback', { header, cheque_number: 1 }, 'AVQFR_BAD_RECEIPT_TYPE'],
  ['open_shift', undefined, 'AVQFR_SHIFT_IS_OPENED'],
]

test('bad input is refused by name and changes nothing', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  const before = await ok('get_token_state')
  for (const [action, data, name] of bad) {
    assert.equal(
      await fault(action, data),
      name,
      `${action} ${JSON.stringify(data)?.slice(0, 200)}`,
    )
  }
  const refund = {
    money_back: { header, item, payments: [{ payment_type: 'cash', value: '7.00' }] },
  }
  assert.equal(await fault('create_money_back', refund), 'AVQFR_NEGATIVE_SHIFT_BALANCE')
  assert.deepEqual(await ok('get_token_state'), before)
})

test('a drawer that is full takes no more cash, and gives out what it holds', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  await ok('create_deposit', deposit('99999999999.99'))
  assert.equal(await fault('create_deposit', deposit('0.01')), 'TIN_SUM_OVERFLOW')
  assert.equal(await fault('create_sale', sale()), 'TIN_SUM_OVERFLOW')
  const byCard = sale({ payments: [{ payment_type: 'cashless', value: '7.00' }] })
  assert.deepEqual((await ok('create_sale', byCard)).cash_in, { BYN: '99999999999.99' })
  await ok('create_withdraw', deposit('99999999999.99'))
  await ok('create_sale', sale())
})

test('a sum may lack its leading zero, a name be JSON, a header value any scalar', async () => {
  const { ok, authorize } = await aService()
  await authorize()
  await ok('open_shift', undefined, {
    'printer.spl': 48,
    'printer.cut': true,
    'printer.prefix': null,
  })
  const odd = {
    ...item,
    name: ['Носки'],
    price: '.50',
    quantity: '.250',
    discount: '.01',
    tax_rate: 'tax20',
  }
  const sold = await ok('create_sale', sale({ items: [odd] }))
  assert.equal(sold.sum, '0.12')
})

test('annulment takes the very last document, a sale of this shift, whole and once', async () => {
  const { ok, fault, authorize } = await aService()
  await authorize()
  await ok('open_shift')
  await ok('create_sale', sale())
  assert.equal(
    await fault('create_rollback', { header, cheque_number: 1 }),
    'AVQFR_BAD_RECEIPT_NUMBER',
  )
  const annulled = await ok('create_rollback', { header, cheque_number: 2 })
  assert.deepEqual([annulled.sum, annulled.cash_in], ['7.00', { BYN: '0.00' }])
  assert.equal(
    await fault('create_rollback', { header, cheque_number: 2 }),
    'AVQFR_BAD_RECEIPT_TYPE',
  )
})

test('a shift over 24 hours may only be emptied and closed', async () => {
  const { ok, fault, authorize, world } = await aService()
  await authorize()
  await ok('open_shift')
  await ok('create_sale', sale())
  world.time += 24 * HOUR + 1
  await authorize()
  assert.equal(await fault('create_sale', sale()), 'AVQFR_SHIFT_IS_PENDING')
  assert.equal(await fault('closeShift', { cashier: 'Ivanova' }), 'ZPOS_DRAWER_NOT_EMPTY')
  await ok('create_withdraw', deposit('7.00'))
  await ok('closeShift', { cashier: 'Ivanova' })
  assert.equal(await fault('closeShift', { cashier: 'Ivanova' }), 'AVQFR_SHIFT_IS_CLOSED')
})

test('documents unsent for over 7 days stop the device until they are sent', async () => {
  const { ok, fault, authorize, world, store } = await aService()
  await authorize()
  await ok('open_shift')
  world.time += 7 * DAY + 1
  await authorize()
  assert.equal(await fault('create_deposit', deposit('1.00')), 'AVQFR_RECEIPT_IS_PENDING')
  assert.ok(await ok('get_oldest_document'))
  const row = store.device(FREE)
  assert.ok(row)
  const of = { device: FREE, number: 1, hash: row.device.hash }
  store.acknowledge(row, acknowledge(of, { key: operatorKey, at: world.time }))
  assert.equal(await fault('create_deposit', deposit('1.00')), 'AVQFR_SHIFT_IS_PENDING')
})

test('a clock set back is refused, a small step of it is not', async () => {
  const { ok, fault, authorize, world } = await aService()
  await authorize()
  await ok('open_shift')
  world.time -= 60_000
  const sold = await ok('create_sale', sale())
  assert.equal(sold.created, '2026-11-23T12:00:00+03:00', 'never before the document before it')
  world.time -= HOUR
  assert.equal(await fault('create_sale', sale()), 'AVQFR_BAD_DATE_TIME')
})

test('a wrong PIN is counted and locks the device out for a growing time', async () => {
  const { fault, ok, world } = await aService()
  assert.equal(await fault('create_sale', sale()), 'AVQFR_SESSION_NOT_AUTHORIZED')
  for (let i = 0; i < 3; i += 1) {
    assert.equal(await fault('authorize', { pin: '0000' }), 'AVQFR_BAD_KEY_AUTH_DATA')
  }
  assert.equal(await fault('authorize', { pin: '1234' }), 'AVQFR_ACCESS_DENIED')
  world.time += 5000
  await ok('authorize', { pin: '1234' })
  assert.equal(await fault('authorize', { pin: '1234' }), 'AVQFR_SESSION_ALREADY_AUTHORIZED')
})

test("the till's device is its till's alone, be it to look at", async () => {
  const { ok, fault, call, till } = await aService()
  const theirs = { token: TILL }
  const id = { operation_id: randomUUID() }
  const shown = { ...theirs, ...id, credential: 'secret' }
  const asked = [
    ...['open_shift', 'close_shift', 'create_sale', 'outcome', 'abandon', 'next_cheque_number'],
    ...['print_prev_receipt', 'get_last_document', 'get_stored_documents', 'get_cash_in_token'],
    ...['get_x_report', 'get_min_max_receipts', 'authorize', 'change_pin_code', 'logout'],
  ]
  for (const action of asked) {
    const named = await fault(action, sale(), shown)
    assert.equal(named, 'ZPOS_CREDENTIAL_REQUIRED', action)
  }
  assert.equal((await call('get_token_state', undefined, theirs)).data, null)
  assert.equal((await ok('get_token_by_serial', undefined, theirs)).serial, TILL)
  await till.ok('open_shift', undefined, id)
  assert.equal((await till.ok('get_token_state')).next_number, 2)
  assert.equal((await till.ok('outcome', undefined, id)).verdict, 'done')
})

test('a till is none at another device, and a proof of other bytes is nobody’s', async () => {
  const { app, fault, till } = await aService()
  await till.ok('open_shift')
  assert.equal(
    await till.fault('open_shift', undefined, { token: FREE }),
    'AVQFR_SESSION_NOT_AUTHORIZED',
  )
  const post = provenPost(app, { asker: FREE, secret: 'secret' })
  await assert.rejects(post('{}'), /unproven/, 'a free device has no till')
  const wrong = provenPost(app, { asker: TILL, secret: 'guess' })
  await assert.rejects(wrong('{}'), /unproven/)
  assert.equal(
    await fault('next_cheque_number', undefined, { token: TILL }),
    'ZPOS_CREDENTIAL_REQUIRED',
  )
})

test('a message of the till that is shown a second time is a stranger’s', async () => {
  const { app } = await aService()
  const sent: SentRequest[] = []
  const send = overApp(app)
  const recording: Send = (request) => {
    sent.push(request)
    return send(request)
  }
  const keys = proofKeys(sha256('secret'), TILL)
  const say = provenSend(recording, { keys, asker: TILL })
  const headers = { action: 'next_cheque_number', token: TILL }
  const body = JSON.stringify({ type: 'send', address: 'ik.service.token', headers })
  const got = await say({ method: 'POST', path: '/tsrv', body })
  assert.ok('status' in got && got.body.includes('"data":1'))
  const [first] = sent
  assert.ok(first)
  const again = await send(first)
  assert.ok('status' in again && again.body.includes('ZPOS_CREDENTIAL_REQUIRED'))
  assert.equal(again.headers?.[PROOF], undefined, 'what a stranger is told is proved to nobody')
})

test('a device pulled out is told apart from a service that is away', async () => {
  const { ok, fault, authorize, world } = await aService()
  await authorize()
  await ok('open_shift')
  world.plugged = false
  assert.equal(await fault('create_sale', sale()), 'USB_NO_DEVICE')
  assert.equal(await fault('outcome', undefined, { operation_id: randomUUID() }), 'USB_NO_DEVICE')
  world.plugged = true
  assert.equal(await ok('next_cheque_number'), 2)
})

test('any bytes get an answer of the protocol', async () => {
  const { post } = await aService()
  const garbage = [
    '',
    'x',
    '[]',
    '{}',
    'null',
    '{"address":1}',
    '"text"',
    `{"headers":{"a":${'['.repeat(50)}`,
  ]
  for (const body of garbage) assert.equal((await post(body)).type, 'error', body)
  assert.equal((await post('x'.repeat(1_000_001))).type, 'error')
  const named = async (message: object) =>
    ((await post(JSON.stringify(message))).data as { name: string }).name
  assert.equal(await named({ headers: { action: 'x' } }), 'TSRV_EMPTY_ADDRESS')
  assert.equal(
    await named({ address: 'nobody', headers: { action: 'x' } }),
    'TSRV_DISPATCHER_NOT_FOUND',
  )
  for (const address of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty']) {
    const inherited = await named({ address, headers: { action: 'x' } })
    assert.equal(inherited, 'TSRV_DISPATCHER_NOT_FOUND', address)
    const action = await named({ address: 'ik.service.app', headers: { action: address } })
    assert.equal(action, 'TSRV_ACTION_NOT_FOUND', address)
  }
  assert.equal(
    await named({ address: 'ik.service.app', headers: { action: 'x' } }),
    'TSRV_ACTION_NOT_FOUND',
  )
  const unknown = {
    address: 'ik.service.token',
    headers: { action: 'get_token_state', token: 'AVQ0' },
  }
  assert.equal(await named(unknown), 'TSRV_TOKEN_NOT_FOUND')
  assert.equal((await post('{"type":"ping","reply_address":"me"}')).type, 'pong')
})
