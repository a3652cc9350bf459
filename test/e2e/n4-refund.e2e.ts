import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  bread,
  button,
  carryOut,
  choose,
  curd,
  done,
  handheld,
  heading,
  openShop,
  scene,
  sellBread,
  signIn,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const rows = (page: Page) => page.getByRole('table', { name: 'Список чеков' }).getByRole('row')
const sum = (kopecks: number) => (kopecks / 100).toFixed(2)

/** Three breads and some curd, for cash. */
const sellMuch = () =>
  carryOut(shop, 'sale', {
    lines: [
      { code: bread.code, quantity: 3000 },
      { code: curd.code, quantity: 455 },
    ],
    payments: [{ means: 'cash', sum: 10_000 }],
  })

async function openSale(page: Page, number: number | null): Promise<void> {
  await choose(page, 'Чеки')
  await rows(page)
    .filter({ hasText: `№ ${number}` })
    .getByRole('link')
    .click()
  await heading(page, `Продажа № ${number}`).waitFor()
}

scene(shop, 'N4: a refund in parts, never more than was sold', async (page) => {
  const sale = await sellMuch()
  await signIn(page, shop)
  await openSale(page, sale.number)
  await button(page, 'Возврат').click()
  await heading(page, 'Возврат').waitFor()
  await button(page, 'Ничего').click()
  assert.ok(await button(page, 'Провести').isDisabled())
  const line = page.getByRole('listitem').filter({ hasText: bread.name })
  const quantity = line.getByRole('spinbutton', { name: 'Количество' })
  await quantity.fill('1')
  await quantity.fill('4')
  await quantity.blur()
  assert.equal(await quantity.inputValue(), '1', 'more than was sold is put back')
  await page.getByRole('status', { name: 'К возврату' }).getByText(sum(bread.price)).waitFor()
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  const paper = await shop.paperWith('ВОЗВРАТ СРЕДСТВ ПЛАТЕЖА')
  assert.ok(paper.lines.join('\n').includes(String(sale.uid)))

  await openSale(page, sale.number)
  await button(page, 'Возврат').click()
  await button(page, 'Вернуть всё').click()
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await openSale(page, sale.number)
  await button(page, 'Возврат').click()
  await page.getByText('По этому чеку возвращено всё.').waitFor()
  const { cash, discrepancy } = done(await shop.register.facts({}))
  assert.deepEqual([cash, discrepancy], [0, 0])
})

scene(shop, 'N4: the last sale is annulled whole; any other is a refund', async (page) => {
  const first = await sellBread(shop)
  const last = await sellMuch()
  await signIn(page, shop)
  await openSale(page, first.number)
  await button(page, 'Аннулирование').click()
  await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: '«Возврат»' }).waitFor()

  await openSale(page, last.number)
  await button(page, 'Аннулирование').click()
  await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await heading(page, 'Аннулирование').waitFor()
  const { cash, discrepancy } = done(await shop.register.facts({}))
  assert.deepEqual([cash, discrepancy], [bread.price, 0])
  await openSale(page, last.number)
  await page.getByText('Аннулирован', { exact: true }).waitFor()
  await button(page, 'Аннулирование').click()
  await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'Этот чек уже аннулирован' }).waitFor()
})

scene({ ...shop, size: handheld }, 'N4: a refund on a handheld screen', async (page) => {
  const sale = await sellMuch()
  await signIn(page, shop)
  await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
  await button(page, 'Возврат').click()
  await button(page, 'Вернуть всё').click()
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
})
