import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { demoGoods } from '#stand/demo/goods.ts'
import { bread, button, curd, handheld, heading, openShop, scan, scene, signIn } from './shop.ts'

const shop = await openShop()
const small = { ...shop, size: handheld }

const boxOf = async (element: Locator) => {
  const box = await element.boundingBox()
  assert.ok(box)
  return { top: box.y, bottom: box.y + box.height }
}
const foot = (page: Page) => page.getByText('Итого', { exact: true })
const line = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const quantityOf = (page: Page, name: string) =>
  line(page, name).getByRole('spinbutton', { name: 'Количество' })
const totalIs = (page: Page, sum: string) =>
  page.getByLabel('Итого', { exact: true }).filter({ hasText: sum }).waitFor()
const hasFocus = (element: Locator) =>
  element.and(element.page().locator(':focus')).waitFor({ state: 'visible' })

async function startSale(page: Page): Promise<void> {
  await signIn(page, shop)
  await button(page, 'Продажа').click()
  await heading(page, 'Продажа').waitFor({ state: 'attached' })
}

const showReceipt = (page: Page) => page.getByRole('button', { name: /^Чек/ }).click()

/** A wedge whose keys are as far apart as a hand's. */
const scanSlowly = (page: Page, code: string) => scan(page, code, 60)

scene(small, 'the word that the shift is open leaves the header readable', async (page) => {
  await signIn(page, shop)
  await button(page, 'Открыть смену').click()
  const toast = page.getByRole('status').filter({ hasText: 'Смена № 1 открыта' })
  await toast.waitFor()
  const header = await boxOf(page.getByRole('banner'))
  assert.ok((await boxOf(toast)).top >= header.bottom)
})

scene(small, 'a slow scanner is heard where the search field is hidden', async (page) => {
  await startSale(page)
  await showReceipt(page)
  await scanSlowly(page, bread.code)
  await totalIs(page, '1.98')
  await scanSlowly(page, bread.code)
  await totalIs(page, '3.96')
})

scene(small, 'a slow scan into «Количество» is a scan and leaves it alone', async (page) => {
  await startSale(page)
  await showReceipt(page)
  await scanSlowly(page, bread.code)
  await quantityOf(page, bread.name).click()
  await scanSlowly(page, bread.code)
  await totalIs(page, '3.96')
  assert.equal(await quantityOf(page, bread.name).inputValue(), '2')
})

scene(
  small,
  'D13: weighed goods are put in with the weight that is touched in, or not at all',
  async (page) => {
    await startSale(page)
    await page.getByRole('searchbox', { name: 'Поиск товара' }).fill('творог весовой')
    await page.getByRole('region', { name: 'Товары' }).getByText(curd.name).click()
    const dialog = page.getByRole('dialog', { name: curd.name })
    for (const key of ['0', '.', '3', '4', '2']) {
      await dialog.locator('.keypad').getByText(key, { exact: true }).click()
    }
    await dialog.getByRole('button', { name: 'В чек' }).click()
    await totalIs(page, '4.07')

    await scanSlowly(page, curd.code)
    await hasFocus(dialog.getByRole('textbox'))
    await dialog.getByRole('button', { name: 'В чек' }).click()
    await dialog.getByText('Укажите количество').waitFor()
    await dialog.getByRole('button', { name: 'Отмена' }).click()
    await totalIs(page, '4.07')
  },
)

scene(
  small,
  'what was rung up last stands clear of the foot, however long the receipt',
  async (page) => {
    await startSale(page)
    await showReceipt(page)
    const pieces = demoGoods.filter(({ unit, code }) => unit === 'piece' && code).slice(0, 9)
    for (const { code, name } of pieces) {
      await scanSlowly(page, code ?? '')
      await quantityOf(page, name).waitFor()
      const { top, bottom } = await boxOf(line(page, name))
      const header = await boxOf(page.getByRole('banner'))
      assert.ok(bottom <= (await boxOf(foot(page))).top, name)
      assert.ok(top >= header.bottom, name)
    }
  },
)
