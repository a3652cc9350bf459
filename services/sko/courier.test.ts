import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { type FiscalDocument, GENESIS } from '#core/document/document.ts'
import { type DeviceReport, reportText } from '#core/operator/report.ts'
import { acknowledge, attest, type SignedHead } from '#core/operator/statement.ts'
import { newDevice } from '#core/sko/device.ts'
import { MINUTE } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import { operatorKeyOf } from '#services/runtime/operator-keys.ts'
import { VERSION } from '#services/runtime/version.ts'
import { believesOperator, newKey, operatorKey } from '#shop/enrolment.ts'
import { aDocument, anIssuer, NOW } from '#test/fixtures.ts'
import { openCourier } from './courier.ts'
import { openSkoDb, openSkoStore } from './store.ts'

const DEVICE = 'SKO0000001'
const hashOf = (number: number, branch = 'a') => String(number).padStart(64, branch)

type Answer = Awaited<ReturnType<Send>>
type Body = { documents: { number: number }[]; held?: SignedHead }

const acknowledged = (number: number, more: { nonce?: string; hash?: string; device?: string }) =>
  acknowledge(
    { device: DEVICE, number, hash: number === 0 ? GENESIS : hashOf(number), ...more },
    { key: operatorKey, at: NOW, nonce: more.nonce },
  )
const answering = (proof: SignedHead | undefined): Answer => ({
  status: 200,
  body: JSON.stringify({ acknowledged: proof?.statement.number ?? 99, proof }),
})
const refusing = (code: string): Answer => ({
  status: 409,
  body: JSON.stringify({ kind: 'refused', code, message: 'x', next: 'y' }),
})

/** A device with documents, and an operator that answers as told and keeps what it was sent. */
function aDevice(count: number, change: Partial<FiscalDocument> = {}) {
  const db = openSkoDb(':memory:')
  const store = openSkoStore(db)
  const device = newDevice(anIssuer())
  store.enrol({ serial: DEVICE, device, pin: '', credential: null })
  for (let number = 1; number <= count; number += 1) {
    const document = aDocument({ number, ...change })
    const sealed = { body: JSON.stringify(document), hash: hashOf(number), signature: 's' }
    const uid = `${number}`.padStart(24, '0') as never
    const after = { ...device, number, hash: sealed.hash }
    store.add(DEVICE, after, { ...sealed, uid, number, operation: null, command: '', document })
  }
  const sent: number[][] = []
  const world = {
    present: true,
    head: 0,
    /** In place of the operator's own answers to what is sent. */
    answers: [] as (Answer | 'store')[],
    /** In place of its answer about its head. */
    answerHead: null as ((nonce: string) => Answer) | null,
    /** How often the operator was asked what it holds. */
    asked: 0,
    held: [] as (SignedHead | undefined)[],
    /** What the device told of itself. */
    reports: [] as (DeviceReport & { signature: string })[],
    elapsed: 0,
  }
  const send: Send = async ({ method, path, body }) => {
    if (method === 'GET') {
      world.asked += 1
      const nonce = new URL(path, 'http://operator').searchParams.get('nonce') ?? ''
      return world.answerHead?.(nonce) ?? answering(acknowledged(world.head, { nonce }))
    }
    if (path.endsWith('/report')) {
      world.reports.push(JSON.parse(body ?? '{}'))
      return { status: 200, body: '{}' }
    }
    const { documents, held } = JSON.parse(body ?? '{}') as Body
    const numbers = documents.map(({ number }) => number)
    sent.push(numbers)
    world.held.push(held)
    const answer = world.answers.shift() ?? 'store'
    if (answer !== 'store') return answer
    world.head = Math.max(world.head, ...numbers)
    return answering(acknowledged(world.head, {}))
  }
  let nonces = 0
  const start = () =>
    openCourier(DEVICE, {
      store,
      send,
      chance: () => 0,
      now: () => NOW,
      elapsed: () => world.elapsed,
      present: () => world.present,
      keyChanges: () => [],
      signer: () => (text) => `signed ${text}`,
      verify: believesOperator,
      nonce: () => {
        nonces += 1
        return `question ${nonces}`
      },
      log: silentLog,
    })
  const row = () => {
    const found = store.device(DEVICE)
    assert.ok(found)
    return found
  }
  return { db, store, courier: start(), start, sent, world, row, count: () => row().acknowledged }
}

type TestDevice = ReturnType<typeof aDevice>

const untilIdle = async ({ courier }: Pick<TestDevice, 'courier'>) => {
  while ((await courier.step()) === 0);
}

