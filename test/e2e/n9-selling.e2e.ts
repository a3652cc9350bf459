import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  bread,
  button,
  carryOut,
  demo,
  done,
  heading,
  openShop,
  scan,
  scene,
  sellBread,
  signIn,
  signOut,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const milk = demo('Молоко «Зялёны луг» пастеризованное 2,5 % 0,9 л')
const lines = (page: Page) => page.locator('.line-name')
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true })

async function startSale(page: Page): Promise<void> {
  await signIn(page, shop)
  await button(page, 'Продажа').click()
  await heading(page, 'Продажа').waitFor({ state: 'attached' })
}

scene(
  shop,
  'N9, A8: put aside over a kill, brought back once, one basket in two tabs',
  async (page) => {
    await startSale(page)
    await scan(page, bread.code)
    await scan(page, milk.code)
    await lines(page).nth(1).waitFor()
    await button(page, `Удалить ${bread.name}`).click()
    await button(page, 'Вернуть').click()
    assert.deepEqual(await lines(page).allTextContents(), [bread.name, milk.name])
    await button(page, 'Отложить').click()
    await page.getByLabel('Имя чека').fill('Ирина')
    await page.route('**/api/parked/*', (route) => route.abort())
    await inDialog(page, 'Отложить').click()
    await page.getByText('Откладываем чек…').waitFor()
    await shop.kill('register')
    await shop.start('register')
    // What was begun goes on in the page that is loaded anew, as soon as it is answered.
    await page.reload()
    await page.getByText('Откладываем чек…').waitFor()
    await page.unroute('**/api/parked/*')
    await page.getByText('Отсканируйте товар, найдите').waitFor()
    const { receipts } = done(await shop.register.parked({}))
    assert.deepEqual(
      receipts.map(({ name, lines: count }) => [name, count]),
      [['Ирина', 2]],
    )

    await oneBasket(page)
    await button(page, 'Новая продажа').click()
    await clearReceipt(page)
  },
)

/** Brought back in a second tab, changed and paid in the first: both have the one basket. */
async function oneBasket(page: Page): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(page.url())
  await button(other, 'Отложенные: 1').click()
  await inDialog(other, 'Вернуть').click()
  await lines(other).nth(1).waitFor()
  await lines(page).nth(1).waitFor()
  assert.equal(done(await shop.register.parked({})).receipts.length, 0)
  await page.bringToFront()
  await button(page, `Удалить ${milk.name}`).click()
  await lines(other).nth(1).waitFor({ state: 'detached' })
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await other.getByText('Отсканируйте товар, найдите').waitFor({ state: 'attached' })
  const [sale] = done(await shop.register.operations({ kind: 'sale' })).operations
  assert.equal(sale?.sum, bread.price)
  await other.close()
}

async function clearReceipt(page: Page): Promise<void> {
  await scan(page, bread.code)
  await lines(page).first().waitFor()
  await button(page, 'Очистить чек').click()
  await inDialog(page, 'Нет').click()
  assert.equal(await lines(page).count(), 1)
  await button(page, 'Очистить чек').click()
  await inDialog(page, 'Да').click()
  await page.getByText('Отсканируйте товар, найдите').waitFor()
}

scene(
  shop,
  'N10: a refund that the cashier has no right to is let by a PIN, on its own screen',
  async (page) => {
    const sale = await sellBread(shop)
    const roles = done(await shop.administrator.people({})).roles
    const cashier = roles.find(({ name }) => name === 'cashier')
    assert.ok(cashier)
    const { name, revision, discountPercent, rights } = cashier
    const fewer = rights.filter((right) => right !== 'refund')
    done(await shop.administrator.changeRole({ name, revision, discountPercent, rights: fewer }))
    await signIn(page, shop)
    await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
    await button(page, 'Возврат').click()
    await button(page, 'Вернуть всё').click()
    await button(page, 'Провести').click()
    const permit = page.getByRole('dialog', { name: 'Разрешение' })
    await permit.getByText('Возврат', { exact: true }).waitFor()
    await permit.getByLabel('PIN', { exact: true }).fill('9999')
    await permit.getByRole('button', { name: 'Разрешить' }).click()
    await page.getByText(/Документ № \d+ оформлен/).waitFor()
    const [refund] = done(await shop.register.operations({ kind: 'refund', limit: 1 })).operations
    assert.deepEqual([refund?.cashier, refund?.sum], ['Анна', bread.price])
  },
)

scene(
  shop,
  'N10, N11: a discount by the shop’s button with its reason, then one touch to the reader',
  async (page) => {
    await signIn(page, shop, 'Ольга')
    await page.goto(`${shop.addresses.register}/#/settings/discounts`)
    await page.getByLabel('Название', { exact: true }).fill('Пенсионер')
    await page.getByLabel('Размер', { exact: true }).fill('10')
    await page.getByLabel('Причина', { exact: true }).fill('Пенсионное удостоверение')
    await button(page, 'Добавить').click()
    await page.getByText('Пенсионер: 10%').waitFor()
    await signOut(page)
    await startSale(page)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    for (const { code, name } of [milk, bread]) {
      await scan(page, code)
      await button(page, name).and(page.locator('[aria-expanded=true]')).waitFor()
    }
    // What is rung up asks for its goods alone: the shop's discounts are known already.
    assert.deepEqual(
      asked.filter((path) => path.endsWith('/discounts')),
      [],
    )
    await button(page, 'Пенсионер').click()
    assert.equal(await page.getByRole('textbox', { name: 'Скидка' }).inputValue(), '10%')
    await button(page, 'Картой сразу').click()
    await page.getByRole('dialog', { name: 'Приложите карту' }).waitFor()
    await shop.tap('ok')
    await page.getByText(/Документ № \d+ оформлен/).waitFor()
    const [sold] = done(await shop.register.operations({ kind: 'sale', limit: 1 })).operations
    assert.ok(sold)
    await page.goto(`${shop.addresses.register}/#/receipts/${sold.id}`)
    await page.getByText('Пенсионное удостоверение: 0.').waitFor()
  },
)
