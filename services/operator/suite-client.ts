// What the operator promises to a client's people in its cabinet, and to no others.

import assert from 'node:assert/strict'
import { kopecks } from '#core/money.ts'
import { readCarried } from '#core/operator/carried.ts'
import { isAttested } from '#core/operator/statement.ts'
import { isoMinsk, MINUTE } from '#core/time.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { NOW } from '#test/fixtures.ts'
import { aVisitor, type Ground } from './suite-ground.ts'

const operationOf = (n: number) => `0197a2b4-1111-7000-8000-${String(n).padStart(12, '0')}`

/** A visitor with five stored sales, a minute apart, of 1.00 to 4.00; the last two alike. */
async function aVisitorWithSales(ground: Ground) {
  const visitor = await aVisitor(ground)
  const documents = visitor.chain(5, (n) => ({
    at: NOW + n * MINUTE,
    sum: kopecks(Math.min(n, 4) * 100),
    operation: operationOf(n),
  }))
  await visitor.api.submit({ device: visitor.device, documents })
  const answer = async (asked: object) => {
    const got = await visitor.cabinet.answer({ device: visitor.device, ...asked })
    assert.ok(got.kind === 'done', JSON.stringify(got))
    const carried = readCarried(got.value.text)
    assert.ok(carried && isAttested(carried, believesOperator))
    assert.equal(carried.statement.verdict, got.value.verdict)
    return { ...got.value, statement: carried.statement }
  }
  return { ...visitor, documents, answer }
}

const timeOf = (at: number) => isoMinsk(at).slice(11, 19)
const day = isoMinsk(NOW).slice(0, 10)

export const clientPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'an operation is answered by its id, by time and sum, by uid: the same document, signed': async (
    ground,
  ) => {
    const { documents, answer, device, registerNumber } = await aVisitorWithSales(ground)
    const uid = documents[1]?.uid
    const asked = [
      { operation: operationOf(2), expected: 2 },
      { operation: operationOf(2) },
      { day, time: timeOf(NOW + 2 * MINUTE), sum: 200 },
      { day, time: timeOf(NOW + 5 * MINUTE).slice(0, 5), sum: 200 },
      { uid },
    ]
    for (const question of asked) {
      const { verdict, document, statement, head } = await answer(question)
      assert.deepEqual([verdict, document?.uid], ['done', uid], JSON.stringify(question))
      assert.deepEqual([statement.device, statement.registerNumber], [device, registerNumber])
      const told = statement.document
      assert.deepEqual(
        [told?.operation, told?.kind, told?.number, told?.sum, told?.at],
        [operationOf(2), 'sale', 2, 200, NOW + 2 * MINUTE],
      )
      assert.equal(head.number, 5)
    }
  },

  'R2: «never» is answered to an id whose number has passed, and to nothing else': async (
    ground,
  ) => {
    const { documents, answer } = await aVisitorWithSales(ground)
    const operation = operationOf(99)
    const never = await answer({ operation, expected: 5 })
    assert.equal(never.verdict, 'never')
    assert.equal(never.statement.before, documents[3]?.hash)
    for (const question of [
      { operation, expected: 6 },
      { operation },
      { day, time: '10:00', sum: 77_777 },
    ]) {
      const { verdict, statement } = await answer(question)
      assert.deepEqual([verdict, statement.before], ['cannot-tell', null])
    }
  },

  'where several fit, a person chooses, and nothing is claimed': async (ground) => {
    const { documents, answer } = await aVisitorWithSales(ground)
    const at = NOW + 4 * MINUTE
    const wide = await answer({ day, time: timeOf(NOW + 7 * MINUTE), sum: 400 })
    assert.deepEqual([wide.verdict, wide.several.length], ['cannot-tell', 2])
    const exact = await answer({ day, time: timeOf(at), sum: 400 })
    assert.equal(exact.document?.uid, documents[3]?.uid, 'the moment itself goes before the nearby')
  },

  'an answer is asked for by something, and only about own devices': async (ground) => {
    const mine = await aVisitorWithSales(ground)
    const other = await aVisitorWithSales(ground)
    for (const [asked, field] of [
      [{}, 'day'],
      [{ day }, 'time'],
      [{ day, time: '10:00' }, 'sum'],
    ] as const) {
      const got = await mine.cabinet.answer({ device: mine.device, ...asked })
      assert.deepEqual([got.kind, got.kind === 'invalid' && got.field], ['invalid', field])
    }
    const foreign = await mine.cabinet.answer({
      device: other.device,
      operation: operationOf(2),
    })
    assert.equal(foreign.kind === 'refused' && foreign.code, 'device.unknown')
    const uid = other.documents[1]?.uid
    const borrowed = await mine.answer({ uid })
    assert.deepEqual([borrowed.verdict, borrowed.document], ['cannot-tell', null])
  },
}
