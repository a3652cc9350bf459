import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { sellByCard } from './card-money.ts'
import { ASK, changeClearing, dialog } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  curd,
  done,
  handheld,
  heading,
  newId,
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
  for (const [typed, why] of [
    ['4', 'Не больше 3'],
    ['1.5', 'Целое число штук'],
    ['-1', 'Не меньше нуля'],
    ['abc', 'Число, например 2'],
    ['', 'Укажите количество'],
  ] as const) {
    await quantity.fill(typed)
    await quantity.blur()
    await line.getByText(why, { exact: true }).waitFor()
    assert.equal(await quantity.inputValue(), typed, 'what was typed stays')
    assert.equal(await quantity.getAttribute('aria-invalid'), 'true')
    assert.ok(await button(page, 'Провести').isDisabled(), typed)
  }
  await quantity.fill('1')
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
  await page.getByText('Чек аннулирован', { exact: true }).waitFor()
  for (const gone of ['Возврат', 'Аннулирование']) {
    assert.equal(await button(page, gone).count(), 0)
  }
  const again = { id: newId(), kind: 'annulment' as const, of: last.id }
  const refused = await shop.register.begin(again)
  assert.equal(refused.kind === 'refused' && refused.code, 'basis.annulled')
})

const hasFocus = (element: Locator) =>
  element.and(element.page().locator(':focus')).waitFor({ state: 'visible' })
const paid = (page: Page, means: string) =>
  page.locator('dl > div', { has: page.getByText(means, { exact: true }) }).locator('dd')
const ended = (page: Page) => page.getByText(/Документ № \d+ оформлен/).waitFor()

scene(
  shop,
  'N4: of a mixed sale it is told what to hand out and what goes to the card',
  async (page) => {
    const { id, number } = await sellByCard(shop)
    await signIn(page, shop)
    await openSale(page, number)
    await button(page, 'Возврат').click()
    await hasFocus(page.getByRole('spinbutton', { name: 'Количество' }))
    assert.ok(await button(page, 'Провести').isDisabled(), 'nothing is chosen yet')
    await button(page, 'Вернуть всё').click()
    await paid(page, 'Выдать наличными').getByText('0.98').waitFor()
    await paid(page, 'На карту').getByText('1.00').waitFor()
    await button(page, 'Ничего').click()
    await paid(page, 'На карту').waitFor({ state: 'detached' })
    await button(page, 'Вернуть всё').click()
    await paid(page, 'На карту').getByText('1.00').waitFor()
    await button(page, 'Провести').click()
    await ended(page)
    await paid(page, 'Выдать наличными').getByText('0.98').waitFor()
    await paid(page, 'На карту').getByText('1.00').waitFor()
    const back = done(await shop.register.operations({ kind: 'refund', limit: 1 })).operations[0]
    assert.deepEqual(back?.payments, [
      { means: 'cash', sum: 98 },
      { means: 'card', sum: 100 },
    ])
    assert.notEqual(id, back?.id)
  },
)

scene(shop, 'N4: an annulment tells what to hand out, by every means', async (page) => {
  await signIn(page, shop)
  const annul = async (id: string) => {
    await page.goto(`${shop.addresses.register}/#/receipts/${id}`)
    await button(page, 'Аннулирование').click()
    await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
    await ended(page)
  }
  await annul((await sellByCard(shop)).id)
  await paid(page, 'Выдать наличными').getByText('0.98').waitFor()
  await paid(page, 'На карту').getByText('1.00').waitFor()
  const other = await carryOut(shop, 'sale', {
    lines: [{ code: bread.code, quantity: 1000 }],
    payments: [{ means: 'other', sum: bread.price }],
  })
  await annul(other.id)
  await paid(page, 'Иным способом').getByText('1.98').waitFor()
  assert.equal(await paid(page, 'Выдать наличными').count(), 0)
  // Of what was handed over the change went back already.
  await annul((await sellMuch()).id)
  await paid(page, 'Выдать наличными')
    .getByText(sum(3 * bread.price + 541))
    .waitFor()
})

scene(
  shop,
  'the focus comes back from a dialog, to the heading when nothing else is left',
  async (page) => {
    const first = await sellBread(shop)
    await sellBread(shop)
    await signIn(page, shop)
    await openSale(page, first.number)
    await button(page, 'Аннулирование').click()
    await page.getByRole('dialog').getByRole('button', { name: 'НЕТ', exact: true }).click()
    await hasFocus(button(page, 'Аннулирование'))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).press('Enter')
    await page.getByRole('alert').filter({ hasText: '«Возврат»' }).waitFor()
    await hasFocus(heading(page, `Продажа № ${first.number}`))
    // The dialog of a lost СКО closes by itself when the operation came through.
    await shop.kill('sko')
    await button(page, 'Возврат').click()
    await button(page, 'Вернуть всё').click()
    await button(page, 'Провести').press('Enter')
    const lost = page.getByRole('dialog')
    await lost.waitFor()
    await lost.getByRole('button', { name: 'Отказаться', exact: true }).press('Enter')
    await lost.waitFor({ state: 'detached' })
    assert.notEqual(await page.evaluate('document.activeElement.tagName'), 'BODY')
    await shop.start('sko')
  },
)

scene(shop, 'the focus follows a red receipt that its dialog put an end to', async (page) => {
  await signIn(page, shop, 'Ольга')
  await changeClearing(shop, false)
  await shop.fault('sko.request-lost', { count: 1 })
  const red = done(
    await shop.register.begin({
      id: newId(),
      kind: 'deposit',
      sum: 100,
    }),
  )
  assert.equal(red.state, 'red')
  await page.goto(`${shop.addresses.register}/#/receipts/${red.id}`)
  await dialog(page, ASK).getByRole('button', { name: 'ОК', exact: true }).press('Enter')
  await button(page, 'НЕУСПЕШНО').press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).press('Enter')
  await page.getByRole('status').filter({ hasText: 'отмечена неуспешной' }).waitFor()
  await hasFocus(page.locator('main h1'))
  await changeClearing(shop, true)
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
