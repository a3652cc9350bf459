import assert from 'node:assert/strict'
import type { KeyObject } from 'node:crypto'
import { test } from 'node:test'
import type { Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import { questionText } from '#core/operator/asking.ts'
import type { Submitted } from '#core/operator/ingest.ts'
import { type Measure, measureKinds } from '#core/operator/measure.ts'
import { HOUR } from '#core/time.ts'
import { openOperator } from '#services/operator/app.ts'
import { type OperatorSeed, sowOperator } from '#services/operator/seed.ts'
import type { Clock } from '#services/runtime/clock.ts'
import { newDeviceKey, publicHalf, signText } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { type Dice, openDice } from '#sim/dice.ts'
import { aChain, aClock, aKey, anIssuer } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { believesOperator, newKey, operatorKey } from './enrolment.ts'
import { openDeviceKeyLine } from './memory-keys.ts'
import { openShelves, operatorOver, type Shelves } from './memory-operator.ts'

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

/** The operator on PostgreSQL, with one client's one device. */
async function openReal(db: Postgres, clock: Clock, device: OperatorSeed['devices'][number]) {
  const signing = { key: operatorKey, verify: believesOperator }
  const { app } = await openOperator(Object.assign({ db, clock, log: silentLog }, signing))
  await sowOperator(db, {
    clients: [{ unp: UNP, company: '' }],
    accounts: [],
    registers: [{ place: '', address: '', unp: UNP, registerNumber: REGISTER }],
    devices: [device],
  })
  return app
}

test('the operator in memory answers as the real one does', async () => {
  const key = aKey()
  const db = await newPostgres('operator')
  const clock = aClock()
  const enrolled = { serial: DEVICE, registerNumber: REGISTER, publicKey: key.publicKeyPem }
  const app = await openReal(db, clock, enrolled)
  const till = await enrolTill(db)
  const shelves = openShelves([Object.assign({ unp: UNP, tillKey: publicHalf(till) }, enrolled)])
  const [real, simulated] = [
    client(operatorApi, wireTo(app)),
    client(operatorApi, wireTo(operatorOver(shelves, clock.now).app)),
  ]
  const issuer = anIssuer({ unp: UNP, device: DEVICE, registerNumber: REGISTER })
  const chain = (title: string) =>
    aChain(key, { count: 40, change: (n) => ({ issuer, operation: idOf(n), cashier: title }) })
  const [documents, fork] = [chain('Анна'), chain('Борис')]
  const [dice, asking] = [openDice(1), openDice(2)]
  const areAsked = (question: ReturnType<typeof aQuestion>) =>
    areAlike(simulated.askMeasures(question), real.askMeasures(question))
  const announce = announcing([simulated, real], changesOf(key.privateKey))
  let head = 0
  for (let i = 0; i < 200; i += 1) {
    const device = dice.chance(0.05) ? 'D1' : DEVICE
    const laid = someMeasures(dice, clock.now())
    Object.assign(shelves.get(DEVICE) ?? {}, { measures: await layOn(db, laid) })
    const asked = { device, nonce: `question ${i}` }
    await areAlike(simulated.measures(asked), real.measures(asked))
    // From its first question by key on nobody is answered without.
    if (i >= 100) await areAsked(aQuestion(asking, { asked, key: till, now: clock.now() }))
    const batch = aBatch(dice, { documents, fork, head })
    const answer = await real.submit({ device, documents: batch })
    const same = await simulated.submit({ device, documents: batch })
    assert.deepEqual(told(same), told(answer), `${i}: ${batch.map(({ number }) => number)}`)
    if (answer.kind === 'done') head = answer.value.acknowledged
    await announce(device)
    await areAlike(simulated.head({ device }), real.head({ device }))
    const question = { device, operation: idOf(dice.int(1, 45)), expected: dice.int(1, 45) }
    await areAlike(simulated.outcome(question as never), real.outcome(question as never))
  }
  assert.equal(head, documents.length)
  await keepTheSame(db, shelves)
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

/** Behind the last document: what these are sealed with stays the first key. */
function changesOf(first: KeyObject): SignedKeyChange[] {
  const line = openDeviceKeyLine(DEVICE, first)
  for (const number of [60, 50, 90]) {
    line.lay(newKey(), 0)
    line.announce(number)
  }
  return line.changes()
}

/** Tells both of some of a device's keys. */
function announcing(both: Client<typeof operatorApi>[], changes: SignedKeyChange[]) {
  const dice = openDice(3)
  return async (device: string): Promise<void> => {
    const announced = { device, changes: someChanges(dice, changes) }
    await areAlike(...both.map((each) => each.followKeys(announced)))
  }
}

/** From the first on, or out of order, or such as follow from nothing that was told. */
const someChanges = (dice: Dice, changes: SignedKeyChange[]): SignedKeyChange[] => {
  const from = dice.int(0, changes.length - 1)
  const some = dice.chance(0.5) ? changes.slice(0, from + 1) : changes.slice(from)
  return dice.chance(0.8) ? some : some.toReversed()
}

const areAlike = async (...answers: Promise<object>[]): Promise<void> => {
  const [one, other] = (await Promise.all(answers)).map(told)
  assert.deepEqual(one, other)
}

/** Evidence of forks is the same at both. */
async function keepTheSame(db: Postgres, shelves: Shelves): Promise<void> {
  const kept = await db.query('select number, hash from quarantine order by number, hash')
  const seen = shelves.get(DEVICE)?.quarantine.map(({ number, hash }) => `${number} ${hash}`)
  assert.deepEqual(
    kept.map((row) => Object.values(row as object).join(' ')).sort(),
    [...new Set(seen)].sort(),
  )
}

type Asking = { asked: { device: string; nonce: string }; key: string; now: number }

/** A till's question by its key or by another, of now or of an hour ago. */
function aQuestion(dice: Dice, { asked: { device, nonce }, key, now }: Asking) {
  const at = now - (dice.chance(0.2) ? HOUR : 0)
  const question = { device, nonce, at, red: dice.int(0, 2), redSince: null }
  const by = dice.chance(0.2) ? newDeviceKey() : key
  return Object.assign({ signature: signText(by, questionText(question)) }, question)
}

/** Enrols a till; answers its private key. */
async function enrolTill(db: Postgres): Promise<string> {
  const till = newDeviceKey()
  await db.query(
    `insert into till(till, register, public_key, agreement, enrolled_at)
     values ('K-1', $1, $2, '', 0)`,
    [REGISTER, publicHalf(till)],
  )
  return till
}

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
