import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { printedMoment } from '#core/time.ts'
import { bread, button, choose, done, heading, type Shop, until } from './shop.ts'

// What a person does about a red receipt, in a browser (S3).

export const ASK = 'Свяжитесь с оператором ПКС для уточнения состояния операции'
export const found = (genitive: string) =>
  `Операция ${genitive} не завершена. Обнаружено расхождение наличных в БД и СКО. ${ASK}`

export const list = (page: Page) => page.getByRole('table', { name: 'Список чеков' })
export const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
export const sum = (kopecks: number) => (kopecks / 100).toFixed(2)

/** Automatic clearing on or off, past the page. */
export async function changeClearing(shop: Shop, clearing: boolean): Promise<void> {
  done(await shop.administrator.changeSettings({ clearing }))
}

/** A sale of one bread by hand, up to the means of payment. */
export async function ringUp(page: Page, shop: Shop): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/sale`)
  const search = page.getByRole('searchbox', { name: 'Поиск товара' })
  await search.fill(bread.code)
  await search.press('Enter')
  await button(page, 'К оплате').click()
}

/** A sale of one bread for cash, pressed through by hand. */
export async function sell(page: Page, shop: Shop): Promise<void> {
  await ringUp(page, shop)
  await button(page, 'Наличные').click()
  await button(page, 'Провести').click()
}

/** A sale whose answer was lost, with clearing off: a red receipt, told on the page. */
export async function makeSaleRed(page: Page, shop: Shop): Promise<void> {
  await changeClearing(shop, false)
  await shop.fault('sko.answer-lost', { count: 1 })
  await sell(page, shop)
  await page
    .getByRole('alert')
    .filter({ hasText: found('продажи') })
    .waitFor()
}

/** A deposit beside a red receipt; the answer is the alert that refuses it. */
export async function depositInVain(page: Page, shop: Shop) {
  await page.goto(`${shop.addresses.register}/#/deposit`)
  await page.getByLabel('Сумма', { exact: true }).fill('5')
  await button(page, 'Провести').click()
  return page.getByRole('alert').filter({ hasText: 'красный чек' })
}

export async function openRed(page: Page): Promise<void> {
  await choose(page, 'Чеки')
  await heading(page, 'Список чеков').waitFor()
  await list(page).getByRole('row').filter({ hasText: 'Не завершена' }).getByRole('link').click()
}

export async function fill(
  page: Page,
  data: { number: string; at: string; uid: string },
): Promise<void> {
  await page.getByRole('textbox', { name: '№ чека' }).fill(data.number)
  await page.getByRole('textbox', { name: 'Дата и время' }).fill(data.at)
  await page.getByRole('textbox', { name: 'УИ' }).fill(data.uid)
}

export async function say(page: Page, word: 'УСПЕШНО' | 'НЕУСПЕШНО'): Promise<void> {
  await button(page, word).click()
  await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
}

/** The data of the device's last document, as the operator's cabinet tells them. */
export async function fromCabinet(shop: Shop) {
  const last = shop.deviceDocuments().at(-1)
  assert.ok(last)
  const { documents } = await until('документ у оператора', async () => {
    const page = done(await shop.operator.documents({ number: last.number }))
    return page.documents.some(({ uid }) => uid === last.uid) ? page : undefined
  })
  const [document] = documents
  assert.ok(document)
  return {
    number: String(document.number),
    at: printedMoment(document.at).slice(0, 16),
    uid: document.uid,
  }
}

export async function agrees(shop: Shop): Promise<number> {
  const { cash, skoCash, discrepancy } = done(await shop.register.facts({}))
  assert.deepEqual([skoCash, discrepancy], [cash, 0])
  return cash
}
