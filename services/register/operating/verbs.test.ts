import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedMoment } from '#core/time.ts'
import { messageIn, noticeIn } from '#core/words/operations.ts'
import { goods, nextId, openTill, type Till, typed } from '#test/till.ts'
import { lineText } from '../memory/journal.ts'

/** A till with an open shift and 100.00 in the drawer, clearing as wished. */
async function aTill({ clearing = true } = {}): Promise<Till> {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  assert.equal((await till.begin('deposit', { sum: 10_000 })).body.state, 'registered')
  if (!clearing) await till.clearing(false)
  return till
}

const kinds: [string, object][] = [
  ['sale', goods(500)],
  ['deposit', { sum: 500 }],
  ['withdrawal', { sum: 500 }],
  ['refund', {}],
  ['annulment', {}],
]

/** The operation of a kind; a refund and an annulment need their sale first. */
async function beginKind(till: Till, kind: string, wish: object) {
  if (kind !== 'refund' && kind !== 'annulment') return till.begin(kind, wish)
  const { answersLost, requestsLost } = till.faults
  till.set({ answersLost: 0, requestsLost: 0 })
  const sale = await till.begin('sale', goods(500))
  till.set({ answersLost, requestsLost })
  return till.begin(kind, { of: sale.body.id })
}

const truth = (till: Till) => {
  const last = till.device.last()
  assert.ok(last)
  return typed({ number: last.number, at: last.document.at, uid: last.uid })
}
const confirm = (till: Till, id: string, body: object) =>
  till.ask('POST', `/api/operations/${id}/confirm`, { body })
const deny = (till: Till, id: string) =>
  till.ask('POST', `/api/operations/${id}/deny`, { body: {} })

async function agrees(till: Till): Promise<void> {
  const { cash, skoCash, discrepancy } = await till.facts()
  assert.deepEqual([skoCash, discrepancy], [cash, 0])
}

for (const [kind, wish] of kinds) {
  test(`S3.2: a lost answer of ${kind} is cleared up, and a notice says so`, async () => {
    const till = await aTill()
    till.set({ answersLost: 1 })
    const { body } = await beginKind(till, kind, wish)
    assert.deepEqual([body.state, body.proof], ['registered', 'proved'])
    assert.match(noticeIn('ru', body.notice).title, /операция успешна/)
    assert.equal((await till.status()).notices.length, 1)
    await till.ask('POST', `/api/operations/${body.id}/acknowledge`, { body: {} })
    assert.deepEqual((await till.status()).notices, [])
    await agrees(till)
  })

  test(`S3.2: ${kind} whose request was lost disappears by itself`, async () => {
    const till = await aTill()
    till.set({ requestsLost: 1 })
    const { body } = await beginKind(till, kind, wish)
    assert.equal(body.state, 'failed')
    assert.match(noticeIn('ru', body.notice).next, /документа нет/)
    const number = till.device.number()
    assert.equal((await till.begin('deposit', { sum: 1 })).body.number, number + 1)
    await agrees(till)
  })

  test(`S3.4–S3.5: ${kind} by hand: the message, the form, the end`, async () => {
    const till = await aTill({ clearing: false })
    till.set({ answersLost: 1 })
    const { body } = await beginKind(till, kind, wish)
    assert.equal(body.state, 'red')
    await till.watch()
    const red = await till.view(body.id)
    assert.equal(red.state, 'red', 'switched off means switched off')
    assert.match(
      messageIn('ru', red.message).text,
      /^Операция .* не завершена\. Обнаружено расхождение наличных/,
    )
    assert.deepEqual(red.may, ['confirm', 'deny', 'answer'])
    assert.equal(Math.abs((await till.facts()).discrepancy), 500)
    const other = await till.begin('deposit', { sum: 1 })
    assert.deepEqual([other.body.code, other.body.operation], ['operation.red', body.id])
    const said = await confirm(till, body.id, truth(till))
    assert.deepEqual([said.body.state, said.body.number], ['registered', till.device.number()])
    await agrees(till)
    assert.equal((await till.begin('deposit', { sum: 1 })).body.state, 'registered')
  })

  test(`S3.7: ${kind} that never happened is denied by hand and leaves the list`, async () => {
    const till = await aTill({ clearing: false })
    till.set({ requestsLost: 1 })
    const { body } = await beginKind(till, kind, wish)
    assert.equal(body.state, 'red')
    const red = await till.view(body.id)
    assert.equal(
      messageIn('ru', red.message).text,
      'Свяжитесь с оператором ПКС для уточнения состояния операции',
    )
    const said = await deny(till, body.id)
    assert.deepEqual([said.body.state, said.body.proof], ['failed', 'proved'])
    assert.ok(!(await till.list()).some(({ id }: { id: string }) => id === body.id))
    await agrees(till)
  })
}

