import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedMoment } from '#core/time.ts'
import { messageIn, noticeIn } from '#core/words/operations.ts'
import { goods, nextId, openTill, type Till } from '#test/till.ts'

/** A till with an open shift and 100.00 in the drawer. */
async function aTill({ clearing = true } = {}): Promise<Till> {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  assert.equal((await till.begin('deposit', { sum: 10_000 })).body.state, 'registered')
  if (!clearing) await till.clearing(false)
  return till
}

const byCard = (sum: number) => ({ ...goods(sum), payments: [{ means: 'card', sum }] })
const mixed = {
  ...goods(1000),
  payments: [
    { means: 'card', sum: 600 },
    { means: 'cash', sum: 500 },
  ],
}
const cancel = (till: Till, id: string) =>
  till.ask('POST', `/api/operations/${id}/cancel-unfinished`, { body: {} })
const transactions = async (till: Till) =>
  (await till.ask('GET', '/api/card-transactions')).body.transactions
const sold = (till: Till) =>
  Array.from({ length: till.device.number() }, (_, i) => till.device.document(i + 1)).filter(
    (stored) => stored?.document.kind === 'sale',
  ).length

/** Charges less reversals and refunds are the card parts of documents, to the kopeck. */
async function moneyAgrees(till: Till): Promise<void> {
  let documents = 0
  for (let number = 1; number <= till.device.number(); number += 1) {
    const document = till.device.document(number)?.document
    const { card = 0 } = document?.settlement ?? {}
    documents += document?.kind === 'sale' ? card : -card
  }
  assert.equal(await till.bank.charged(), documents)
  const { cash, skoCash } = await till.facts()
  assert.equal(cash, skoCash)
}

test('a card is charged, then the document is made; slips are printed for both', async () => {
  const till = await aTill()
  const { body } = await till.begin('sale', byCard(500))
  assert.equal(body.state, 'registered')
  assert.match(body.card.rrn, /^\d{12}$/)
  assert.match(body.card.masked, /^999999\*+\d{4}$/)
  assert.ok(body.facts.paid && body.facts.fiscalised)
  await till.print()
  const papers = till.papers().join('\n')
  assert.match(papers, /ЭКЗЕМПЛЯР КЛИЕНТА[\s\S]*ЭКЗЕМПЛЯР ПРОДАВЦА/)
  assert.ok(!papers.includes(till.bank.card.pan), 'no card number on paper')
  await moneyAgrees(till)
})

test('no card number is ever on the register’s disk', async () => {
  const till = await aTill()
  await till.begin('sale', byCard(500))
  for (const table of ['journal', 'operation', 'card_transaction', 'print_job']) {
    const rows = JSON.stringify(till.disk.prepare(`select * from ${table}`).all())
    assert.ok(!rows.includes(till.bank.card.pan), table)
  }
})

test('a mixed payment charges the card’s part, and the drawer gets the rest', async () => {
  const till = await aTill()
  const { body } = await till.begin('sale', mixed)
  assert.deepEqual([body.state, body.change], ['registered', 100])
  assert.equal(await till.bank.charged(), 600)
  assert.equal((await till.facts()).cash, 10_400)
  const back = await till.begin('refund', { of: body.id })
  assert.equal(back.body.state, 'registered')
  await moneyAgrees(till)
  assert.equal(await till.bank.charged(), 0)
})

test('a decline is told with its code, and nothing is made', async () => {
  const till = await aTill()
  const poor = await till.bank.another({ balance: 100 })
  till.bank.put(poor.read)
  const { body } = await till.begin('sale', byCard(500))
  assert.equal(body.state, 'failed')
  assert.match(messageIn('ru', body.message).text, /116 Недостаточно средств/)
  assert.equal(sold(till), 0)
  assert.equal((await transactions(till))[0].outcome, 'declined')
})

for (const code of ['002', '006', '913', '923']) {
  test(`${code} of a purchase that was declined is not told as what came of it`, async () => {
    const till = await aTill()
    await till.bank.decline(code)
    const { body } = await till.begin('sale', byCard(500))
    assert.equal(body.state, 'failed')
    assert.match(messageIn('ru', body.message).text, new RegExp(`${code} Банк не провёл операцию`))
    assert.equal((await transactions(till))[0].outcome, 'declined')
    await moneyAgrees(till)
  })
}

