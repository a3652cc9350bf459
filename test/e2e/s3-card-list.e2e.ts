import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { printedMoment } from '#core/time.ts'
import { examine } from './axe.ts'
import { mixedSale, sellByCard } from './card-money.ts'
import { changeClearing, list } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  done,
  factOf,
  handheld,
  newId,
  openShop,
  scene,
  sellBread,
  signIn,
  till,
  until,
} from './shop.ts'

// What the lists of receipts and of card operations say, while it changes behind them.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const rows = (page: Page) =>
  page.getByRole('table', { name: 'Операции по картам' }).locator('tbody').getByRole('row')
const tryToSell = async () => done(await shop.register.begin({ ...mixedSale, id: newId() }))
const unsentAre = (count: number) =>
  until(`неотправленных ${count}`, async () => {
    const { unsent } = done(await shop.register.status({}))
    return unsent?.count === count || undefined
  })

scene(shop, 'a reversal that the bank acknowledges is seen by itself', async (page) => {
  await unsentAre(0)
  await shop.fault('sko.unplugged', { on: true })
  await shop.tap('ok')
  const { id, state } = await tryToSell()
  assert.equal(state, 'waiting')
  await shop.kill('acquirer')
  done(await shop.register.giveUp({ id }))
  await shop.fault('sko.unplugged', { on: false })
  await shop.kill('register')
  await shop.start('register')
  await signIn(page, shop)
  await choose(page, 'Операции по картам')
  await rows(page).first().getByText('000 Одобрена').waitFor()
  await shop.start('acquirer')
  await rows(page).first().getByText('Техническая отмена').waitFor()
})

scene(shop, 'the true number takes the place of an invented one by itself', async (page) => {
  const { uid } = await sellBread(shop)
  await unsentAre(0)
  await changeClearing(shop, false)
  await shop.fault('sko.answer-lost', { count: 1 })
  const lines = [{ code: bread.code, quantity: 1000 }]
  const payments = [{ means: 'cash' as const, sum: bread.price }]
  const wish = { id: newId(), kind: 'sale' as const, lines, payments }
  const { id, state } = done(await shop.register.begin(wish))
  assert.equal(state, 'red')
  await shop.fault('sko.unplugged', { on: true })
  await shop.fault('operator.down', { on: true })
  const { now } = done(await shop.register.status({}))
  const invented = `FFFFFFFFFFFFFFFF${uid?.slice(-8)}`
  const typed = { number: '777', at: printedMoment(now), uid: invented }
  assert.equal(done(await shop.register.confirm({ id, ...typed })).proof, 'unproved')
  await changeClearing(shop, true)
  await signIn(page, shop)
  await choose(page, 'Чеки')
  const row = list(page).locator('tbody').getByRole('row').first()
  await row.getByText('№ 777').waitFor()
  await shop.resetFaults()
  await row.getByText('№ 777').waitFor({ state: 'detached' })
  const { number } = done(await shop.register.operation({ id }))
  await row.getByText(`№ ${number}`).waitFor()
})

scene(shop, 'a card operation that never came to the bank is over', async (page) => {
  await shop.fault('internet.down', { on: true })
  await shop.tap('ok')
  assert.equal((await tryToSell()).state, 'failed')
  await shop.fault('internet.down', { on: false })
  await signIn(page, shop)
  await choose(page, 'Операции по картам')
  const row = rows(page).first()
  await row.getByText('Не проведена').waitFor()
  assert.doesNotMatch((await row.getAttribute('class')) ?? '', /row-(?!leads)/)
})

scene({ ...shop, size: handheld }, 'a masked number stands in one line', async (page) => {
  await signIn(page, shop)
  await choose(page, 'Операции по картам')
  await rows(page).filter({ hasText: 'Техническая отмена' }).first().waitFor()
  for (const row of await rows(page).all()) {
    await row.scrollIntoViewIfNeeded()
    const text = await row.getByText(/^\d{6}\*+\d{4}$/).boundingBox()
    const time = await row.getByText(/^\d\d\.\d\d\.\d{4} \d\d:\d\d$/).boundingBox()
    assert.equal(text?.height, time?.height)
  }
})

const MISSED = 7

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene({ ...shop, size }, `a mismatch is a list to be found by, ${name}`, async (page) => {
    await sellByCard(shop)
    const copy = await shop.backup()
    const missed = []
    for (let i = 0; i < MISSED; i += 1) missed.push(await sellByCard(shop))
    await shop.restore(copy)
    await signIn(page, shop)
    await choose(page, 'Получить данные')
    await factOf(page, 'Сверка с банком')
      .getByRole('link', { name: /расходится$/ })
      .click()
    await button(page, 'Сверка итогов').click()
    const alert = page.getByRole('alert').filter({ hasText: 'касса и банк расходятся' })
    await alert.getByText('Сообщите в банк-эквайер').waitFor()
    const told = alert.getByRole('list', { name: 'Что не сошлось' }).getByRole('listitem')
    assert.equal(await told.count(), 6)
    for (const { card } of missed.slice(0, 5)) {
      await told.filter({ hasText: `RRN ${card?.rrn}` }).waitFor()
    }
    await told.last().getByText('и ещё 2').waitFor()
    await examine(page, 'Операции по картам')
  })
}
