import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { formatMoney, ZERO } from '#core/money.ts'
import { isoMinsk, printedMoment } from '#core/time.ts'
import { button, carryOut, done, heading, openShop, scene, sellBread, until } from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 5000 })
const sale = await sellBread(shop)

const atOperator = () =>
  until('три документа у оператора', async () => {
    const { documents } = done(await shop.operator.documents({}))
    return documents.length === 3 ? documents : undefined
  })

async function enter(page: Page): Promise<void> {
  await page.goto(`${shop.addresses.operator}/#/documents`)
  await page.getByLabel('Почта', { exact: true }).fill('client@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
  await heading(page, 'Кассовые документы').waitFor()
}

const table = (page: Page) => page.getByRole('table', { name: 'Кассовые документы' })
const rows = (page: Page) => table(page).locator('tbody').getByRole('row')

scene(shop, 'a client sees the very documents that the register made', async (page) => {
  const stored = await atOperator()
  const made = done(await shop.register.operations({})).operations
  const key = ({ number, uid, kind, sum }: (typeof made | typeof stored)[number]) =>
    [number, uid, kind, sum].join()
  assert.deepEqual(stored.map(key), made.map(key))

  await enter(page)
  await rows(page).nth(2).waitFor()
  const titles = await rows(page).getByRole('link').allTextContents()
  assert.deepEqual(
    titles.map((text) => text.trim()),
    ['Продажа', 'Внесение', 'Открытие смены'],
  )
})

const type = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text)

scene(shop, 'an operation is looked up by its time and sum', async (page) => {
  const [made] = await atOperator()
  assert.ok(made)
  const [day = '', time = ''] = isoMinsk(made.at).slice(0, 19).split('T')
  await enter(page)
  await type(page, 'Время', time)
  await page.getByText('Выберите и день').waitFor()
  await type(page, 'День', day)
  await type(page, 'Сумма', formatMoney(made.sum ?? ZERO))
  for (const typed of [time, time.slice(0, 5)]) {
    await type(page, 'Время', typed)
    await rows(page).filter({ hasText: 'Продажа' }).waitFor()
    assert.equal(await rows(page).count(), 1)
  }
  await type(page, 'Сумма', '777,77')
  await page.getByText('Документов нет').waitFor()
  const last = `№ 3, ${printedMoment(made.at)}`
  await page.getByText(`Последний принятый документ кассы ${made.registerNumber} ${last}`).waitFor()
  await page.getByLabel('Касса', { exact: true }).selectOption(made.device)
  await page.getByText(`Последний принятый документ кассы ${last}`, { exact: true }).waitFor()
})

scene(shop, 'what makes no sense is said, and everything is not listed for it', async (page) => {
  await atOperator()
  await enter(page)
  await rows(page).nth(2).waitFor()
  for (const [label, text] of [
    ['Номер', '7a'],
    ['Сумма', 'много'],
    ['Время', '25:00'],
    ['УИ', 'не УИ'],
  ] as const) {
    await type(page, label, text)
    await page.getByText('Отбор не применён: исправьте отмеченное поле').waitFor()
    const field = page.getByLabel(label, { exact: true })
    assert.equal(await field.getAttribute('aria-invalid'), 'true', label)
    assert.equal(await table(page).count(), 0, label)
    await field.fill('')
    await rows(page).nth(2).waitFor()
  }
})

scene(shop, 'documents are filtered by number, УИ, sum and type', async (page) => {
  await atOperator()
  await enter(page)
  for (const [label, text] of [
    ['Номер', '3'],
    ['УИ', String(sale.uid)],
    ['УИ', ` ${String(sale.uid).slice(0, 4).toLowerCase()} ${String(sale.uid).slice(4, 12)}`],
    ['Сумма', '1.98'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(text)
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await rows(page).filter({ hasText: 'Продажа' }).waitFor()
    await page.getByLabel(label, { exact: true }).fill('')
    await rows(page).nth(2).waitFor()
  }
  await page.getByLabel('Тип', { exact: true }).selectOption('Внесение')
  await rows(page).nth(1).waitFor({ state: 'detached' })
  await rows(page).filter({ hasText: '50.00' }).waitFor()
})

scene(shop, 'a document’s page is its electronic receipt with the QR', async (page) => {
  await atOperator()
  await enter(page)
  await rows(page).filter({ hasText: 'Продажа' }).getByRole('link').click()
  await heading(page, 'Продажа № 3').waitFor()
  const uid = String(sale.uid)
  const receipt = page.getByRole('region', { name: 'Электронный кассовый чек' })
  await receipt.getByText(`УИ ${uid}`).waitFor()
  await receipt.getByRole('img', { name: `QR-код: ${uid}` }).waitFor()
  await page.locator('dl').getByText(uid, { exact: true }).waitFor()
})

scene(shop, 'a wrong password is told and lets nobody in', async (page) => {
  await page.goto(shop.addresses.operator)
  await page.getByLabel('Почта', { exact: true }).fill('client@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('wrong')
  await button(page, 'Войти').click()
  await page.getByRole('alert').waitFor()
  assert.equal(await heading(page, 'Кассовые документы').count(), 0)
})

scene(
  shop,
  'a long list comes page by page, and keeps its place when it is refreshed',
  async (page) => {
    const count = 60
    for (let i = 4; i <= count; i += 1) await carryOut(shop, 'deposit', { sum: 100 })
    await until('все документы у оператора', async () => {
      const { documents } = done(await shop.operator.documents({ number: count }))
      return documents.length === 1 ? true : undefined
    })
    await enter(page)
    await rows(page).nth(20).waitFor()
    await page.mouse.wheel(0, 100_000)
    await rows(page)
      .nth(count - 1)
      .waitFor()
    assert.equal(await rows(page).last().getByRole('link').textContent(), 'Открытие смены')
    await carryOut(shop, 'deposit', { sum: 4321 })
    await until('новый документ у оператора', async () => {
      const { documents } = done(await shop.operator.documents({ sum: 4321 }))
      return documents.length === 1 ? true : undefined
    })
    await button(page, 'Обновить').click()
    await rows(page).first().filter({ hasText: '43.21' }).waitFor()
    assert.equal(await rows(page).count(), count + 1)
  },
)
