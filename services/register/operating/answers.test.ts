import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { answerOf } from '#core/operator/answer.ts'
import { carriedText, grouped } from '#core/operator/carried.ts'
import type { AnsweredDocument } from '#core/operator/statement.ts'
import { DAY } from '#core/time.ts'
import { messageIn } from '#core/words/operations.ts'
import { operatorKey } from '#shop/enrolment.ts'
import { goods, issuer, openTill, type Till } from '#test/till.ts'

/** A till with an open shift, 100.00 in the drawer, clearing off and a red sale of 5.00. */
async function aRedSale(lost: 'answersLost' | 'requestsLost' = 'answersLost') {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  assert.equal((await till.begin('deposit', { sum: 10_000 })).body.state, 'registered')
  await till.clearing(false)
  till.set({ [lost]: 1 })
  const { body } = await till.begin('sale', goods(500))
  assert.equal(body.state, 'red')
  return { till, id: body.id as string, expected: body.expected as number }
}

/** The operator's answer about the device's last document, as it stands signed. */
function answerAbout(till: Till, change: Partial<AnsweredDocument> = {}): string {
  const last = till.device.last()
  assert.ok(last)
  const { number, at, kind, sum, operation } = last.document
  const known = operationId(String(operation))
  assert.ok(known)
  const found = { operation: known, kind, number, at, sum, uid: last.uid, ...change }
  const { device, registerNumber } = issuer
  const asked = { by: 'document', uid: last.uid } as const
  const signing = { key: operatorKey, at: till.clock.now() }
  return carriedText(answerOf({ device, registerNumber, asked }, { found, held: null }, signing))
}

function neverAbout(till: Till, id: string, expected: number): string {
  const operation = operationId(id)
  assert.ok(operation)
  const { device, registerNumber } = issuer
  const before = till.device.document(expected - 1)?.hash ?? null
  const held = { number: expected, before, unreadable: false, retired: false }
  const asked = { by: 'operation', operation, expected } as const
  const signing = { key: operatorKey, at: till.clock.now() }
  return carriedText(answerOf({ device, registerNumber, asked }, { found: null, held }, signing))
}

const bring = (till: Till, id: string, answer: string) =>
  till.ask('POST', `/api/operations/${id}/answer`, { body: { answer } })
const cutOff = (till: Till) => till.set({ skoDead: true, operatorDown: true })

test('C2b: the operator’s answer ends a red sale, its document comes later', async () => {
  const { till, id } = await aRedSale()
  const answer = answerAbout(till)
  cutOff(till)
  const said = await bring(till, id, grouped(answer))
  assert.deepEqual([said.status, said.body.state, said.body.proof], [200, 'registered', 'attested'])
  assert.match(messageIn('ru', said.body.message).text, /по ответу оператора/)
  assert.equal((await bring(till, id, answer)).body.state, 'registered', 'a double press')
  assert.equal((await till.facts()).cash, 10_500)
  await till.restart()
  assert.equal((await till.view(id)).proof, 'attested', 'it is on disk')
  till.set({ skoDead: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.proof, view.notice, view.message], ['proved', null, null])
  assert.equal((await till.facts()).discrepancy, 0)
  assert.equal((await till.begin('deposit', { sum: 1 })).body.state, 'registered')
})

test('C2b, R2: an answer «never» takes a red sale away though nobody is reached', async () => {
  const { till, id, expected } = await aRedSale('requestsLost')
  cutOff(till)
  const said = await bring(till, id, neverAbout(till, id, expected))
  assert.deepEqual([said.body.state, said.body.proof], ['failed', 'proved'])
  assert.equal((await bring(till, id, neverAbout(till, id, expected))).body.state, 'failed')
  assert.equal((await till.facts()).cash, 10_000)
})

test('C2b: altered, broken, of another operation, stale: refused by name', async () => {
  const { till, id } = await aRedSale()
  const answer = answerAbout(till)
  cutOff(till)
  const refusedAs = async (text: string) => {
    const { status, body } = await bring(till, id, text)
    assert.equal((await till.view(id)).state, 'red')
    return status === 400 ? body.fault : body.code
  }
  assert.equal(await refusedAs(answer.slice(0, -1)), 'operator-answer')
  assert.equal(await refusedAs('4810000000018'), 'operator-answer')
  const operation = operationId('0197a2b4-0000-7000-8000-0000000000ff')
  assert.equal(await refusedAs(answerAbout(till, { operation })), 'answer.other-operation')
  const body = `${answer.slice(0, -9)}${(Number(answer.at(-9)) + 1) % 10}${answer.slice(-8, -4)}`
  const forged = body + String(BigInt(body) % 9973n).padStart(4, '0')
  assert.equal(await refusedAs(forged), 'answer.unsigned')
  till.clock.advance(DAY + 1)
  assert.equal(await refusedAs(answer), 'answer.stale')
})

test('C2b: what the device says itself goes before an answer that was brought', async () => {
  const made = await aRedSale()
  const said = await bring(made.till, made.id, answerAbout(made.till))
  assert.deepEqual([said.body.state, said.body.proof], ['registered', 'proved'], 'its document')
  const { till, id, expected } = await aRedSale('requestsLost')
  const sale = { operation: operationId(id), kind: 'sale', number: expected } as const
  const refused = await bring(till, id, answerAbout(till, { ...sale, sum: kopecks(500) }))
  assert.equal(refused.body.code, 'claim.no-document')
  assert.equal((await till.view(id)).state, 'red')
})

test('C2b: an answer «never» is refused where the device has the document', async () => {
  const { till, id, expected } = await aRedSale()
  const refused = await bring(till, id, neverAbout(till, id, expected))
  assert.equal(refused.body.code, 'deny.exists')
  assert.equal((await till.view(id)).state, 'red')
})
