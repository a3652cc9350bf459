import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { button, carryOut, handheld, heading, loaded, openShop, scene, till } from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

async function enter(page: Page): Promise<void> {
  await page.goto(shop.addresses.operator)
  await page.getByLabel('Почта', { exact: true }).fill('staff@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
  await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
}

const at = (page: Page, hash: string) => page.goto(`${shop.addresses.operator}/#/${hash}`)
const rows = (page: Page, name: string) =>
  page.getByRole('table', { name }).locator('tbody').getByRole('row')

scene(shop, 'staff find a register of any client and open its page', async (page) => {
  await enter(page)
  await at(page, 'fleet')
  await rows(page, 'Кассы').nth(1).waitFor()
  await page.getByLabel('Поиск', { exact: true }).fill('199999999')
  await rows(page, 'Кассы').nth(1).waitFor({ state: 'detached' })
  assert.match(page.url(), /search=199999999/)
  await rows(page, 'Кассы').getByRole('link').click()
  await heading(page, 'Касса 199999999').waitFor()
  await heading(page, /^СКО /).first().waitFor()
  await page.getByText('Отпечаток ключа', { exact: true }).waitFor()
  await page.goBack()
  await button(page, 'Сбросить отбор').click()
  await rows(page, 'Кассы').nth(1).waitFor()
  await button(page, 'нет связи').click()
  await page.waitForURL(({ hash }) => hash.includes('state=silent'))
  await rows(page, 'Кассы').filter({ hasText: '199999998' }).waitFor()
  await button(page, 'Сбросить отбор').click()
  await page.getByRole('link', { name: 'Клиенты' }).click()
  await rows(page, 'Клиенты').getByRole('link').click()
  await page.waitForURL(({ hash }) => hash.includes('unp='))
  await rows(page, 'Кассы').nth(1).waitFor()
})

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene(
    { ...shop, size },
    `staff’s pages can be read and worked by anyone, ${name}`,
    async (page) => {
      await enter(page)
      for (const hash of ['fleet', 'fleet/199999999', 'clients']) {
        await at(page, hash)
        await loaded(page)
        await examine(page, `${name} ${hash}`)
      }
    },
  )
}
