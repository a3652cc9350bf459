import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { allAgrees, cardMoney, mixedSale, payByCard, sellByCard } from './card-money.ts'
import { dialog, ringUp } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  done,
  handheld,
  newId,
  openShop,
  scene,
  signIn,
  till,
  until,
} from './shop.ts'

// Paying by card on the page: whoever reloads, presses twice or opens a second page.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const CARD_DIALOG = 'Приложите карту'
const chargedInAll = async () => (await cardMoney(shop)).bank
// As laid out: what turns has another box at every moment.
const widthOf = (element: object) => (element as { offsetWidth: number }).offsetWidth
const made = (page: Page) => page.getByText(/Документ № \d+ оформлен/).waitFor()

async function asksForOneCard(): Promise<string> {
  const { operation, sum } = await shop.readerWaits()
  assert.equal(sum, bread.price)
  assert.ok(operation)
  assert.deepEqual(done(await shop.register.status({})).open, [operation], 'one operation')
  return operation
}

async function chargesOnce(before: number): Promise<void> {
  await allAgrees(shop)
  assert.equal(await chargedInAll(), before + bread.price)
}

scene({ ...shop, size: handheld }, 'a mixed payment is keyed in with a finger', async (page) => {
  await signIn(page, shop)
  await ringUp(page, shop)
  await button(page, 'Смешанная').click()
  for (const key of ['1', 'Точка', '5', '0']) await button(page, key).click()
  assert.equal(await page.getByLabel('Картой', { exact: true }).inputValue(), '1.50')
  await page.getByRole('status', { name: 'Наличными' }).getByText('0.48').waitFor()
  await page.getByLabel('Получено', { exact: true }).click()
  await button(page, '10').click()
  await page.getByRole('status', { name: 'Сдача' }).getByText('9.52').waitFor()
  await page.getByText(/Не отправлено/).waitFor({ state: 'detached' })
  const box = await button(page, 'Провести').boundingBox()
  assert.ok(box && box.y + box.height <= handheld.height, 'nothing to scroll')
  await page.keyboard.press('Enter')
  await dialog(page, CARD_DIALOG).waitFor()
  await shop.tap('ok')
  await made(page)
  await allAgrees(shop)
})

scene(shop, 'a reload while «Приложите карту» stands: the same card is asked for', async (page) => {
  const before = await chargedInAll()
  await signIn(page, shop)
  await payByCard(page, shop)
  const operation = await asksForOneCard()
  await page.reload()
  await dialog(page, CARD_DIALOG).waitFor()
  assert.equal(await asksForOneCard(), operation)
  assert.equal(await shop.tap('ok'), true, 'the reader still waits')
  await made(page)
  await chargesOnce(before)
})

scene(shop, 'a double click on «Карта» charges once', async (page) => {
  const before = await chargedInAll()
  await signIn(page, shop)
  await ringUp(page, shop)
  await button(page, 'Карта').dblclick()
  await dialog(page, CARD_DIALOG).waitFor()
  await asksForOneCard()
  await shop.tap('ok')
  await made(page)
  assert.equal((await shop.standApi.terminal({})).kind, 'done')
  await chargesOnce(before)
  assert.equal(done(await shop.standApi.terminal({})).waiting, false, 'nobody asks again')
})

scene(shop, 'a second page shows the same dialog, and its «Отмена» ends both', async (page) => {
  const before = await chargedInAll()
  await signIn(page, shop)
  const other = await shop.open(handheld)
  await signIn(other, shop)
  await payByCard(page, shop)
  await asksForOneCard()
  const cancel = dialog(other, CARD_DIALOG).getByRole('button', { name: 'Отмена', exact: true })
  await cancel.click()
  for (const each of [page, other]) {
    await dialog(each, CARD_DIALOG).waitFor({ state: 'detached' })
    await each.getByRole('alert').filter({ hasText: 'отменена до чтения карты' }).waitFor()
  }
  await allAgrees(shop)
  assert.equal(await chargedInAll(), before)
  // What was not tapped in time is nobody's.
  assert.equal(await shop.tap('ok'), false)
  await shop.resetFaults()

  await button(page, 'Провести').click()
  await dialog(other, CARD_DIALOG).waitFor()
  await shop.tap('ok')
  await made(page)
  await other.getByRole('status').filter({ hasText: 'операция завершена' }).waitFor()
  await chargesOnce(before)
  await other.context().close()
})

scene(shop, 'two pages at once: one waits for its card, the other is told', async (page) => {
  const before = await chargedInAll()
  await signIn(page, shop)
  const other = await shop.open()
  await signIn(other, shop)
  await ringUp(other, shop)
  await payByCard(page, shop)
  const operation = await asksForOneCard()
  // The dialog stands there too and covers the form: only a program could press past it.
  await dialog(other, CARD_DIALOG).waitFor()
  const refused = await shop.register.begin({ ...mixedSale, id: newId() } as never)
  assert.ok(refused.kind === 'refused' && refused.code === 'operation.open')
  assert.equal(refused.operation, operation)
  await shop.tap('ok')
  await made(page)
  await chargesOnce(before)
  await other.context().close()
})

