import type { Page } from 'playwright-core'
import { button, loaded, type Shop } from './shop.ts'

/** Signs in to the zPOS cabinet, at a page of it. */
export async function enter(page: Page, shop: Shop, { hash = '', who = 'client' } = {}) {
  await page.goto(`${shop.addresses.office}/${hash}`)
  await page.getByLabel('Почта', { exact: true }).fill(`${who}@demo.by`)
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
}

/** Presses «Обновить» until there is something to see: the office asks the bank once a second. */
export async function refreshUntil(page: Page, seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) {
    await button(page, 'Обновить').click()
    await loaded(page)
  }
}
