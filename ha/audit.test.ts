import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { GENESIS } from '#core/document/document.ts'
import { acknowledge } from '#core/operator/statement.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { type Stored, wrongWith } from './audit.ts'
import { makeTills, work } from './tills.ts'

// The audit of `npm run ha` notices what it is there for.

/** An operator that stores all it is sent, and signs what `said` makes of its head. */
async function heardBy(said: (number: number) => number) {
  const [made] = makeTills(1)
  assert.ok(made)
  const rows: Stored[] = []
  const server = createServer(async (asked, answer) => {
    let body = ''
    for await (const part of asked) body += part
    for (const { number, hash, body: text } of JSON.parse(body).documents) {
      rows[number - 1] ??= { number, hash, operation: JSON.parse(text).operation }
    }
    const number = said(rows.length)
    const head = { device: made.till.serial, number, hash: rows[number - 1]?.hash ?? GENESIS }
    const proof = acknowledge(head, { key: operatorKey, at: 1 })
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ acknowledged: number, proof }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const operator = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const isOver = () => rows.length >= 9 || made.till.broken.length > 0
  await work(made, { operator, verify: believesOperator, restMs: 0, isOver })
  server.close()
  return { till: made.till, rows }
}

test('an operator that keeps its word has nothing wrong with it', async () => {
  const { till, rows } = await heardBy((number) => number)
  assert.equal(till.acknowledged, 9)
  assert.deepEqual(wrongWith(till, rows), [])
})

test('an acknowledged document that is missing is named, so is another in its place', async () => {
  const { till, rows } = await heardBy((number) => number)
  assert.match(wrongWith(till, rows.slice(0, -1)).join(), /: 9 was acknowledged/)
  const bent = rows.map((row) => (row.number === 4 ? { ...row, hash: '0' } : row))
  assert.match(wrongWith(till, bent).join(), /: 4 was acknowledged/)
})

test('an operation that is stored twice is named', async () => {
  const { till, rows } = await heardBy((number) => number)
  const [first] = rows
  assert.ok(first)
  assert.match(wrongWith(till, [...rows, first]).join(), /1 operations are stored twice/)
})

test('an operator that says less than it said before is named', async () => {
  let told = 0
  const { till, rows } = await heardBy((number) => {
    told += 1
    return told === 2 ? number - 4 : number
  })
  assert.match(wrongWith(till, rows).join(), /told 2 after 3/)
})