/** A red sale of 5.00 whose document the device holds, clearing off. */
async function aRedSale() {
  const till = await aTill({ clearing: false })
  till.set({ answersLost: 1 })
  const { body } = await till.begin('sale', goods(500))
  assert.equal(body.state, 'red')
  return { till, id: body.id as string }
}

test('S3.6: what is typed wrong is refused by the field’s name, and nothing changes', async () => {
  const { till, id } = await aRedSale()
  const right = truth(till)
  const deposit = till.device.document(2)
  assert.ok(deposit)
  const other = typed({ number: 2, at: deposit.document.at, uid: deposit.uid })
  const wrong: [object, string][] = [
    [{ ...right, number: '7' }, 'number'],
    [{ ...right, at: '01.01.2026 00:00' }, 'at'],
    [{ ...right, uid: '0123456789ABCDEF05F5E101' }, 'uid'],
    [other, 'uid'],
    [{ ...other, number: right.number }, 'uid'],
  ]
  for (const [body, field] of wrong) {
    const answer = await confirm(till, id, body)
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.field],
      [409, 'claim.wrong', field],
    )
    assert.equal((await till.view(id)).state, 'red')
  }
  const named = await confirm(till, id, other)
  assert.match(named.body.message, /УИ: это «Внесение» № 2 на 100\.00/)
  const bad: [object, string][] = [
    [{ ...right, number: 'пять' }, 'number'],
    [{ ...right, at: 'вчера' }, 'at'],
    [{ ...right, at: '31.02.2026 10:00' }, 'at'],
    [{ ...right, uid: 'XYZ' }, 'uid'],
  ]
  for (const [body, field] of bad) {
    const answer = await confirm(till, id, body)
    assert.deepEqual([answer.status, answer.body.field], [400, field])
  }
  const lowered = { ...right, uid: right.uid.toLowerCase().replace(/(.{4})/g, '$1 ') }
  assert.equal((await confirm(till, id, lowered)).body.state, 'registered')
  assert.equal((await confirm(till, id, lowered)).body.state, 'registered', 'a double press')
})

test('S3.6: the operator alone is enough to check what is typed', async () => {
  const { till, id } = await aRedSale()
  await till.deliver()
  till.set({ skoSilent: true })
  const right = truth(till)
  const wrong = await confirm(till, id, { ...right, number: '9' })
  assert.equal(wrong.body.field, 'number')
  assert.equal((await deny(till, id)).body.code, 'deny.exists')
  const said = await confirm(till, id, right)
  assert.deepEqual([said.body.state, said.body.proof], ['registered', 'proved'])
})

test('S3.6: while the operator answers but lacks it nothing is taken unchecked', async () => {
  const { till, id } = await aRedSale()
  till.set({ skoSilent: true })
  assert.equal((await confirm(till, id, truth(till))).body.code, 'claim.not-yet')
  assert.equal((await till.view(id)).state, 'red')
})

test('S3.6: with both silent the word is taken unchecked, and checked later', async () => {
  const { till, id } = await aRedSale()
  const right = truth(till)
  till.set({ skoDead: true, operatorDown: true })
  const foreign = await confirm(till, id, { ...right, uid: `${right.uid.slice(0, 16)}0BEBC200` })
  assert.deepEqual([foreign.body.code, foreign.body.field], ['claim.wrong', 'uid'])
  assert.equal((await confirm(till, id, { ...right, number: '2' })).body.field, 'number')
  const said = await confirm(till, id, right)
  assert.deepEqual([said.body.state, said.body.proof], ['registered', 'unproved'])
  assert.match(messageIn('ru', said.body.message).text, /ещё не проверена/)
  assert.equal(said.body.number, Number(right.number))
  await till.restart()
  till.set({ skoDead: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.proof, view.notice, view.uid], ['proved', null, right.uid])
  await agrees(till)
})

