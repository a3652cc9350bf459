import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualPrinter } from '#core/api/register-equipment.ts'
import { openWorld } from '#sim/world.ts'
import { goods, openTill } from '#test/till.ts'
import type { Printed } from '../links/printer.ts'
import { openRegisterStore } from '../memory/store.ts'
import { openPrinting } from './printing.ts'

/** A register with one document to print, and a printer that answers as told. */
async function aQueue(...answers: Printed[]) {
  const world = await openWorld(() => false)
  await world.revive()
  const id = '0197a2b4-0000-7000-8000-000000000001'
  await world.ask('POST', '/api/operations', { id, kind: 'shift-opening' })
  const store = openRegisterStore(world.register.disk, () => 1)
  const papers: string[] = []
  const shop: { language: 'ru' | 'be' } = { language: 'ru' }
  const print = async ({ rows }: { rows: unknown }): Promise<Printed> => {
    papers.push(JSON.stringify(rows))
    return answers.shift() ?? { kind: 'done' }
  }
  const printing = openPrinting({
    store,
    print,
    printer: () => usualPrinter({ host: '127.0.0.1', port: 9100 }),
    now: () => 1,
    language: () => shop.language,
    changed: () => {},
  })
  return { store, printing, papers, id, shop }
}

test('a paper is printed once, and the fact is known', async () => {
  const { store, printing, papers, id } = await aQueue()
  assert.equal(await printing.step(), 0)
  assert.ok((await printing.step()) > 10_000)
  assert.equal(papers.length, 1)
  assert.ok(papers[0]?.includes(String(store.operation(id)?.signed?.sealed.uid)))
  assert.notEqual(store.listed(id)?.printedAt, null)
})

test('a paper that provably did not come out is printed as it was', async () => {
  const none: Printed = { kind: 'refused', code: 'no-paper' }
  const { printing, papers } = await aQueue({ kind: 'unsent', why: 'refused' }, none)
  assert.ok((await printing.step()) > 0)
  assert.equal(printing.fault(), 'printer.away')
  await printing.step()
  assert.equal(printing.fault(), 'no-paper')
  await printing.step()
  assert.equal(printing.fault(), null)
  assert.ok(papers.every((paper) => !paper.includes('ПОВТОР')))
})

test('a paper of unknown fate is printed again marked, ever more rarely (R8)', async () => {
  const lost: Printed = { kind: 'unknown', why: 'closed' }
  const { printing, papers } = await aQueue(lost, lost, lost)
  const rests = [await printing.step(), await printing.step(), await printing.step()]
  assert.deepEqual(rests, [2000, 4000, 8000])
  assert.ok(!papers[0]?.includes('ПОВТОР'))
  assert.ok(papers.slice(1).every((paper) => paper.includes('ПОВТОР')))
})

test('a paper is repeated in the language it may have come out in', async () => {
  const { printing, papers, shop, id } = await aQueue({ kind: 'unknown', why: 'closed' })
  await printing.step()
  shop.language = 'be'
  await printing.step()
  printing.queue({ is: 'operation', id, copy: true })
  await printing.step()
  const headings = papers.map((paper) => /ОТКРЫТИЕ СМЕНЫ|АДКРЫЦЦЁ ЗМЕНЫ/.exec(paper)?.[0])
  assert.deepEqual(headings, ['ОТКРЫТИЕ СМЕНЫ', 'ОТКРЫТИЕ СМЕНЫ', 'АДКРЫЦЦЁ ЗМЕНЫ'])
  assert.ok(papers[1]?.includes('ПОВТОР'))
})

test('a paper keeps the shop’s lines of when its sale was begun, a copy too (K4)', async () => {
  const till = await openTill()
  const lines = (header: string[], footer: string[] = []) =>
    till.ask('PUT', '/api/paper-lines', { as: 'Ольга', body: { header, footer } })
  await till.begin('shift-opening')
  await till.begin('sale', goods(100))
  till.clock.advance(1000)
  await lines(['Первая шапка'], ['Приходите ещё'])
  till.clock.advance(1000)
  const { id } = (await till.begin('sale', goods(200))).body
  till.printer.answers.push({ kind: 'done' }, { kind: 'done' }, { kind: 'unknown', why: 'closed' })
  for (const _ of [1, 2, 3]) await till.printOne()
  till.clock.advance(1000)
  await lines(['Вторая шапка'])
  await till.restart()
  await till.ask('POST', `/api/operations/${id}/copy`, { body: {} })
  await till.begin('deposit', { sum: 100 })
  await till.begin('sale', goods(300))
  await till.print()
  const heads = till.papers().map((paper) => ({
    head: /(Первая|Вторая) шапка/.exec(paper)?.[1] ?? null,
    foot: paper.includes('Приходите ещё'),
    mark: /ПОВТОР|КОПИЯ/.exec(paper)?.[0] ?? null,
  }))
  const none = { head: null, foot: false, mark: null }
  const first = { head: 'Первая', foot: true }
  assert.deepEqual(heads, [
    none,
    none,
    Object.assign({ mark: null }, first),
    Object.assign({ mark: 'ПОВТОР' }, first),
    Object.assign({ mark: 'КОПИЯ' }, first),
    none,
    { head: 'Вторая', foot: false, mark: null },
  ])
})

test('lines that would move a printer’s head, or are too many, are refused by name', async () => {
  const till = await openTill()
  const put = async (body: object, as = 'Ольга') =>
    (await till.ask('PUT', '/api/paper-lines', { as, body })).body
  const fault = async (body: object) => {
    const { field, fault } = await put(body)
    return [field, fault]
  }
  assert.deepEqual(await fault({ header: ['a', '\u202eb'], footer: [] }), [
    'header.1',
    'unprintable',
  ])
  assert.deepEqual(await fault({ header: [], footer: ['\u001bp'] }), ['footer.0', 'unprintable'])
  assert.deepEqual(await fault({ header: [], footer: ['a'.repeat(49)] }), ['footer.0', 'too-long'])
  assert.deepEqual(await fault({ header: ['1', '2', '3', '4', '5'], footer: [] }), [
    'header',
    'too-long',
  ])
  assert.equal((await put({ header: [], footer: [] }, 'Анна')).code, 'right.required')
})