for (const how of [{ bankDown: true }, { bankRequestsLost: 1 }]) {
  test(`what never came to the bank was not made: ${JSON.stringify(how)}`, async () => {
    const till = await aTill()
    const { body: sale } = await till.begin('sale', byCard(300))
    const outcome = async () => (await transactions(till))[0].outcome
    for (const [kind, wish] of [
      ['sale', byCard(500)],
      ['refund', { of: sale.id }],
      ['annulment', { of: sale.id }],
    ] as const) {
      till.set(how)
      const { body } = await till.begin(kind, wish)
      assert.equal(body.state, 'failed', kind)
      assert.equal(await outcome(), 'not-made', kind)
    }
    till.set({ bankDown: false })
    assert.equal((await till.begin('annulment', { of: sale.id })).body.state, 'registered')
    assert.equal(await outcome(), 'approved')
    await moneyAgrees(till)
  })
}

test('every line of the journal is seen in the status, whatever else stays as it is', async () => {
  const till = await aTill()
  const known = async () => {
    const { revision, now: _, ...rest } = await till.status()
    return { revision, rest: JSON.stringify(rest) }
  }
  till.set({ unplugged: true })
  const { body } = await till.begin('sale', byCard(500))
  await till.ask('POST', `/api/operations/${body.id}/give-up`, { body: {} })
  till.set({ unplugged: false })
  await till.watch()
  await till.restart()
  const before = await known()
  assert.equal((await transactions(till))[0].outcome, 'approved')
  await till.reverse()
  assert.equal((await transactions(till))[0].outcome, 'reversed')
  const after = await known()
  assert.equal(after.rest, before.rest)
  assert.ok(after.revision > before.revision)
  assert.deepEqual(await known(), after, 'what changes nothing is no step')
})

test('a refund and an annulment go back by the bank’s own reference, without a card', async () => {
  const till = await aTill()
  const first = (await till.begin('sale', byCard(500))).body
  const part = await till.begin('refund', { of: first.id, lines: [{ line: 0, quantity: 400 }] })
  assert.deepEqual([part.body.state, part.body.sum], ['registered', 200])
  till.bank.put(null)
  const rest = await till.begin('refund', { of: first.id })
  assert.equal(rest.body.sum, 300)
  till.bank.put(till.bank.card.read)
  const second = (await till.begin('sale', byCard(700))).body
  assert.equal((await till.begin('annulment', { of: second.id })).body.state, 'registered')
  await moneyAgrees(till)
  assert.equal(await till.bank.charged(), 0)
})

test('«Приложите карту» is shown and can be called off; others do not wait for it', async () => {
  const till = await aTill()
  till.bank.put(null)
  const selling = till.begin('sale', byCard(500))
  const open = async (): Promise<{ id: string; card: { waits: number | null } }> => {
    for (;;) {
      const { open: ids } = await till.status()
      const view = ids[0] && (await till.view(ids[0]))
      if (view?.card?.waits) return view
    }
  }
  const view = await open()
  assert.equal((await till.begin('deposit', { sum: 1 })).body.code, 'operation.open')
  await till.ask('POST', `/api/operations/${view.id}/cancel-card`, { body: {} })
  const { body } = await selling
  assert.equal(body.state, 'failed')
  assert.match(messageIn('ru', body.message).text, /до чтения карты/)
  assert.equal((await till.begin('deposit', { sum: 1 })).body.state, 'registered')
})