test('the device tells what is unsent, since when, its version, signed, now and then', async () => {
  const device = aDevice(3)
  const { world, courier } = device
  world.answers.push({ status: 200, body: '{}' })
  await courier.step()
  await untilIdle(device)
  const [first, ...rest] = world.reports
  assert.ok(first)
  const { signature, ...told } = first
  const report = Object.assign(told, { device: DEVICE })
  assert.equal(signature, `signed ${reportText(report)}`)
  assert.deepEqual([report.number, report.version], [3, VERSION])
  assert.deepEqual(rest, [], 'once a minute at most')
  world.elapsed += MINUTE
  await courier.step()
  assert.deepEqual(
    world.reports.map(({ number, oldestUnsentAt }) => [number, oldestUnsentAt === null]),
    [
      [3, false],
      [3, true],
    ],
  )
  world.elapsed += MINUTE
  await courier.step()
  assert.equal(world.reports.length, 2, 'nothing has changed')
})

test('documents go in order, in batches, each once, until nothing is unsent', async () => {
  const device = aDevice(250)
  await untilIdle(device)
  assert.deepEqual(
    device.sent.flat(),
    Array.from({ length: 250 }, (_, i) => i + 1),
  )
  assert.equal(device.count(), 250)
  assert.equal(device.row().proof?.statement.number, 250, 'the signature is kept')
  assert.equal(device.courier.fault(), null)
})

test('an answer that was lost moves nothing, and the batch goes again', async () => {
  const { courier, sent, world, count } = aDevice(3)
  assert.equal(await courier.step(), 0, 'the operator is asked first')
  world.answers = [{ unsent: 'refused' }, { lost: 'cut' }, { status: 502, body: '<html>' }]
  const rests = [await courier.step(), await courier.step(), await courier.step()]
  assert.ok(
    rests.every((rest, i) => i === 0 || rest > (rests[i - 1] ?? 0)),
    'it backs off',
  )
  assert.equal(count(), 0)
  assert.equal(courier.fault(), 'silent')
  assert.equal(await courier.step(), 0)
  assert.deepEqual(sent.at(-1), [1, 2, 3])
  assert.equal(count(), 3)
})

test('an operator away at the start is no trouble until there is something for it', async () => {
  const device = aDevice(0)
  device.world.answerHead = () => ({ unsent: 'refused' })
  assert.ok((await device.courier.step()) > 0)
  assert.equal(device.courier.fault(), null, 'so that a document wakes it')
  const waiting = aDevice(1)
  waiting.world.answerHead = device.world.answerHead
  await waiting.courier.step()
  assert.equal(waiting.courier.fault(), 'unreachable')
})

test('a refusal is told by its code', async () => {
  const { courier, world } = aDevice(1)
  await courier.step()
  world.answers = [refusing('seal.broken')]
  await courier.step()
  assert.equal(courier.fault(), 'rejected: seal.broken')
})

const stranger = operatorKeyOf(newKey())
const impostors: [string, Answer][] = [
  ['says a number alone', answering(undefined)],
  [
    'signs with a key of his own',
    answering(
      acknowledge({ device: DEVICE, number: 3, hash: hashOf(3) }, { key: stranger, at: NOW }),
    ),
  ],
  [
    'takes the operator’s signature for another statement',
    answering({ ...acknowledged(3, {}), signature: acknowledged(2, {}).signature }),
  ],
  [
    'shows an acknowledgement of another device',
    answering(acknowledged(3, { device: 'SKO0000002' })),
  ],
  ['repeats an old answer to a question', answering(acknowledged(3, { nonce: 'question 1' }))],
  ['repeats an older acknowledgement', answering(acknowledged(0, {}))],
]
for (const [what, answer] of impostors) {
  test(`somebody in the operator’s place who ${what} moves nothing and is told of`, async () => {
    const { courier, world, count, row } = aDevice(3)
    await courier.step()
    world.answers = [answer]
    assert.ok((await courier.step()) > 0)
    assert.equal(courier.fault(), 'distrusted')
    assert.equal(count(), 0)
    assert.equal(row().diverged, null)
    await courier.step()
    assert.deepEqual([count(), courier.fault()], [3, null], 'the operator itself is believed')
  })
}

test('an old head that is told again is no answer: nobody seems put back by it', async () => {
  const device = aDevice(3)
  await untilIdle(device)
  device.world.answerHead = () => answering(acknowledged(1, { nonce: 'question 0' }))
  const later = device.start()
  await later.step()
  assert.equal(later.fault(), 'distrusted')
  assert.deepEqual([device.count(), device.store.evidence(DEVICE)], [3, []])
})

test('an operator that holds less than it acknowledged gets everything again, loudly', async () => {
  const device = aDevice(5)
  await untilIdle(device)
  device.world.head = 1
  const later = device.start()
  assert.equal(await later.step(), 0)
  assert.equal(later.fault(), 'forgotten')
  assert.equal(device.count(), 5, 'what was signed is never taken back')
  while ((await later.step()) === 0);
  assert.deepEqual(device.sent.at(-1), [2, 3, 4, 5])
  assert.equal(device.world.held.at(-1)?.statement.number, 5, 'the operator is shown its own word')
  assert.equal(later.fault(), null)
  assert.deepEqual(
    device.store.evidence(DEVICE).map(({ what, proof }) => [what, proof.statement.number]),
    [['forgotten', 1]],
  )
})

