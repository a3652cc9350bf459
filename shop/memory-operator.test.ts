import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { questionText } from '#core/operator/asking.ts'
import type { Submitted } from '#core/operator/ingest.ts'
import { type Measure, measureKinds } from '#core/operator/measure.ts'
import { HOUR } from '#core/time.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { newDeviceKey, publicHalf, signText } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { type Dice, openDice } from '#sim/dice.ts'
import { memoryPostgres } from '#test/embedded-postgres.ts'
import { aChain, aClock, aKey, anIssuer } from '#test/fixtures.ts'
import { believesOperator, operatorKey } from './enrolment.ts'
import { openShelves, operatorOver } from './memory-operator.ts'

const DEVICE = 'D200000001'
const REGISTER = 200_000_001
const UNP = '191000002'

const wireTo =
  (app: Hono): Send =>
  async ({ method, path, body }) => {
    const headers = { 'content-type': 'application/json' }
    const response = await app.request(path, { method, headers, ...(body && { body }) })
    return { status: response.status, body: await response.text() }
  }

/** What a client branches on; sentences for people are the real operator's own. */
const told = (answer: object) => {
  const { message: _, next: __, facts: ___, ...rest } = answer as Record<string, unknown>
  return rest
}

test('the operator in memory answers as the real one does', async () => {
  const key = aKey()
  const db = await memoryPostgres()
  const clock = aClock()
  const { app } = await openOperator({
    db,
    clock,
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
  })
  const owned = { place: '', address: '', unp: UNP, registerNumber: REGISTER }
  await sowOperator(db, {
    clients: [{ unp: UNP, company: '' }],
    accounts: [],
    registers: [owned],
    devices: [{ serial: DEVICE, registerNumber: REGISTER, publicKey: key.publicKeyPem }],
  })
  const till = newDeviceKey()
  const tillKey = publicHalf(till)
  await db.query(
    `insert into till(till, register, public_key, agreement, enrolled_at)
     values ('K-1', $1, $2, '', 0)`,
    [REGISTER, tillKey],
  )
  const shelves = openShelves([
    { serial: DEVICE, registerNumber: REGISTER, unp: UNP, publicKey: key.publicKeyPem, tillKey },
  ])
  const real = client(operatorApi, wireTo(app))
  const simulated = client(operatorApi, wireTo(operatorOver(shelves, clock.now).app))
  const issuer = anIssuer({ unp: UNP, device: DEVICE, registerNumber: REGISTER })
  const chain = (title: string) =>
    aChain(key, { count: 40, change: (n) => ({ issuer, operation: idOf(n), cashier: title }) })
  const [documents, fork] = [chain('Анна'), chain('Борис')]
  const dice = openDice(1)
  let head = 0
  for (let i = 0; i < 200; i += 1) {
    const device = dice.chance(0.05) ? 'D1' : DEVICE
    const measures = await layOn(db, someMeasures(dice, clock.now()))
    Object.assign(shelves.get(DEVICE) ?? {}, { measures })
    const asked = { device, nonce: `question ${i}` }
    assert.deepEqual(told(await simulated.measures(asked)), told(await real.measures(asked)))
    if (i >= 100) {
      const at = clock.now() - (dice.chance(0.2) ? HOUR : 0)
      const question = { device, nonce: asked.nonce, at, red: dice.int(0, 2), redSince: null }
      const by = dice.chance(0.2) ? newDeviceKey() : till
      const signature = signText(by, questionText(question))
      const sent = Object.assign({ signature }, question)
      assert.deepEqual(told(await simulated.askMeasures(sent)), told(await real.askMeasures(sent)))
    }
    const batch = aBatch(dice, { documents, fork, head })
    const answer = await real.submit({ device, documents: batch })
    const same = told(await simulated.submit({ device, documents: batch }))
    assert.deepEqual(same, told(answer), `${i}: ${batch.map(({ number }) => number)}`)
    if (answer.kind === 'done') head = answer.value.acknowledged
    const at = await real.head({ device })
    assert.deepEqual(told(await simulated.head({ device })), told(at))
    const question = { device, operation: idOf(dice.int(1, 45)), expected: dice.int(1, 45) }
    const outcome = await real.outcome(question as never)
    assert.deepEqual(told(await simulated.outcome(question as never)), told(outcome))
  }
  assert.equal(head, documents.length)
  const kept = await db.query('select number, hash from quarantine order by number, hash')
  const seen = shelves.get(DEVICE)?.quarantine.map(({ number, hash }) => `${number} ${hash}`)
  assert.deepEqual(
    kept.map((row) => Object.values(row as object).join(' ')).sort(),
    [...new Set(seen)].sort(),
  )
  await db.close()
})

/** Of each kind at most one, as staff can lay them: ahead, in force, or over. */
const someMeasures = (dice: Dice, now: number): Measure[] =>
  measureKinds
    .filter(() => dice.chance(0.2))
    .map((kind) => {
      const from = now + dice.pick([-HOUR, 0, 1])
      return { kind, reason: `долги ${kind}`, from, till: dice.pick([null, from + 1, now + HOUR]) }
    })

async function layOn(db: Postgres, measures: Measure[]): Promise<Measure[]> {
  await db.query('delete from measure')
  for (const { kind, reason, from, till } of measures) {
    await db.query(
      `insert into measure(register, kind, reason, starts_at, ends_at, set_by, set_at)
       values ($1, $2, $3, $4, $5, '', 0)`,
      [REGISTER, kind, reason, from, till],
    )
  }
  return measures
}

const idOf = (n: number) => `0197a2b4-0000-7000-8000-${String(n).padStart(12, '0')}`

type Stock = { documents: Submitted[]; fork: Submitted[]; head: number }

/** What follows, what was sent before, what comes too early, what is broken or another's. */
function aBatch(dice: Dice, { documents, fork, head }: Stock): Submitted[] {
  const from = Math.max(0, head + dice.pick([0, 0, 0, -1, -3, 1, 2]))
  const batch = documents.slice(from, from + dice.int(1, 4))
  const [first] = batch.length > 0 ? batch : documents
  if (!first) return []
  const rest = batch.slice(1)
  switch (dice.weighted({ whole: 6, broken: 1, unsigned: 1, forked: 1, renamed: 1 })) {
    case 'whole':
      return batch.length > 0 ? batch : [first]
    case 'broken':
      return [{ ...first, body: `${first.body} ` }, ...rest]
    case 'unsigned':
      return [{ ...first, signature: 'ed25519:AAAA' }, ...rest]
    case 'forked':
      return [fork[first.number - 1] ?? first, ...rest]
    case 'renamed':
      return [{ ...first, number: first.number + 1 }, ...rest]
  }
}