for (const lost of ['bankAnswersLost', 'bankRequestsLost'] as const) {
  test(`S3.10: ${lost}: exactly one of document and charge together, or neither`, async () => {
    const till = await aTill()
    till.set({ [lost]: 1 })
    const { body } = await till.begin('sale', byCard(500))
    assert.equal(body.state, lost === 'bankAnswersLost' ? 'registered' : 'failed')
    assert.equal(sold(till), lost === 'bankAnswersLost' ? 1 : 0)
    await moneyAgrees(till)
  })

  test(`S3.9, S3.10: ${lost}, clearing off: «Отменить незавершенную операцию»`, async () => {
    const till = await aTill({ clearing: false })
    till.set({ [lost]: 1 })
    const { body } = await till.begin('sale', byCard(500))
    assert.equal(body.state, 'red')
    assert.match(
      messageIn('ru', body.message).text,
      /^Операция на ПКС не выполнена\. Свяжитесь с банком/,
    )
    assert.deepEqual(body.may, ['cancelUnfinished'])
    assert.equal((await cancel(till, body.id)).body.state, 'reversing')
    assert.equal((await cancel(till, body.id)).status, 200, 'a double press')
    await till.reverse()
    assert.equal((await till.view(body.id)).state, 'cancelled')
    assert.equal(sold(till), 0)
    await moneyAgrees(till)
    await till.print()
    assert.equal(till.papers().filter((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')).length, 1)
    // What was undone before its answer was heard is counted in the day by both sides.
    assert.equal((await till.begin('sale', byCard(700))).body.state, 'registered')
    assert.deepEqual((await till.facts()).cards.day.differences, [])
    const day = (await till.ask('POST', '/api/card-days', { body: {} })).body
    assert.equal(day.outcome, 'balanced')
    assert.equal(day.own.debitsReversed.count, lost === 'bankAnswersLost' ? 1 : 0)
  })
}

test('a start listens while a silent bank is asked after what was left', async () => {
  const till = await aTill()
  const heard = till.bank.hang()
  const id = nextId()
  void till.begin('sale', { ...byCard(500), id })
  await heard
  await till.startToListen()
  assert.equal((await till.view(id)).state, 'asking')
})

test('S3.9: a fiscal step never executed is reversed over days and restarts', async () => {
  const till = await aTill({ clearing: false })
  till.set({ requestsLost: 1 })
  const { body } = await till.begin('sale', byCard(500))
  assert.match(
    messageIn('ru', body.message).text,
    /^Операция на ПКС не выполнена\. Свяжитесь с банком/,
  )
  assert.deepEqual(body.may, ['cancelUnfinished', 'answer'])
  till.set({ bankDown: true })
  assert.equal((await cancel(till, body.id)).body.state, 'reversing')
  await till.reverse()
  assert.equal(await till.bank.charged(), 500)
  assert.equal((await till.begin('sale', byCard(100))).body.code, 'reversal.pending')
  assert.equal((await till.begin('sale', goods(100))).body.state, 'registered', 'R8')
  await till.restart()
  till.clock.advance(3 * 24 * 3_600_000)
  till.set({ bankDown: false, bankAnswersLost: 2 })
  await till.reverse()
  await till.reverse()
  assert.equal((await till.view(body.id)).state, 'reversing')
  await till.reverse()
  assert.equal((await till.view(body.id)).state, 'cancelled')
  await moneyAgrees(till)
  await till.print()
  assert.equal(till.papers().filter((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')).length, 1)
})

test('with clearing on a charge whose document never was comes back by itself', async () => {
  const till = await aTill()
  till.set({ requestsLost: 1 })
  const { body } = await till.begin('sale', byCard(500))
  assert.equal(body.state, 'reversing')
  await till.reverse()
  assert.equal(sold(till), 0)
  await moneyAgrees(till)
})

test('an undone refund promises no money, on paper and on the screen', async () => {
  const till = await aTill()
  const { id: of } = (await till.begin('sale', byCard(500))).body
  till.set({ requestsLost: 1 })
  const { body } = await till.begin('refund', { of })
  assert.equal(body.state, 'reversing')
  assert.match(noticeIn('ru', body.notice).next, /возврат на карту отменяется/)
  await till.reverse()
  await till.print()
  const papers = till.papers().filter((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА'))
  assert.equal(papers.length, 1)
  assert.match(papers[0] ?? '', /Возврат на карту отменён/)
  assert.doesNotMatch(papers[0] ?? '', /Деньги будут возвращены/)
  await moneyAgrees(till)
  till.set({ bankDown: true })
  const dead = (await till.begin('refund', { of })).body
  assert.match(messageIn('ru', dead.message).text, /деньги на карту не возвращены/)
  assert.match(messageIn('ru', dead.message).next, /подключение к интернету/)
})

test('S3.8, R6: «НЕУСПЕШНО» on a charged card is held until there is proof', async () => {
  const till = await aTill({ clearing: false })
  till.set({ answersLost: 1 })
  const { body } = await till.begin('sale', byCard(500))
  assert.equal(body.state, 'red')
  assert.match(
    messageIn('ru', body.message).text,
    /^Операция продажи не завершена\. Обнаружено расхождение/,
  )
  const refused = await till.ask('POST', `/api/operations/${body.id}/deny`, { body: {} })
  assert.equal(refused.body.code, 'deny.exists')
  await till.deliver()
  till.set({ skoSilent: true, operatorDown: true })
  const held = await till.ask('POST', `/api/operations/${body.id}/deny`, { body: {} })
  assert.equal(held.body.state, 'reversing')
  assert.match(messageIn('ru', held.body.message).text, /ждёт проверки/)
  await till.reverse()
  assert.equal(await till.bank.charged(), 500, 'held until somebody proves it')
  till.set({ skoSilent: false, operatorDown: false })
  await till.watch()
  const adopted = await till.view(body.id)
  assert.deepEqual([adopted.state, adopted.notice.tone], ['registered', 'amber'])
  await moneyAgrees(till)
})

test('S3.8: «НЕУСПЕШНО» proved later gives the money back, and prints it once', async () => {
  const till = await aTill({ clearing: false })
  till.set({ requestsLost: 1 })
  const selling = till.begin('sale', byCard(500))
  till.set({ skoSilent: true, operatorDown: true })
  const { body } = await selling
  assert.deepEqual([body.state, body.may], ['red', ['confirm', 'deny', 'answer']])
  const said = await till.ask('POST', `/api/operations/${body.id}/deny`, { body: {} })
  assert.equal(said.body.state, 'reversing')
  assert.equal((await till.facts()).cards.reversals, 1, 'held, and shown')
  await till.print()
  assert.ok(!till.papers().some((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')), 'not decided yet')
  till.set({ skoSilent: false, operatorDown: false })
  await till.watch()
  await till.reverse()
  assert.equal((await till.view(body.id)).state, 'cancelled')
  await till.print()
  assert.equal(till.papers().filter((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')).length, 1)
  await moneyAgrees(till)
})

for (const [payments, left] of [
  [byCard(1000).payments, 0],
  [mixed.payments, -400],
] as const) {
  test(`a wrong «УСПЕШНО» about a charged card is undone, cash ${left} stays`, async () => {
    const till = await aTill({ clearing: false })
    till.set({ requestsLost: 1 })
    const selling = till.begin('sale', { ...goods(1000), payments })
    till.set({ skoSilent: true, operatorDown: true })
    const { body } = await selling
    const at = printedMoment(till.clock.now())
    const typed = { number: '3', at, uid: 'FFFFFFFFFFFFFFFF05F5E101' }
    const said = await till.ask('POST', `/api/operations/${body.id}/confirm`, { body: typed })
    assert.deepEqual([said.body.state, said.body.proof], ['registered', 'unproved'])
    till.set({ skoSilent: false })
    await till.watch()
    await till.reverse()
    const { state, notice } = await till.view(body.id)
    assert.deepEqual([state, notice.tone], ['cancelled', 'red'])
    assert.match(noticeIn('ru', notice).next, /^Деньги возвращаются на карту/)
    assert.equal(/Аварийную коррекцию/.test(noticeIn('ru', notice).next), left !== 0)
    assert.equal(await till.bank.charged(), 0)
    await till.print()
    assert.equal(till.papers().filter((text) => text.includes('ТЕХНИЧЕСКАЯ ОТМЕНА')).length, 1)
    const { discrepancy, causes } = await till.facts()
    assert.deepEqual([discrepancy, causes.length], [left, left === 0 ? 0 : 1])
    const day = (await till.ask('POST', '/api/card-days', { body: {} })).body
    assert.equal(day.outcome, 'balanced')
  })
}

for (const lost of ['bankAnswersLost', 'bankRequestsLost'] as const) {
  test(`a business day with a cancelled unknown charge is in balance: ${lost}`, async () => {
    const till = await aTill({ clearing: false })
    await till.begin('sale', byCard(300))
    till.set({ [lost]: 1 })
    const { body } = await till.begin('sale', byCard(500))
    const early = await till.ask('POST', '/api/card-days', { body: {} })
    assert.equal(early.body.code, 'reversal.pending')
    await cancel(till, body.id)
    await till.reverse()
    const day = (await till.ask('POST', '/api/card-days', { body: {} })).body
    assert.deepEqual([day.outcome, day.differences], ['balanced', []])
  })
}

test('S1.4: «Отказаться» after the bank approved gives the money back by itself', async () => {
  const till = await aTill()
  till.set({ unplugged: true })
  const { body } = await till.begin('sale', byCard(500))
  assert.equal(body.state, 'waiting')
  assert.equal(await till.bank.charged(), 500)
  const given = await till.ask('POST', `/api/operations/${body.id}/give-up`, { body: {} })
  assert.equal(given.body.state, 'reversing')
  await till.reverse()
  assert.equal(await till.bank.charged(), 0)
})

test('two presses of one card sale are one sale', async () => {
  const till = await aTill()
  const body = { id: nextId(), kind: 'sale', ...byCard(500) }
  const press = () => till.ask('POST', '/api/operations', { body })
  const answers = await Promise.all([press(), press(), press()])
  assert.deepEqual(
    answers.map(({ body: { state } }) => state),
    ['registered', 'registered', 'registered'],
  )
  assert.equal(sold(till), 1)
  await moneyAgrees(till)
})

test('a restart in the middle of an authorisation asks the bank, and charges once', async () => {
  const till = await aTill({ clearing: false })
  till.set({ bankAnswersLost: 1 })
  const { body } = await till.begin('sale', byCard(500))
  await till.restart()
  await till.clearing(true)
  await till.watch()
  const view = await till.view(body.id)
  assert.equal(view.state, 'registered')
  assert.equal(await till.bank.charged(), 500)
  await moneyAgrees(till)
})

test('a business day in balance is closed after its shift, a mismatch is explained', async () => {
  const till = await aTill()
  await till.begin('sale', byCard(500))
  const { body: sale } = await till.begin('sale', byCard(700))
  const facts = await till.facts()
  assert.deepEqual([facts.cards.day.outcome, facts.cards.reversals], ['balanced', 0])
  await till.begin('withdrawal', { sum: 10_000 })
  await till.begin('shift-closing')
  await till.closeDay()
  const days = (await till.ask('GET', '/api/card-days')).body
  assert.deepEqual([days.open, days.days[0].outcome], [null, 'balanced'])
  assert.equal(days.days[0].own.debits.sum, 1200)
  assert.equal((await till.ask('POST', '/api/card-days', { body: {} })).body.code, 'card-day.none')

  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 1 })
  await till.begin('refund', { of: sale.id })
  till.disk.exec(`update card_transaction set sum = 1 where kind = 'refund'`)
  const differs = (await till.ask('POST', '/api/card-days', { body: {} })).body
  assert.equal(differs.outcome, 'differs')
  const [difference] = differs.differences
  const { bank, terminal, reversal } = difference
  assert.deepEqual(bank, { kind: 'refund', sum: 700 })
  const [refund] = await transactions(till)
  assert.match(refund.rrn, /^\d{12}$/)
  const { number } = await till.view(refund.operation)
  const { operation, rrn, masked, at } = refund
  const told = { bank, terminal, reversal, operation, rrn, masked, at, number }
  assert.deepEqual(difference, told)
})

test('what a register put back has forgotten is told by the bank’s reference', async () => {
  const till = await aTill()
  const forgotten: Record<string, string> = {}
  for (let sum = 101; sum <= 106; sum += 1) {
    const { body } = await till.begin('sale', byCard(sum))
    forgotten[body.id] = body.card.rrn
  }
  await till.begin('sale', byCard(500))
  till.disk.exec('delete from card_transaction where sum < 500')
  const { day } = (await till.facts()).cards
  const { differences } = day
  assert.equal(differences.length, 6)
  // As many as a page shows; the bank is not asked for each of a thousand.
  for (const { operation, rrn, at, masked, number } of differences.slice(0, 5)) {
    assert.deepEqual([rrn, at, masked, number], [forgotten[operation], null, null, null])
  }
  assert.equal(differences[5].rrn, null)
})
