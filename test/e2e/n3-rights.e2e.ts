import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  bread,
  button,
  carryOut,
  done,
  heading,
  newId,
  openShop,
  scan,
  scene,
  signIn,
  signOut,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

async function startSale(page: Page): Promise<void> {
  await button(page, 'Продажа').click()
  await heading(page, 'Продажа').waitFor({ state: 'attached' })
}

async function payCash(page: Page): Promise<void> {
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await page.getByLabel('Получено', { exact: true }).fill('5')
  await button(page, 'Провести').click()
}

const price = (page: Page) => page.getByRole('textbox', { name: 'Цена', exact: true })
const isPaid = (page: Page) => page.getByText(/Документ № \d+ оформлен/).waitFor()

scene(shop, 'D6: a price set by the administrator is paid by the cashier', async (page) => {
  await signIn(page, shop)
  await startSale(page)
  await scan(page, bread.code)
  await page.getByRole('textbox', { name: 'Скидка', exact: true }).waitFor()
  await signOut(page)
  await signIn(page, shop, 'Ольга')
  await startSale(page)
  await button(page, bread.name).click()
  await price(page).fill('1.00')
  await signOut(page)
  await signIn(page, shop)
  await startSale(page)
  await payCash(page)
  await isPaid(page)
  const [last] = done(await shop.register.operations({ kind: 'sale', limit: 1 })).operations
  assert.deepEqual([last?.sum, last?.cashier], [100, 'Анна'])
})

scene(
  shop,
  'N10: beyond a cashier’s limit a second person gives her PIN on the spot',
  async (page) => {
    await signIn(page, shop)
    await startSale(page)
    await scan(page, bread.code)
    await page.getByRole('textbox', { name: 'Скидка', exact: true }).fill('50%')
    await button(page, 'К оплате').click()
    const dialog = page.getByRole('dialog', { name: 'Разрешение' })
    await dialog.getByText(`«${bread.name}»: скидка или наценка больше 20 %`).waitFor()
    await dialog.getByLabel('PIN', { exact: true }).fill('1111')
    await dialog.getByRole('button', { name: 'Разрешить' }).click()
    await dialog.getByText('Неверный PIN').waitFor()
    await dialog.getByLabel('PIN', { exact: true }).fill('9999')
    await dialog.getByRole('button', { name: 'Разрешить' }).click()
    await button(page, 'Наличные').click()
    await button(page, 'Провести').click()
    await isPaid(page)
    const [sold] = done(await shop.register.operations({ kind: 'sale', limit: 1 })).operations
    assert.deepEqual([sold?.sum, sold?.cashier], [bread.price / 2, 'Анна'])
    const view = await shop.register.begin({
      id: newId(),
      kind: 'sale',
      lines: [{ name: bread.name, price: 1 as never, quantity: 1000 as never }],
      payments: [{ means: 'cash', sum: 1 as never }],
    })
    assert.ok(view.kind === 'refused' && view.code === 'right.required')
  },
)

scene(shop, 'D22: clearing is switched by an administrator, a cashier reads how', async (page) => {
  await signIn(page, shop, 'Ольга')
  await page.goto(`${shop.addresses.register}/#/settings`)
  await page.getByRole('link', { name: /Обслуживание/ }).click()
  const clearing = (checked: boolean) =>
    page.getByRole('switch', { name: 'Автоматическое уточнение операций', checked })
  await clearing(true).click()
  await clearing(false).waitFor()
  assert.equal(done(await shop.register.settings({})).clearing, false)
  await clearing(false).click()
  await clearing(true).waitFor()
})
