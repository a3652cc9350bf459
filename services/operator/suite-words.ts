// What the operator promises about its people's words on red operations (C2b).

import assert from 'node:assert/strict'
import { operationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { readCarried } from '#core/operator/carried.ts'
import { isAttested } from '#core/operator/statement.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { NOW } from '#test/fixtures.ts'
import { aStaff, aVisitor, codeOf, doneOf, type Ground } from './suite-ground.ts'

const operation = '0197a2b4-2222-7000-8000-000000000001'

const uidAt = (register: number) =>
  `0123456789ABCDEF${register.toString(16).padStart(8, '0').toUpperCase()}`

async function aCase(ground: Ground) {
  const visitor = await aVisitor(ground)
  const { cabinet: staff, email } = await aStaff(ground)
  const { device, registerNumber } = visitor
  const document = {
    kind: 'sale',
    number: 3,
    day: '2026-11-27',
    time: '12:00:07',
    sum: 500,
    uid: uidAt(registerNumber),
  } as const
  const about = { device, operation, expected: 3 }
  const say = (change: object) =>
    staff.sayOfOperation({
      device,
      operation,
      expected: 3,
      verdict: 'never',
      evidence: 'journal',
      reason: 'Журнал СКО прочитан',
      ...change,
    })
  const outcome = async () =>
    doneOf(await visitor.api.outcome({ ...about, nonce: 'asked just now' }))
  return { ...visitor, staff, email, document, say, outcome, about }
}

export const wordPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'C2b: a word with its evidence reaches the till by wire and in digits, and is written down':
    async (ground) => {
      const { say, outcome, document, about, cabinet, email, registerNumber } = await aCase(ground)
      doneOf(await say({ verdict: 'done', ...document }))
      doneOf(await say({ verdict: 'done', ...document }))
      const told = await outcome()
      assert.ok(told.verdict === 'cannot-tell' && told.word)
      assert.ok(isAttested(told.word, believesOperator))
      const { statement } = told.word
      assert.deepEqual(statement.staff, { evidence: 'journal', by: email })
      assert.deepEqual(
        [statement.verdict, statement.document?.number, statement.document?.sum],
        ['done', 3, 500],
      )
      const answer = doneOf(await cabinet.answer(about))
      assert.deepEqual([answer.verdict, answer.word?.person], ['done', email])
      assert.deepEqual(readCarried(answer.text)?.statement.staff, statement.staff)
      const { words } = doneOf(await cabinet.staffWords({}))
      assert.deepEqual(
        words.map(({ verdict, person, reason, held }) => [verdict, person, reason, held]),
        [['done', email, 'Журнал СКО прочитан', null]],
        'pressed twice it is one word, and the client reads it',
      )
      const acts = await ground.db.query<{ what: string; target: string }>(
        'select what, target from act where register = $1',
        [registerNumber],
      )
      assert.deepEqual(acts, [{ what: 'operation-confirmed', target: operation }])
    },

  'R2: what the operator holds or proves goes before any word, said before or after': async (
    ground,
  ) => {
    const { say, outcome, document, chain, api, device, cabinet } = await aCase(ground)
    doneOf(await say({ evidence: 'statement', reason: 'Заявление' }))
    const documents = chain(3, (n) => ({
      at: NOW + n,
      sum: kopecks(500),
      operation: n === 3 ? operation : null,
    }))
    doneOf(await api.submit({ device, documents: documents.slice(0, 2) }))
    assert.ok((await outcome()).verdict === 'cannot-tell')
    doneOf(await api.submit({ device, documents }))
    assert.equal((await outcome()).verdict, 'done')
    const { words } = doneOf(await cabinet.staffWords({}))
    assert.deepEqual(words[0]?.held, 3, 'the contradiction is shown')
    assert.equal(codeOf(await say({})), 'word.exists')
    const other = { operation: '0197a2b4-2222-7000-8000-000000000002' }
    assert.equal(codeOf(await say({ ...other, verdict: 'done', ...document })), 'word.never')
    const later = { ...other, expected: 9, verdict: 'done', ...document }
    assert.equal(codeOf(await say(later)), 'word.number-taken')
    assert.equal(
      codeOf(await say({ ...other, expected: 9, evidence: 'document' })),
      'word.no-document',
    )
    doneOf(await say({ verdict: 'done', evidence: 'document' }))
  },

  'a word of another register’s document, or without its data, is refused by its field': async (
    ground,
  ) => {
    const { say, document, registerNumber } = await aCase(ground)
    for (const name of ['kind', 'number', 'day', 'time', 'sum', 'uid'] as const) {
      const answer = await say({ verdict: 'done', ...document, [name]: undefined })
      assert.equal(answer.kind === 'invalid' && answer.field, name)
    }
    const foreign = { ...document, uid: uidAt(registerNumber + 1) }
    const answer = await say({ verdict: 'done', ...foreign })
    assert.equal(answer.kind === 'invalid' && answer.field, 'uid')
    assert.equal(codeOf(await say({ device: 'NOBODY' })), 'device.unknown')
  },

  'a client decides nothing, and reads no other client’s words': async (ground) => {
    const { say, about, cabinet } = await aCase(ground)
    const foreign = await aVisitor(ground)
    const said = { ...about, verdict: 'never', evidence: 'statement', reason: 'сам' } as const
    const id = operationId(operation)
    assert.ok(id)
    const own = await cabinet.sayOfOperation({ ...said, operation: id })
    assert.equal(codeOf(own), 'right.required')
    doneOf(await say({}))
    assert.deepEqual(doneOf(await foreign.cabinet.staffWords({})).words, [])
  },
}
