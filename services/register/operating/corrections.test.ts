import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY } from '#core/time.ts'
import { uploadIn } from '#core/words/operations.ts'
import { goods, nextId, openTill, type Till } from '#test/till.ts'

async function aTill(): Promise<Till> {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 10_000 })
  return till
}

/** Puts the register's memory back to what it was, as an older backup does. */
async function withLostMemory(till: Till, work: () => Promise<unknown>): Promise<void> {
  const tables = ['journal', 'operation', 'posting', 'ledger', 'print_job', 'setting']
  const kept = tables.map(
    (name) => [name, till.disk.prepare(`select * from ${name}`).all()] as const,
  )
  await work()
  for (const [name, rows] of kept) {
    till.disk.exec(`delete from ${name}`)
    for (const row of rows) {
      const columns = Object.keys(row)
      const places = columns.map(() => '?').join(', ')
      till.disk
        .prepare(`insert into ${name}(${columns.join(', ')}) values (${places})`)
        .run(...Object.values(row))
    }
  }
  await till.restart()
  await till.watch()
}

const corrections = async (till: Till) =>
  (await till.list()).filter(({ kind }: { kind: string }) => kind === 'correction')

const correct = (till: Till, discrepancy: number, { as = 'Ольга', id = nextId() } = {}) =>
  till.ask('POST', '/api/corrections', { body: { id, discrepancy }, as })

test('S4.1–S4.2: a put back memory is corrected, and the shift closes', async () => {
  const till = await aTill()
  await withLostMemory(till, () => till.begin('sale', goods(500)))
  const facts = await till.facts()
  assert.deepEqual([facts.cash, facts.skoCash, facts.discrepancy], [10_000, 10_500, 500])
  const [cause] = facts.causes
  const known = [cause.kind, cause.number, cause.reason, cause.sum]
  assert.deepEqual(known, ['sale', 3, 'not-in-register', 500])
  for (const [kind, wish] of [
    ['withdrawal', { sum: 10_000 }],
    ['shift-closing', {}],
  ] as const) {
    const refused = await till.begin(kind, wish)
    assert.equal(refused.body.code, 'discrepancy')
    assert.match(refused.body.message, /расхождение наличных в БД и СКО: 5\.00/)
  }
  const done = await correct(till, 500)
  assert.deepEqual([done.status, done.body.kind, done.body.sum], [200, 'correction', 500])
  const [first] = await till.list()
  assert.deepEqual([first.kind, first.state], ['correction', 'registered'])
  assert.deepEqual((await till.facts()).causes, [])
  assert.equal((await till.begin('withdrawal', { sum: 10_500 })).body.state, 'registered')
  assert.equal((await till.begin('shift-closing')).body.state, 'registered')
  await till.print()
  assert.ok((await till.view(done.body.id)).facts.printed)
})

test('S4.3: a cashier may not, nor may anybody while the data are not actual', async () => {
  const till = await aTill()
  await withLostMemory(till, () => till.begin('sale', goods(500)))
  const cashier = await correct(till, 500, { as: 'Анна' })
  assert.deepEqual([cashier.status, cashier.body.code], [403, 'right.required'])
  till.set({ skoDead: true })
  assert.equal((await correct(till, 500)).body.code, 'sko.away')
  till.set({ skoDead: false })
  assert.equal((await correct(till, 400)).body.code, 'correction.stale')
  await till.clearing(false)
  till.set({ answersLost: 1 })
  const red = await till.begin('sale', goods(100))
  assert.equal(red.body.state, 'red')
  const refused = await correct(till, 600)
  assert.deepEqual([refused.body.code, refused.body.operation], ['operation.red', red.body.id])
  assert.match(refused.body.message, /«[^»]+» на (?!0\.00)\d+\.\d\d/)
})

test('a correction is made once, however often it is pressed, and never without need', async () => {
  const till = await aTill()
  assert.equal((await correct(till, 0)).body.code, 'correction.needless')
  await withLostMemory(till, () => till.begin('sale', goods(500)))
  const id = nextId()
  const answers = await Promise.all([correct(till, 500, { id }), correct(till, 500, { id })])
  assert.deepEqual(
    answers.map(({ body }) => body.id),
    [id, id],
  )
  assert.equal((await corrections(till)).length, 1)
  assert.equal((await till.facts()).discrepancy, 0)
})

