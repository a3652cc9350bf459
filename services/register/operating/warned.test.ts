import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPeople } from '#core/demo/shop.ts'
import type { Measure } from '#core/operator/measure.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#core/time.ts'
import { NOW } from '#test/fixtures.ts'
import { goods, nextId, openTill, type Till } from '#test/till.ts'

// S1.5 and S1.6 at the register: what the operator has laid on it, and what a shift opens under.

const warning: Measure = { kind: 'warning', reason: 'Долг за август', from: NOW, till: null }
const block: Measure = { ...warning, kind: 'block', reason: 'Нет договора' }

/** A till with its shift closed; the operator's people have laid these on it. */
async function aTill(...measures: Measure[]): Promise<Till> {
  const till = await openTill()
  await till.lay(measures)
  return till
}

const opening = (till: Till, id = nextId()) =>
  till.ask('POST', '/api/operations', { body: { id, kind: 'shift-opening' } })

const stateOf = async (till: Till, id: string): Promise<string> => (await till.view(id)).state

test('a warning is read for sixty seconds, then the shift opens by itself (S1.5)', async () => {
  const till = await aTill(warning)
  const id = nextId()
  const { status, body } = await opening(till, id)
  assert.deepEqual([status, body.state, body.may], [200, 'warned', []])
  const { code, facts } = body.message
  assert.deepEqual([code, facts.said, facts.at], ['shift.warned', 'Долг за август', NOW + MINUTE])
  for (const passed of [0, 30 * SECOND, 29_999]) {
    till.clock.advance(passed)
    await till.warnedDue()
    assert.equal(await stateOf(till, id), 'warned')
    assert.equal((await till.status()).shift, null)
  }
  till.clock.advance(1)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'registered')
  assert.equal((await till.status()).shift.number, 1)
})

test('nothing and nobody shortens the window, and nothing fiscal is begun within it', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  const other = await opening(till)
  assert.deepEqual([other.status, other.body.code], [409, 'operation.open'])
  const sale = await till.begin('sale', goods(500))
  assert.deepEqual([sale.status, sale.body.code, sale.body.operation], [409, 'operation.open', id])
  for (const verb of ['continue', 'give-up', 'deny', 'cancel-card', 'cancel-unfinished']) {
    const said = await till.ask('POST', `/api/operations/${id}/${verb}`, { body: {} })
    assert.equal(said.body.code, 'verb.not-now', verb)
  }
  assert.equal((await opening(till, id)).body.state, 'warned', 'the same again')
  const administrator = { as: demoPeople.administrator, body: { id, kind: 'shift-opening' } }
  assert.equal((await till.ask('POST', '/api/operations', administrator)).body.state, 'warned')
  await till.warnedDue()
  await till.watch()
  assert.equal(await stateOf(till, id), 'warned')
  assert.equal(till.device.number(), 0)
})

test('the deadline outlives the register, a clock put forward, a lifted warning', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  till.clock.advance(20 * SECOND)
  await till.restart()
  await till.lay([])
  till.clock.jump(39 * SECOND)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'warned')
  till.clock.jump(SECOND)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'registered')
})

test('a register that was dead at zero opens the shift at its start', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  till.clock.advance(HOUR)
  await till.restart()
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'registered')
  assert.equal(till.device.number(), 1)
})

test('a clock put back holds the till no longer than the window is long', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  till.clock.jump(-DAY)
  await till.warnedDue()
  till.clock.advance(59 * SECOND)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'warned')
  till.clock.advance(SECOND)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'registered')
})

test('a device lost at zero asks as ever, and the shift opens once it is back', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  till.set({ unplugged: true })
  till.clock.advance(MINUTE)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'waiting')
  till.set({ unplugged: false })
  await till.ask('POST', `/api/operations/${id}/continue`, { body: {} })
  assert.equal(await stateOf(till, id), 'registered')
})

test('a blocked register opens no shift, and says why and whom to call (S1.6)', async () => {
  const till = await aTill(block, warning)
  const { status, body } = await opening(till)
  assert.deepEqual([status, body.code, body.facts.said], [409, 'shift.blocked', 'Нет договора'])
  assert.equal(body.message, 'Работа запрещена. ПК заблокировано. Причина: Нет договора')
  assert.match(body.next, /ООО «Настоящая Цифровая»/)
  assert.deepEqual([till.device.number(), (await till.status()).open], [0, []])
  await till.lay([])
  assert.equal((await opening(till)).body.state, 'registered', 'lifted, it opens at once')
})

