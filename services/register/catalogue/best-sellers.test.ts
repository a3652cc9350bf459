import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks } from '#core/money.ts'
import { DAY } from '#core/time.ts'
import { openTill } from '#test/till.ts'
import { openGoods } from './goods.ts'

const names = ['Айва', 'Булка', 'Вафли', 'Груша']

/** A till with four goods, one of them without a code, and a shift that is open. */
async function aTill() {
  const till = await openTill()
  const goods = openGoods(till.disk, till.clock.now)
  goods.add(
    names.map((name, n) => ({
      name,
      code: n === 3 ? null : `10${n}`,
      price: kopecks(100),
      vat: 20 as const,
      unit: 'piece' as const,
      group: 'Г',
    })),
  )
  await till.begin('shift-opening')
  const sell = async (...codes: string[]) => {
    const lines = codes.map((code) => ({ code, quantity: 1000 }))
    const payments = [{ means: 'other', sum: 100 * codes.length }]
    const sold = await till.begin('sale', { lines, payments })
    assert.equal(sold.body.state, 'registered', JSON.stringify(sold.body))
  }
  const tiles = () => goods.search({ limit: 10 }).map(({ name }) => name)
  const nextShift = async () => {
    await till.begin('shift-closing')
    await till.sortTiles()
    await till.begin('shift-opening')
  }
  return { till, sell, tiles, nextShift }
}

test('what was in most receipts of the shifts before stands first, and stays there', async () => {
  const { till, sell, tiles, nextShift } = await aTill()
  await sell('102', '102', '102')
  await sell('101')
  await sell('101', '102')
  await sell('101')
  await till.sortTiles()
  assert.deepEqual(tiles(), names, 'nothing jumps while the shift sells')
  await nextShift()
  assert.deepEqual(tiles(), ['Булка', 'Вафли', 'Айва', 'Груша'])
  for (let n = 0; n < 4; n += 1) await sell('100')
  await till.sortTiles()
  await till.restart()
  await till.sortTiles()
  assert.deepEqual(tiles(), ['Булка', 'Вафли', 'Айва', 'Груша'], 'nor when the till starts anew')
  await nextShift()
  assert.deepEqual(tiles(), ['Айва', 'Булка', 'Вафли', 'Груша'])
})

test('favourites stand before them, and what was sold long ago counts no more', async () => {
  const { till, sell, tiles, nextShift } = await aTill()
  till.disk.exec(`update goods set favourite = 1 where name = 'Вафли'`)
  await sell('101')
  await nextShift()
  assert.deepEqual(tiles(), ['Вафли', 'Булка', 'Айва', 'Груша'])
  // Nothing unsent for a week, or no shift would end.
  await till.deliver()
  till.clock.advance(29 * DAY)
  await till.watch()
  await nextShift()
  assert.deepEqual(tiles(), ['Вафли', 'Айва', 'Булка', 'Груша'])
})