scene(shop, 'R8: while a reversal is pending a card is refused, and cash goes on', async (page) => {
  const before = await chargedInAll()
  await signIn(page, shop)
  await shop.fault('sko.unplugged', { on: true })
  await payByCard(page, shop)
  await shop.tap('ok')
  const lost = page.getByRole('dialog').filter({ hasText: 'потеря связи с СКО' })
  await lost.waitFor()
  await shop.kill('acquirer')
  await lost.getByRole('button', { name: 'Отказаться', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'Ошибка операции' }).waitFor()
  await shop.fault('sko.unplugged', { on: false })

  await button(page, 'Провести').click()
  const refusal = page.getByRole('alert').filter({ hasText: 'не подтвердил техническую отмену' })
  await refusal.getByText('Примите оплату наличными', { exact: false }).waitFor()
  await button(page, 'Назад').click()
  await button(page, 'Наличные').click()
  await button(page, 'Провести').click()
  await made(page)
  await choose(page, 'Операции по картам')
  await button(page, 'Сверка итогов').click()
  await page.getByRole('alert').filter({ hasText: 'не подтвердил техническую отмену' }).waitFor()

  await shop.start('acquirer')
  await allAgrees(shop)
  assert.equal(await chargedInAll(), before)
})

scene(shop, '«Сверка итогов»: the day agrees, and there is nothing more to agree', async (page) => {
  await sellByCard(shop)
  await signIn(page, shop)
  await choose(page, 'Операции по картам')
  await button(page, 'Сверка итогов').click()
  const told = page.getByRole('region', { name: 'Бизнес-день' })
  await told.getByText(/касса и банк сходятся/).waitFor()
  const close = page.getByRole('button', { name: 'Сверка итогов', disabled: true })
  await close.waitFor()
  await told.getByText('Сверять нечего').waitFor()
  const { days, open } = done(await shop.register.cardDays({}))
  assert.deepEqual([days[0]?.outcome, open], ['balanced', null])
  await sellByCard(shop)
  await allAgrees(shop)
})

scene(shop, 'money that goes back asks for no card, and a reversal shows no code', async (page) => {
  const { id } = await sellByCard(shop)
  await signIn(page, shop)
  await page.goto(`${shop.addresses.register}/#/receipts/${id}/refund`)
  await button(page, 'Вернуть всё').click()
  const thaw = await shop.freeze('acquirer')
  await button(page, 'Провести').click()
  const bank = dialog(page, 'Связываемся с банком')
  await bank.getByText('Прикладывать её не нужно').waitFor()
  thaw()
  await made(page)
  await shop.fault('sko.request-lost', { count: 1 })
  await shop.tap('ok')
  done(await shop.register.begin({ ...mixedSale, id: newId() } as never))
  await allAgrees(shop)
  await choose(page, 'Операции по картам')
  const list = page.getByRole('table', { name: 'Операции по картам' })
  await list.getByText('Техническая отмена', { exact: true }).first().waitFor()
})

scene(shop, 'while a lost answer of the bank is asked after, the dialog stays', async (page) => {
  await signIn(page, shop)
  await shop.fault('bank.answer-lost', { count: 1 })
  await payByCard(page, shop)
  const thaw = await shop.freeze('acquirer')
  await shop.tap('ok')
  await until(
    'сбой',
    async () => (await shop.faults())['bank.answer-lost'].count === 0 || undefined,
  )
  await shop.fault('internet.down', { on: true })
  thaw()
  const asking = dialog(page, 'Уточняем операцию в банке')
  await asking.getByText('касса узнаёт его сама').waitFor()
  await asking.waitFor({ state: 'detached' })
  await shop.fault('internet.down', { on: false })
  await made(page)
  await allAgrees(shop)
})

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene(
    { ...shop, size },
    `paying by card can be read and worked by anyone, ${name}`,
    async (page) => {
      await signIn(page, shop)
      await ringUp(page, shop)
      await button(page, 'Смешанная').click()
      await page.getByLabel('Картой', { exact: true }).fill('1')
      await page.getByLabel('Получено', { exact: true }).fill('5')
      await examine(page, 'Смешанная')
      await button(page, 'Назад').click()
      await button(page, 'Карта').click()
      await dialog(page, CARD_DIALOG).waitFor()
      await examine(page, CARD_DIALOG)
      const thaw = await shop.freeze('acquirer')
      await shop.tap('ok')
      const bank = dialog(page, 'Связываемся с банком')
      await bank.waitFor()
      await bank.getByText('Не убирайте её').waitFor()
      assert.equal(await bank.locator('.spinner').evaluate(widthOf), 18)
      await examine(page, 'Связываемся с банком')
      thaw()
      await made(page)
      const ended = page.getByRole('status').filter({ hasText: 'Документ №' })
      await ended.getByText('Сумма', { exact: true }).waitFor()
      assert.equal(await ended.getByText('Сдача', { exact: true }).count(), 0)
      await choose(page, 'Операции по картам')
      await page
        .getByRole('table', { name: 'Операции по картам' })
        .getByText('Одобрена')
        .first()
        .waitFor()
      await examine(page, 'Операции по картам')
      await until(
        'день открыт',
        async () => done(await shop.register.cardDays({})).open ?? undefined,
      )
    },
  )
}
