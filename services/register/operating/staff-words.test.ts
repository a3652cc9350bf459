import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { SECOND } from '#core/time.ts'
import { noticeIn } from '#core/words/operations.ts'
import { goods, openTill, type Till } from '#test/till.ts'

// A word of the operator's people about a red operation, which the till hears by itself (C2b).

const BY = 'anna@operator.by'

/** A red sale of 5.00 while the device is silent, clearing on again. */
async function aRedSale(lost: 'answersLost' | 'requestsLost', sale: object = goods(500)) {
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  assert.equal((await till.begin('deposit', { sum: 10_000 })).body.state, 'registered')
  await till.clearing(false)
  till.set({ [lost]: 1 })
  const { body } = await till.begin('sale', sale)
  assert.equal(body.state, 'red')
  till.set({ skoSilent: true })
  await till.clearing(true)
  return { till, id: body.id as string, expected: body.expected as number }
}

/** As the staff read it in the device: to the second. */
function documentIn(till: Till, id: string) {
  const last = till.device.last()
  const operation = operationId(id)
  assert.ok(last && operation)
  const { number, at, kind, sum } = last.document
  return { operation, kind, number, at: at - (at % SECOND), sum, uid: last.uid }
}

const never = { verdict: 'never', document: null, evidence: 'journal', by: BY } as const

test('C2b: staff say it was made: the till takes it by itself, and says who decided', async () => {
  const { till, id } = await aRedSale('answersLost')
  await till.watch()
  assert.equal((await till.view(id)).state, 'red')
  const document = documentIn(till, id)
  await till.say({ verdict: 'done', document, evidence: 'journal', by: BY }, id)
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual(
    [view.state, view.proof, view.notice.code],
    ['registered', 'attested', 'staff-registered'],
  )
  assert.match(noticeIn('ru', view.notice).next, /anna@operator\.by/)
  await till.restart()
  assert.equal((await till.view(id)).notice.facts.person, BY, 'it is on disk')
  till.set({ skoSilent: false })
  await till.watch()
  assert.equal((await till.view(id)).proof, 'proved', 'the document itself was asked for')
  assert.equal((await till.facts()).discrepancy, 0)
})

test('R6: a wrong «it never was» gives way to the document, and an alert names who', async () => {
  const { till, id } = await aRedSale('answersLost')
  await till.say(never, id)
  await till.watch()
  const denied = await till.view(id)
  assert.deepEqual(
    [denied.state, denied.proof, denied.notice.code],
    ['failed', 'unproved', 'staff-failed'],
  )
  till.set({ skoSilent: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.state, view.proof, view.notice.code], ['registered', 'proved', 'adopted'])
  assert.equal(view.notice.facts.person, BY)
  assert.equal((await till.facts()).discrepancy, 0)
})

test('R6: a wrong «it was made» is contradicted once the device speaks', async () => {
  const { till, id, expected } = await aRedSale('requestsLost')
  const operation = operationId(id)
  const issuer = till.device.last()
  assert.ok(operation && issuer)
  const uid = `0123456789ABCDEF${issuer.uid.slice(16)}` as typeof issuer.uid
  const at = till.clock.now()
  const document = {
    operation,
    kind: 'sale',
    number: expected,
    at,
    uid,
    sum: kopecks(500),
  } as const
  await till.say({ verdict: 'done', document, evidence: 'statement', by: BY }, id)
  await till.watch()
  assert.equal((await till.view(id)).proof, 'attested')
  till.set({ skoSilent: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual([view.proof, view.notice.code], ['disproved', 'contradicted'])
})

test('R6: on a charged card the money waits until device or operator prove it', async () => {
  const card = { lines: goods(500).lines, payments: [{ means: 'card', sum: 500 }] }
  const { till, id } = await aRedSale('requestsLost', card)
  await till.say(never, id)
  await till.watch()
  assert.deepEqual([(await till.view(id)).state, await till.bank.charged()], ['reversing', 500])
  await till.reverse()
  assert.equal(await till.bank.charged(), 500, 'a word moves no money')
  till.set({ skoSilent: false })
  await till.watch()
  await till.reverse()
  assert.deepEqual([(await till.view(id)).state, await till.bank.charged()], ['cancelled', 0])
})

test('a word is not heard where the device speaks, or it is about another sum', async () => {
  const { till, id } = await aRedSale('answersLost')
  const document = Object.assign(documentIn(till, id), { sum: kopecks(501) })
  await till.say({ verdict: 'done', document, evidence: 'journal', by: BY }, id)
  await till.watch()
  assert.equal((await till.view(id)).state, 'red')
  await till.say(never, id)
  till.set({ skoSilent: false })
  await till.watch()
  const view = await till.view(id)
  assert.deepEqual(
    [view.state, view.proof, view.notice.code],
    ['registered', 'proved', 'registered'],
  )
})

test('R5: with clearing off a word changes nothing; the form offers it, and takes it', async () => {
  const { till, id } = await aRedSale('requestsLost')
  await till.clearing(false)
  await till.say(never, id)
  await till.watch()
  assert.equal((await till.view(id)).state, 'red')
  const { body } = await till.ask('GET', `/api/operations/${id}/evidence`)
  assert.deepEqual([body.word.verdict, body.word.person], ['never', BY])
  const { answer } = body.word
  const said = await till.ask('POST', `/api/operations/${id}/answer`, { body: { answer } })
  assert.deepEqual([said.body.state, said.body.proof], ['failed', 'unproved'])
})

test('C2b: the operator’s answer ends what may be cancelled as unfinished (S3.9)', async () => {
  const card = { lines: goods(500).lines, payments: [{ means: 'card', sum: 500 }] }
  const till = await openTill()
  assert.equal((await till.begin('shift-opening')).body.state, 'registered')
  await till.clearing(false)
  till.set({ requestsLost: 1 })
  const { body } = await till.begin('sale', card)
  assert.deepEqual(body.may, ['cancelUnfinished', 'answer'])
  till.set({ skoDead: true })
  await till.say(never, body.id)
  const evidence = await till.ask('GET', `/api/operations/${body.id}/evidence`)
  const answer = { answer: evidence.body.word.answer }
  const said = await till.ask('POST', `/api/operations/${body.id}/answer`, { body: answer })
  assert.equal(said.body.state, 'reversing')
})
