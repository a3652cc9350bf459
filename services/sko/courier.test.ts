import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { newDevice } from '#core/sko/device.ts'
import { aDocument, anIssuer } from '#test/fixtures.ts'
import { openCourier } from './courier.ts'
import { openSkoDb, openSkoStore } from './store.ts'

const DEVICE = 'SKO0000001'

/** A device with documents, and an operator that answers as told and keeps what it was sent. */
function aDevice(count: number, change: Partial<FiscalDocument> = {}) {
  const store = openSkoStore(openSkoDb(':memory:'))
  const device = newDevice(anIssuer())
  store.enrol({ serial: DEVICE, device, pin: '', credential: null })
  for (let number = 1; number <= count; number += 1) {
    const document = aDocument({ number, ...change })
    const sealed = { body: JSON.stringify(document), hash: 'h'.repeat(64), signature: 's' }
    const uid = `${number}`.padStart(24, '0') as never
    store.add(DEVICE, device, { ...sealed, uid, number, operation: null, command: '', document })
  }
  const sent: number[][] = []
  type Answer = Awaited<ReturnType<Send>>
  const world = {
    present: true,
    answers: [] as (Answer | 'store')[],
    headAnswer: null as Answer | null,
    /** How often the operator was asked what it holds. */
    asked: 0,
  }
  let head = 0
  const send: Send = async ({ method, body }) => {
    if (method === 'GET') {
      world.asked += 1
      return world.headAnswer ?? { status: 200, body: JSON.stringify({ acknowledged: head }) }
    }
    const numbers = JSON.parse(body ?? '{}').documents.map((d: { number: number }) => d.number)
    sent.push(numbers)
    const answer = world.answers.shift() ?? 'store'
    if (answer !== 'store') return answer
    head = Math.max(head, ...numbers)
    return { status: 200, body: JSON.stringify({ acknowledged: head }) }
  }
  const courier = openCourier(DEVICE, {
    store,
    send,
    chance: () => 0,
    present: () => world.present,
  })
  const setHead = (number: number) => {
    head = number
  }
  return {
    store,
    courier,
    sent,
    world,
    setHead,
    acknowledged: () => store.device(DEVICE)?.acknowledged,
  }
}

test('documents go in order, in batches, each once, until nothing is unsent', async () => {
  const { courier, sent, acknowledged } = aDevice(250)
  while ((await courier.step()) === 0);
  assert.deepEqual(
    sent.flat(),
    Array.from({ length: 250 }, (_, i) => i + 1),
  )
  assert.equal(acknowledged(), 250)
  assert.equal(courier.fault(), null)
})

test('an answer that was lost moves nothing, and the batch goes again', async () => {
  const { courier, sent, world, acknowledged } = aDevice(3)
  world.answers = [{ unsent: 'refused' }, { lost: 'cut' }, { status: 502, body: '<html>' }]
  const rests = [await courier.step(), await courier.step(), await courier.step()]
  assert.ok(
    rests.every((rest, i) => i === 0 || rest > (rests[i - 1] ?? 0)),
    'it backs off',
  )
  assert.equal(acknowledged(), 0)
  assert.equal(courier.fault(), 'silent')
  assert.equal(await courier.step(), 0)
  assert.deepEqual(sent.at(-1), [1, 2, 3])
  assert.equal(acknowledged(), 3)
})

test('a refusal is told by its code', async () => {
  const { courier, world } = aDevice(1)
  const refusal = { kind: 'refused', code: 'seal.broken', message: 'x', next: 'y' }
  world.answers = [{ status: 409, body: JSON.stringify(refusal) }]
  await courier.step()
  assert.equal(courier.fault(), 'rejected: seal.broken')
})

test('an operator that holds less than it acknowledged gets everything again', async () => {
  const { courier, sent, world, store, setHead } = aDevice(5)
  store.acknowledge(DEVICE, 3)
  setHead(1)
  const gap = { kind: 'refused', code: 'document.gap', message: 'x', next: 'y' }
  world.answers = [{ status: 409, body: JSON.stringify(gap) }]
  await courier.step()
  await courier.step()
  assert.deepEqual(sent.at(-1), [2, 3, 4, 5])
})

test('an operator put back to an older day gets all again, though nothing is new', async () => {
  const { courier, sent, setHead, world, acknowledged } = aDevice(5)
  while ((await courier.step()) === 0);
  setHead(2)
  // Five minutes of rests, each as long as the courier says.
  let restedMs = 0
  while (sent.length === 1 && restedMs <= 300_000) restedMs += await courier.step()
  assert.deepEqual(sent, [
    [1, 2, 3, 4, 5],
    [3, 4, 5],
  ])
  assert.equal(acknowledged(), 5)
  assert.ok(world.asked <= 2, 'the operator is not asked at every rest')
})

test('an operator that does not say what it holds moves nothing', async () => {
  const { courier, sent, world, acknowledged } = aDevice(2)
  while ((await courier.step()) === 0);
  world.headAnswer = { status: 500, body: '' }
  for (let i = 0; i < 20; i += 1) assert.ok((await courier.step()) > 0)
  assert.equal(acknowledged(), 2)
  assert.equal(sent.length, 1)
  assert.equal(courier.fault(), null)
})

test('a batch is bounded in bytes, and a single large document goes alone', async () => {
  const name = 'Я'.repeat(128)
  const [line] = aDocument().lines
  const lines = Array.from({ length: 500 }, () => ({ ...(line as never as object), name }) as never)
  const { courier, sent } = aDevice(6, { lines })
  while ((await courier.step()) === 0);
  assert.deepEqual(sent.flat(), [1, 2, 3, 4, 5, 6])
  assert.ok(sent.length > 1)
})

test('a device that is pulled out sends nothing, and is soon looked for again', async () => {
  const { courier, sent, world } = aDevice(1)
  world.present = false
  const restMs = await courier.step()
  assert.ok(restMs > 0 && restMs <= 1000)
  assert.deepEqual(sent, [])
  world.present = true
  assert.equal(await courier.step(), 0)
  assert.deepEqual(sent, [[1]])
})