test('a gap that the operator sees is filled from what it says it holds', async () => {
  const device = aDevice(5)
  const { courier, world, sent } = device
  await courier.step()
  world.head = 2
  world.answers = [refusing('document.gap')]
  assert.equal(await courier.step(), 0)
  await courier.step()
  assert.deepEqual(sent.at(-1), [3, 4, 5])
})

test('an operator put back to an older day gets all again, though nothing is new', async () => {
  const device = aDevice(5)
  const { courier, sent, world, count } = device
  await untilIdle(device)
  world.head = 2
  const asked = world.asked
  // Five minutes of rests, each as long as the courier says.
  let restedMs = 0
  while (sent.length === 1 && restedMs <= 300_000) restedMs += await courier.step()
  assert.deepEqual(sent, [
    [1, 2, 3, 4, 5],
    [3, 4, 5],
  ])
  assert.equal(count(), 5)
  assert.ok(world.asked - asked <= 2, 'the operator is not asked at every rest')
})

test('an operator that does not say what it holds moves nothing', async () => {
  const device = aDevice(2)
  await untilIdle(device)
  device.world.answerHead = () => ({ status: 500, body: '' })
  for (let i = 0; i < 20; i += 1) assert.ok((await device.courier.step()) > 0)
  assert.equal(device.count(), 2)
  assert.equal(device.sent.length, 1)
  assert.equal(device.courier.fault(), null)
})

const divergences: [string, { number: number; hash?: string }][] = [
  ['more documents than were made', { number: 5, hash: hashOf(5, 'b') }],
  ['another document under the last number', { number: 3, hash: hashOf(3, 'b') }],
  ['another document under an earlier number', { number: 2, hash: hashOf(2, 'b') }],
]
for (const [what, { number, hash = '' }] of divergences) {
  test(`an operator that signed for ${what} stops the device, which shows its own`, async () => {
    const device = aDevice(3)
    const { courier, world, sent, row, store } = device
    world.answerHead = (nonce) => answering(acknowledged(number, { nonce, hash }))
    world.answers = [refusing('document.diverges')]
    for (let i = 0; i < 3; i += 1) assert.ok((await courier.step()) > 0)
    assert.equal(courier.fault(), 'diverged')
    assert.deepEqual(sent, [[1, 2, 3]], 'once, as evidence')
    world.elapsed += 5 * MINUTE
    world.answers = [refusing('device.unknown')]
    for (let i = 0; i < 3; i += 1) await courier.step()
    assert.equal(sent.length, 2, 'again: nobody has signed for having heard it')
    assert.equal(row().diverged?.statement.hash, hash)
    assert.equal(device.count(), 0)
    assert.equal(store.evidence(DEVICE).length, 1)
    assert.equal(device.start().fault(), 'diverged', 'over a start as well')
    world.answerHead = null
    await courier.step()
    assert.deepEqual([courier.fault(), row().diverged], [null, null], 'until one is put right')
  })
}

test('a number without a signature, of an older version, is asked anew, quietly', async () => {
  const device = aDevice(5)
  const { courier, world, count, row, store } = device
  store.acknowledge(row(), acknowledged(4, {}))
  device.db.exec('update device set proof = null')
  assert.deepEqual([count(), row().proof, courier.fault()], [4, null, null])
  world.answerHead = () => ({ lost: 'no operator' })
  await courier.step()
  assert.equal(count(), 4, 'until it can be asked')
  world.answerHead = null
  world.head = 3
  await courier.step()
  assert.deepEqual([count(), row().proof?.statement.number], [3, 3], 'a word is no proof')
  assert.deepEqual(store.evidence(DEVICE), [])
})

test('a signature by a new key takes the place of the old one behind what is stored', async () => {
  const device = aDevice(2)
  await untilIdle(device)
  const { statement } = acknowledged(2, {})
  device.store.acknowledge(device.row(), attest(statement, stranger))
  const later = device.start()
  await later.step()
  assert.equal(device.row().proof?.key, operatorKey('').key)
})

test('a batch is bounded in bytes, and a single large document goes alone', async () => {
  const name = 'Я'.repeat(128)
  const [line] = aDocument().lines
  const lines = Array.from({ length: 500 }, () => ({ ...(line as never as object), name }) as never)
  const device = aDevice(6, { lines })
  await untilIdle(device)
  assert.deepEqual(device.sent.flat(), [1, 2, 3, 4, 5, 6])
  assert.ok(device.sent.length > 1)
})

test('a device that is pulled out sends nothing, and is soon looked for again', async () => {
  const { courier, sent, world } = aDevice(1)
  await courier.step()
  world.present = false
  const restMs = await courier.step()
  assert.ok(restMs > 0 && restMs <= 1000)
  assert.deepEqual(sent, [])
  world.present = true
  assert.equal(await courier.step(), 0)
  assert.deepEqual(sent, [[1]])
})