test('a block set during a shift lets it be finished, refunds and closing included', async () => {
  const till = await aTill()
  await opening(till)
  await till.lay([block])
  till.clock.advance(MINUTE)
  await till.askMeasures()
  const [shown] = (await till.status()).measures
  assert.deepEqual(shown, { ...block, inForce: true })
  const sale = await till.begin('sale', goods(500))
  assert.equal(sale.body.state, 'registered')
  assert.equal((await till.begin('refund', { of: sale.body.id })).body.state, 'registered')
  const again = await till.begin('sale', goods(700))
  assert.equal((await till.begin('annulment', { of: again.body.id })).body.state, 'registered')
  assert.equal((await till.begin('deposit', { sum: 100 })).body.state, 'registered')
  assert.equal((await till.begin('withdrawal', { sum: 100 })).body.state, 'registered')
  assert.equal((await till.begin('shift-closing')).body.state, 'registered')
  assert.equal((await opening(till)).body.code, 'shift.blocked')
})

test('a block that comes while the warning is read lets no shift open', async () => {
  const till = await aTill(warning)
  const id = nextId()
  await opening(till, id)
  await till.lay([warning, block])
  till.clock.advance(57 * SECOND)
  await till.warnedDue()
  assert.equal(await stateOf(till, id), 'warned')
  till.clock.advance(3 * SECOND)
  await till.warnedDue()
  const { state, message } = await till.view(id)
  assert.deepEqual(
    [state, message.code, message.facts.said],
    ['failed', 'shift.blocked', block.reason],
  )
  assert.deepEqual([till.device.number(), (await till.status()).shift], [0, null])
  await till.watch()
  assert.equal((await till.view(id)).proof, 'proved', 'the device says that there is none')
})

test('a cut line is no way around a block or its date, after a restart neither', async () => {
  const till = await aTill({ ...block, from: NOW + DAY, till: NOW + 2 * DAY })
  await till.askMeasures()
  till.set({ operatorDown: true })
  assert.deepEqual(
    (await till.status()).measures.map((each: Shown) => each.inForce),
    [false],
  )
  await till.restart()
  till.clock.advance(DAY)
  assert.equal((await opening(till)).body.code, 'shift.blocked')
  till.clock.advance(DAY)
  assert.equal((await opening(till)).body.state, 'registered', 'it has ended by its own date')
})

type Shown = { inForce: boolean }

test('a warning whose date comes while nobody answers is read as any other', async () => {
  const till = await aTill({ ...warning, from: NOW + HOUR })
  await till.askMeasures()
  till.set({ operatorDown: true })
  till.clock.advance(HOUR)
  assert.equal((await opening(till)).body.state, 'warned')
})

test('somebody in the operator’s place lifts no block and is told of', async () => {
  const till = await aTill(block)
  await till.askMeasures()
  till.impersonate({
    at: 'inquiry',
    answer: async (request, real) => {
      const answer = await real(request)
      const told = typeof answer === 'object' && answer ? JSON.parse(answer.body) : {}
      if (told.proof) told.proof.statement.measures = []
      return { status: 200, body: JSON.stringify(told) }
    },
  })
  assert.equal((await opening(till)).body.code, 'shift.blocked')
  assert.deepEqual((await till.status()).distrusted, ['operator'])
  till.impersonate(null)
  await till.lay([])
  assert.equal((await opening(till)).body.state, 'registered')
  assert.deepEqual((await till.status()).distrusted, [])
})

test('an answer that comes behind a newer one changes nothing', async () => {
  const till = await aTill()
  const late = Promise.withResolvers<void>()
  let questions = 0
  till.impersonate({
    at: 'inquiry',
    answer: async (request, real) => {
      const answer = await real(request)
      questions += 1
      if (questions === 1) await late.promise
      return answer
    },
  })
  const first = till.askMeasures()
  while (questions === 0) await new Promise((resolve) => setImmediate(resolve))
  await till.lay([block])
  assert.equal((await opening(till)).body.code, 'shift.blocked')
  late.resolve()
  await first
  assert.deepEqual(
    (await till.status()).measures.map(({ kind }: Measure) => kind),
    ['block'],
  )
})

test('a block that the device hears of first is asked after at once', async () => {
  const till = await aTill()
  await opening(till)
  await till.lay([block])
  await till.deliver()
  await till.watch()
  till.clock.advance(5 * SECOND)
  await till.askMeasures()
  const [known] = (await till.status()).measures
  assert.equal(known?.reason, block.reason)
})

test('what was laid is written once, however often it is asked after', async () => {
  const till = await aTill(warning)
  const lines = () =>
    Number(till.disk.prepare(`select count(*) n from journal where type = 'measures'`).get()?.n)
  for (const _ of [1, 2, 3]) {
    await till.askMeasures()
    till.clock.advance(MINUTE)
  }
  assert.equal(lines(), 1)
  await till.lay([])
  await till.askMeasures()
  assert.equal(lines(), 2)
})