test('S4.4: БД above СКО refuses what takes cash out before the device is touched', async () => {
  const till = await aTill()
  const sale = await till.begin('sale', goods(500))
  await withLostMemory(till, () => till.begin('withdrawal', { sum: 10_000 }))
  const number = till.device.number()
  for (const [kind, wish] of [
    ['withdrawal', { sum: 1 }],
    ['refund', { of: sale.body.id }],
    ['annulment', { of: sale.body.id }],
  ] as const) {
    const refused = await till.begin(kind, wish)
    assert.ok(['discrepancy', 'basis.not-last'].includes(refused.body.code), refused.body.code)
  }
  assert.equal(till.device.number(), number)
  assert.equal((await till.begin('sale', goods(100))).body.state, 'registered')
  assert.equal((await correct(till, -10_000)).body.sum, -10_000)
  assert.equal((await till.begin('refund', { of: sale.body.id })).body.state, 'registered')
})

test('S3.9, R19: a document that a put back memory forgot keeps its charge', async () => {
  const till = await aTill()
  await till.clearing(false)
  till.set({ bankAnswersLost: 1 })
  const payments = [{ means: 'card', sum: 500 }]
  const { id, state } = (await till.begin('sale', { ...goods(500), payments })).body
  assert.equal(state, 'red')
  await withLostMemory(till, async () => {
    await till.clearing(true)
    await till.watch()
    assert.equal((await till.view(id)).state, 'registered')
  })
  till.set({ bankDown: true })
  const cancel = await till.ask('POST', `/api/operations/${id}/cancel-unfinished`, { body: {} })
  assert.equal(cancel.body.code, 'cancel.exists')
  assert.match(cancel.body.message, /«Продажа» № 3 на 5\.00 в СКО/)
  till.set({ bankDown: false })
  await till.clearing(true)
  await till.watch()
  assert.deepEqual([(await till.view(id)).state, await till.bank.charged()], ['registered', 500])
})

test('R2, R19: a number that a put back memory guessed proves nothing', async () => {
  const till = await aTill()
  const wish = { ...goods(500), id: nextId() }
  await withLostMemory(till, async () => {
    await till.begin('sale', goods(100))
    await till.deliver()
    assert.equal((await till.begin('sale', wish)).body.state, 'registered')
    till.set({ skoDead: true })
  })
  assert.equal((await till.begin('sale', wish)).body.state, 'waiting')
  await till.ask('POST', `/api/operations/${wish.id}/give-up`, { body: {} })
  // The operator has the document that got the number guessed, and not yet this one.
  await till.watch()
  const { state, proof } = await till.view(wish.id)
  assert.deepEqual([state, proof], ['failed', 'unproved'])
  till.set({ skoDead: false })
  await till.watch()
  const found = await till.view(wish.id)
  assert.deepEqual([found.state, found.number], ['registered', 4])
})

test('a memory put back to another shift follows the device by itself', async () => {
  const till = await openTill()
  await withLostMemory(till, () => till.begin('shift-opening'))
  assert.equal((await till.status()).shift.number, 1)
  assert.equal((await till.begin('shift-opening')).body.code, 'shift.opened')
  assert.equal((await till.begin('sale', goods(500))).body.number, 2)
  await till.begin('withdrawal', { sum: 500 })
  await withLostMemory(till, () => till.begin('shift-closing'))
  assert.equal((await till.status()).shift, null)
  assert.equal((await till.begin('shift-opening')).body.shift, 2)
})

test('S5: the way of documents is told apart, and the seventh day stops work', async () => {
  const till = await aTill()
  await till.deliver()
  const trouble = async () => {
    await till.deliver()
    await till.watch()
    await till.upload()
    return (await till.status()).upload
  }
  assert.equal(await trouble(), null)
  till.set({ internetDown: true })
  await till.begin('deposit', { sum: 1 })
  assert.equal((await trouble()).cause, 'no-internet')
  till.set({ internetDown: false, operatorDown: true })
  const silent = await trouble()
  assert.equal(silent.cause, 'operator-silent')
  assert.match(uploadIn('ru', silent).next, /оператору программных касс/)
  assert.equal(silent.stopsAt, null)
  till.clock.advance(4 * DAY)
  assert.ok((await trouble()).stopsAt > till.clock.now())
  till.clock.advance(4 * DAY)
  assert.equal((await trouble()).stopped, true)
  const refused = await till.begin('withdrawal', { sum: 1 })
  assert.equal(refused.body.code, 'unsent.over7days')
  till.set({ operatorDown: false })
  assert.equal(await trouble(), null)
  assert.equal((await till.facts()).unsent, 0)
  assert.equal((await till.begin('withdrawal', { sum: 10_001 })).body.state, 'registered')
  assert.equal((await till.begin('shift-closing')).body.state, 'registered')
})
