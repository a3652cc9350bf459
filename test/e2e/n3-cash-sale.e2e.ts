import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { gtinCheckDigit } from '#core/document/barcode.ts'
import {
  bread,
  button,
  carryOut,
  curd,
  demo,
  done,
  handheld,
  heading,
  openShop,
  scan,
  scene,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const milk = demo('Молоко «Рассвет» топлёное 4 % 0,5 л')
const bag = demo('Пакет-майка «Свой магазин»')

/** What a scale prints for so many grams. */
function labelOf(code: string, grams: number): string {
  const body = `29${code}${String(grams).padStart(5, '0')}`
  return `${body}${gtinCheckDigit(body)}`
}

const line = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const total = (page: Page) => page.getByLabel('Итого', { exact: true })
const totalIs = (page: Page, sum: string) => total(page).filter({ hasText: sum }).waitFor()

async function startSale(page: Page): Promise<void> {
  await signIn(page, shop)
  await button(page, 'Продажа').click()
  await heading(page, 'Продажа').waitFor({ state: 'attached' })
}

/** From the basket to the paper; returns the document that the register made. */
async function payCash(page: Page, received: string) {
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await page.getByLabel('Получено', { exact: true }).fill(received)
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  const [last] = done(await shop.register.operations({ kind: 'sale', limit: 1 })).operations
  assert.ok(last?.uid)
  const { document } = done(await shop.register.operation({ id: last.id }))
  assert.ok(document)
  return { uid: last.uid, document }
}

scene(
  shop,
  'what is typed while a code is looked up stays, and is looked up after it',
  async (page) => {
    await startSale(page)
    const asked: (() => Promise<void>)[] = []
    await page.route('**/api/goods/*', (route) => void asked.push(() => route.continue()))
    const search = page.getByRole('searchbox', { name: 'Поиск товара' })
    await search.fill(bread.code)
    await search.press('Enter')
    await until('поле очищено', async () => (await search.inputValue()) === '' || undefined)
    await search.fill(milk.code)
    await until('о хлебе спросили', async () => asked.length === 1 || undefined)
    await asked[0]?.()
    await totalIs(page, '1.98')
    assert.equal(await search.inputValue(), milk.code)
    await search.press('Enter')
    await until('о молоке спросили', async () => asked.length === 2 || undefined)
    await asked[1]?.()
    await totalIs(page, '3.87')
  },
)

scene(shop, 'goods come by name, code, label and tile, and the receipt is paid', async (page) => {
  await startSale(page)
  const search = page.getByRole('searchbox', { name: 'Поиск товара' })
  await search.fill('подовый нарочанский')
  await page.getByRole('region', { name: 'Товары' }).getByText(bread.name).click()
  await totalIs(page, '1.98')

  await search.fill(bread.code)
  await search.press('Enter')
  await totalIs(page, '3.96')

  // The burst is a scan even while another field has the focus, and leaves that field alone.
  const quantity = line(page, bread.name).getByRole('spinbutton', { name: 'Количество' })
  await quantity.click()
  await scan(page, milk.code)
  await totalIs(page, '5.85')
  assert.equal(await quantity.inputValue(), '2')

  await page.evaluate('document.activeElement.blur()')
  await scan(page, labelOf(curd.code, 342))
  const weighed = line(page, curd.name).getByRole('spinbutton', { name: 'Количество' })
  assert.equal(await weighed.inputValue(), '0.342')
  await totalIs(page, '9.92')

  await button(page, 'Дом и хозяйство').click()
  await page.getByRole('region', { name: 'Товары' }).getByText(bag.name).click()
  await totalIs(page, '10.07')

  const { uid, document } = await payCash(page, '20')
  const change = page.getByRole('status').getByLabel('Сдача', { exact: true })
  assert.equal(await change.textContent(), '9.93')
  assert.deepEqual(
    document.lines.map(({ name, quantity }) => [name, quantity]),
    [
      [bread.name, 2000],
      [milk.name, 1000],
      [curd.name, 342],
      [bag.name, 1000],
    ],
  )
  assert.deepEqual(document.settlement, { cash: 2000, card: 0, other: 0, change: 993 })
  await shop.paperWith(uid)
})

scene(shop, 'weight is typed to a gram, discounts stand on a line and on all', async (page) => {
  await startSale(page)
  const search = page.getByRole('searchbox', { name: 'Поиск товара' })
  await search.fill('творог весовой')
  await page.getByRole('region', { name: 'Товары' }).getByText(curd.name).click()
  // The weight is asked for: the scale's figure is typed at once.
  await page.getByRole('dialog').getByRole('textbox').fill('1,001')
  await page.keyboard.press('Enter')
  await totalIs(page, '11.91')
  await line(page, curd.name).getByRole('textbox', { name: 'Скидка', exact: true }).fill('10%')
  await totalIs(page, '10.72')

  await button(page, 'На весь чек').click()
  const whole = page.getByRole('group', { name: 'На весь чек' })
  await whole.getByRole('textbox', { name: 'Скидка', exact: true }).fill('0,72')
  await totalIs(page, '10.00')
  const { document, uid } = await payCash(page, '10')
  assert.equal(document.sum, 1000)
  assert.equal(document.discount, 72)
  assert.deepEqual(
    document.lines.map(({ quantity, price, discount }) => ({ quantity, price, discount })),
    [{ quantity: 1001, price: 1190, discount: 119 }],
  )
  await shop.paperWith(uid)
})

scene(shop, 'a double click on «Провести» makes one document', async (page) => {
  await startSale(page)
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  const before = shop.deviceDocuments().length
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await button(page, 'Провести').dblclick()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  assert.equal(shop.deviceDocuments().length, before + 1)
  assert.equal(await page.getByRole('alert').count(), 0)
})

scene(shop, 'a reload in the middle keeps the basket and the step', async (page) => {
  await startSale(page)
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  await page.reload()
  await totalIs(page, '1.98')
  await scan(page, milk.code)
  await totalIs(page, '3.87')
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await page.reload()
  await totalIs(page, '3.87')
  await page.getByLabel('Получено', { exact: true }).fill('5')
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
})

const hasFocus = (element: Locator) =>
  element.and(element.page().locator(':focus')).waitFor({ state: 'visible' })

async function sellBreadHere(page: Page): Promise<void> {
  await startSale(page)
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  await payCash(page, '2')
  await hasFocus(button(page, 'Новая продажа'))
}

for (const gapMs of [5, 60]) {
  scene(
    shop,
    `a scan at the end of a sale begins the next, keys ${gapMs} ms apart`,
    async (page) => {
      await sellBreadHere(page)
      await scan(page, milk.code, gapMs)
      await totalIs(page, '1.89')
      await scan(page, milk.code, gapMs)
      await totalIs(page, '3.78')
      assert.equal(new URL(page.url()).hash, '#/sale')
      assert.equal(await line(page, bread.name).getByRole('spinbutton').count(), 0)
    },
  )
}

scene(
  shop,
  'at the end of a sale an unknown code is told, and Enter alone goes on',
  async (page) => {
    await sellBreadHere(page)
    await scan(page, '4810000000009')
    await page.getByRole('alert').filter({ hasText: '4810000000009' }).waitFor()
    await scan(page, bread.code)
    await totalIs(page, '1.98')
    await payCash(page, '2')
    await page.keyboard.press('Enter')
    await page.getByText('Отсканируйте товар', { exact: false }).waitFor()
  },
)

scene(shop, '«Back» from the end of a sale leads to the next one', async (page) => {
  await sellBreadHere(page)
  await page.goBack()
  await page.getByRole('searchbox', { name: 'Поиск товара' }).waitFor()
  await page.waitForURL(({ hash }) => hash === '#/sale')
})

scene(shop, 'F4 leads to «Наличные», and from there Enter goes on', async (page) => {
  await startSale(page)
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  await page.keyboard.press('F4')
  await hasFocus(button(page, 'Наличные'))
  await page.keyboard.press('Enter')
  await hasFocus(page.getByLabel('Получено', { exact: true }))
})

scene(shop, 'a quantity that makes no sense is told and stops the payment', async (page) => {
  await startSale(page)
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  const quantity = line(page, bread.name).getByRole('spinbutton', { name: 'Количество' })
  const why = (text: string) => line(page, bread.name).getByText(text, { exact: true })
  for (const [typed, text] of [
    ['99999', 'Не больше 9999'],
    ['0', 'Больше нуля'],
    ['-1', 'Больше нуля'],
    ['abc', 'Число, например 2'],
    ['1.2345', 'Целое число штук'],
    ['', 'Укажите количество'],
  ] as const) {
    await quantity.fill(typed)
    await why(text).waitFor()
    assert.equal(await quantity.getAttribute('aria-invalid'), 'true', typed)
    const note = await quantity.getAttribute('aria-describedby')
    assert.equal(await page.locator(`[id="${note}"]`).textContent(), text)
    assert.ok(await button(page, 'К оплате').isDisabled(), typed)
    await quantity.blur()
    assert.equal(await quantity.inputValue(), typed, 'what was typed stays')
    await page.keyboard.press('F4')
    await why(text).waitFor()
  }
  // Neither a reload nor the address of the payment makes it good.
  await quantity.fill('0')
  await page.reload()
  await why('Больше нуля').waitFor()
  await page.goto(`${shop.addresses.register}/#/sale/cash`)
  await page.getByText('Исправьте количество', { exact: false }).first().waitFor()
  assert.equal(await button(page, 'Провести').count(), 0)
  await page.getByRole('link', { name: 'Вернуться к товарам' }).click()
  await quantity.fill('3')
  await totalIs(page, '5.94')
  assert.equal(await quantity.getAttribute('aria-invalid'), 'false')
  await payCash(page, '6')
})

scene(shop, 'an unknown code is told and adds nothing', async (page) => {
  await startSale(page)
  await scan(page, '4810000000009')
  await page.getByRole('alert').filter({ hasText: '4810000000009' }).waitFor()
  assert.equal(await button(page, 'К оплате').isDisabled(), true)
})

scene({ ...shop, size: handheld }, 'a sale on a handheld screen of 360 × 640', async (page) => {
  await startSale(page)
  const wide = () =>
    page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  assert.equal(await wide(), false, 'nothing sticks out to the right')
  const { uid } = await payCash(page, '2')
  assert.equal(await wide(), false)
  const change = page.getByRole('status').getByLabel('Сдача', { exact: true })
  assert.equal(await change.textContent(), '0.02')
  await shop.paperWith(uid)
})
