import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { button, handheld, heading, loaded, openShop, scene } from './shop.ts'

// The people of a client: an owner invites, somebody joins, and may what the role allows.

const shop = await openShop()
const PASSWORD = 'a password that is long'

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Почта', { exact: true }).fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(password)
  await button(page, 'Войти').click()
}

scene(shop, 'an owner invites a viewer, who joins, looks and takes no files', async (page) => {
  await page.goto(`${shop.addresses.operator}/#/people`)
  await enter(page, 'client@demo.by', 'demo')
  await heading(page, 'Пригласить человека').waitFor()
  const invite = page.locator('.people-invite')
  await invite.getByLabel('Почта', { exact: true }).fill('viewer@demo.by')
  await invite.getByLabel('Роль', { exact: true }).selectOption('Наблюдатель')
  await button(page, 'Пригласить').click()
  const link = await page.getByLabel('Ссылка приглашения').inputValue()
  await loaded(page)
  await examine(page, 'люди')

  const guest = await shop.open(handheld)
  await guest.goto(link)
  await heading(guest, 'Приглашение: ООО "Пример Торг"').waitFor()
  await examine(guest, 'приглашение')
  await guest.getByLabel('Новый пароль', { exact: true }).fill(PASSWORD)
  await button(guest, 'Принять приглашение').click()
  await enter(guest, 'viewer@demo.by', PASSWORD)
  await heading(guest, 'Главная').waitFor()
  await guest.getByRole('link', { name: 'Люди и доступ' }).click()
  await heading(guest, 'Мой пароль').waitFor()
  await loaded(guest)
  await examine(guest, 'мой пароль')
  assert.equal(await heading(guest, 'Люди').count(), 0)

  await page.reload()
  await button(page, 'Отключить: viewer@demo.by').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Отключить', exact: true }).click()
  await button(page, 'Включить: viewer@demo.by').waitFor()
  await guest.getByRole('link', { name: 'Документы' }).click()
  await button(guest, 'Войти').waitFor()
  await guest.context().close()
})