test('S3.6: wrong data taken unchecked are raised, and the document’s own stand', async () => {
  const { till, id } = await aRedSale()
  const right = truth(till)
  till.set({ skoDead: true, operatorDown: true })
  const uid = `FFFFFFFFFFFFFFFF${right.uid.slice(16)}`
  assert.equal((await confirm(till, id, { ...right, uid })).body.proof, 'unproved')
  till.set({ skoDead: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.uid, view.proof, view.notice.tone], [right.uid, 'proved', 'amber'])
  assert.match(noticeIn('ru', view.notice).next, /неверны/)
  await agrees(till)
})

test('S3.6, S4.1: a wrong «УСПЕШНО» is named with its sum, and corrected', async () => {
  const till = await aTill({ clearing: false })
  till.set({ requestsLost: 1 })
  const { body } = await till.begin('sale', goods(500))
  till.set({ skoDead: true, operatorDown: true })
  const uid = 'FFFFFFFFFFFFFFFF05F5E101'
  const said = await confirm(till, body.id, {
    number: '3',
    at: printedMoment(till.clock.now()),
    uid,
  })
  assert.equal(said.body.proof, 'unproved', JSON.stringify(said.body))
  till.set({ skoDead: false })
  await till.watch()
  const view = await till.view(body.id)
  assert.deepEqual([view.proof, view.notice.tone], ['disproved', 'red'])
  const facts = await till.facts()
  assert.equal(facts.discrepancy, -500)
  assert.deepEqual(
    facts.causes.map(({ sum }: { sum: number }) => sum),
    [-500],
  )
  const refused = await till.begin('withdrawal', { sum: 100 })
  assert.equal(refused.body.code, 'discrepancy')
  assert.match(refused.body.message, /-5\.00/)
  const request = { id: nextId(), discrepancy: -500 }
  const corrected = await till.ask('POST', '/api/corrections', { body: request, as: 'Ольга' })
  assert.equal(corrected.body.state, 'registered')
  await agrees(till)
  assert.equal((await till.begin('withdrawal', { sum: 10_000 })).body.state, 'registered')
  assert.equal((await till.begin('shift-closing')).body.state, 'registered')
})

test('R6: «НЕУСПЕШНО» is refused while unsent documents are on their way', async () => {
  const { till, id } = await aRedSale()
  till.set({ skoSilent: true })
  const answer = await deny(till, id)
  assert.equal(answer.body.code, 'deny.unsent')
  assert.match(answer.body.message, /неотправленных документов: [1-9]/)
  assert.equal((await till.view(id)).state, 'red')
})

test('R6: a document proved after «НЕУСПЕШНО» is adopted, and an alert names it', async () => {
  const { till, id } = await aRedSale()
  till.set({ skoDead: true, operatorDown: true })
  const said = await deny(till, id)
  assert.deepEqual([said.body.state, said.body.proof], ['failed', 'unproved'])
  till.set({ skoDead: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.state, view.proof, view.notice.tone], ['registered', 'proved', 'amber'])
  await agrees(till)
  await till.print()
  assert.ok((await till.view(id)).facts.printed)
})

test('R1: the operator alone clears a red receipt where the device is gone', async () => {
  const till = await aTill({ clearing: false })
  till.set({ answersLost: 1 })
  const { body } = await till.begin('sale', goods(500))
  await till.deliver()
  till.set({ skoDead: true })
  await till.clearing(true)
  await till.watch()
  const view = await till.view(body.id)
  assert.deepEqual([view.state, view.proof], ['registered', 'proved'])
  assert.match(noticeIn('ru', view.notice).next, /подтвердил оператор/)
})

test('a device without our additions is asked for its number and its document', async () => {
  const till = await aTill({ clearing: true })
  till.set({ skoForeign: true, answersLost: 1 })
  const done = await till.begin('sale', goods(500))
  assert.deepEqual([done.body.state, done.body.proof], ['registered', 'proved'])
  till.set({ requestsLost: 1 })
  const lost = await till.begin('sale', goods(700))
  assert.equal(lost.body.state, 'red', 'the command may still be on its way')
  till.clock.jump(8 * 3_600_000)
  await till.watch()
  assert.equal((await till.view(lost.body.id)).state, 'red', 'no time has passed (R33)')
  till.clock.jump(-8 * 3_600_000)
  till.clock.advance(61_000)
  await till.watch()
  assert.equal((await till.view(lost.body.id)).state, 'failed')
  await agrees(till)
})

test('R4: a device that is gone waits; giving up what may have reached it turns red', async () => {
  const till = await aTill()
  till.set({ unplugged: true })
  const { body } = await till.begin('deposit', { sum: 500 })
  assert.equal(body.state, 'waiting')
  const given = await till.ask('POST', `/api/operations/${body.id}/give-up`, { body: {} })
  assert.equal(given.body.state, 'failed')
  till.set({ unplugged: false })
  await till.watch()
  assert.equal(
    till.device.store.tombstone('SKO0000001', body.id)?.fault,
    'ZPOS_OPERATION_ABANDONED',
  )
  await agrees(till)
})

test('R7: opening and closing a shift turn red and are cleared by the same form', async () => {
  const till = await openTill()
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const opening = await till.begin('shift-opening')
  assert.equal(opening.body.state, 'red')
  assert.equal((await confirm(till, opening.body.id, truth(till))).body.state, 'registered')
  till.set({ answersLost: 1 })
  const closing = await till.begin('shift-closing')
  assert.equal(closing.body.state, 'red')
  till.set({ skoDead: true, operatorDown: true })
  assert.equal((await confirm(till, closing.body.id, truth(till))).body.proof, 'unproved')
  assert.equal((await till.status()).shift, null)
  till.set({ skoDead: false })
  await till.watch()
  assert.equal((await till.view(closing.body.id)).proof, 'proved')
  assert.equal((await till.begin('shift-opening')).body.shift, 2)
})

test('what device and operator answer is offered, and changes nothing', async () => {
  const { till, id } = await aRedSale()
  const first = (await till.ask('GET', `/api/operations/${id}/evidence`)).body
  assert.deepEqual([first.device, first.operator, first.discrepancy], ['done', 'cannot-tell', 500])
  assert.equal(first.document.uid, till.device.last()?.uid)
  till.set({ skoSilent: true, operatorDown: true })
  const none = (await till.ask('GET', `/api/operations/${id}/evidence`)).body
  assert.deepEqual([none.device, none.operator, none.document], ['silent', 'silent', null])
  assert.equal((await till.view(id)).state, 'red')
})

test('a word of a cashier stands in the journal with its evidence', async () => {
  const { till, id } = await aRedSale()
  await confirm(till, id, truth(till))
  const rows = till.disk.prepare('select body, packed from journal where operation = ?').all(id)
  const said = rows
    .map((row) => JSON.parse(lineText(row)).event)
    .find((e) => e?.type === 'confirmed')
  assert.deepEqual([said.person, said.evidence.device], ['Анна', 'done'])
})

test('a word that comes to what stands already is no mistake: its answer was lost', async () => {
  const { till, id } = await aRedSale()
  const right = truth(till)
  await till.clearing(true)
  await till.watch()
  const cleared = await confirm(till, id, right)
  assert.deepEqual([cleared.status, cleared.body.state], [200, 'registered'])
  assert.equal((await confirm(till, id, { ...right, number: '7' })).body.code, 'verb.not-now')
  assert.equal((await deny(till, id)).body.code, 'verb.not-now')

  till.set({ requestsLost: 1 })
  const lost = (await till.begin('sale', goods(700))).body
  assert.deepEqual([lost.state, (await deny(till, lost.id)).status], ['failed', 200])

  const say = (word: string, waited: string) =>
    till.ask('POST', `/api/operations/${waited}/${word}`, { body: {} })
  till.set({ unplugged: true })
  const given = (await till.begin('deposit', { sum: 1 })).body.id
  const kept = async (word: string, waited: string) => {
    const [first, second] = [await say(word, waited), await say(word, waited)]
    assert.deepEqual([first.status, second.status], [200, 200])
    assert.equal(second.body.state, first.body.state)
  }
  await kept('give-up', given)
  const waiting = (await till.begin('deposit', { sum: 1 })).body.id
  till.set({ unplugged: false })
  await kept('continue', waiting)
  assert.equal((await say('continue', given)).body.code, 'verb.not-now')
  assert.equal((await say('give-up', waiting)).body.code, 'verb.not-now')
})
