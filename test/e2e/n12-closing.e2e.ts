import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import {
  button,
  carryOut,
  done,
  handheld,
  heading,
  openShop,
  scan,
  scene,
  sellBread,
  signIn,
} from './shop.ts'

// N12: a shift closed in one go, what was found in the drawer, and what the shop took.

const shop = await openShop()

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const total = (page: Page) => page.getByRole('status', { name: 'Посчитано' })
const kinds = () => shop.deviceDocuments().map(({ kind }) => kind)

scene(
  shop,
  'notes are counted, the shortage is named, one «Да» withdraws and closes',
  async (page) => {
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'deposit', { sum: 12_345 })
    await signIn(page, shop)
    await button(page, 'Закрыть смену').click()
    await heading(page, 'Закрытие смены').waitFor()
    assert.equal(await field(page, '100 р.').inputValue(), '')
    assert.ok(await button(page, 'Далее').isDisabled(), 'nothing is no count')
    // A scan is no number of notes.
    await field(page, '100 р.').focus()
    await scan(page, '40123455')
    await page.getByRole('alert').filter({ hasText: '40123455' }).waitFor()
    assert.equal(await field(page, '100 р.').inputValue(), '')
    await field(page, '100 р.').fill('1')
    await field(page, '10 р.').fill('2')
    await field(page, '50 коп.').fill('6')
    await total(page).getByText('123.00').waitFor()
    await button(page, 'Далее').click()
    const question = page.getByRole('dialog', { name: 'Закрыть смену № 1?' })
    await question.getByText('Недостача').waitFor()
    await question.getByText('0.45').waitFor()
    await question.getByRole('button', { name: 'Пересчитать', exact: true }).click()
    assert.equal(await field(page, '10 р.').inputValue(), '2', 'what was typed is still there')
    await field(page, '50 коп.').press('Enter')
    await question.getByRole('button', { name: 'Да', exact: true }).click()
    await heading(page, 'Z-отчёт').waitFor()
    await page.getByText('Недостача').waitFor()
    await page.getByRole('banner').getByText('Смена закрыта').waitFor()
    assert.deepEqual(kinds(), ['shift-opening', 'deposit', 'withdrawal', 'shift-closing'])
  },
)

scene(
  { ...shop, size: handheld },
  'blind, as a sum: a red withdrawal stops it, and it goes on when she says so',
  async (page) => {
    const settings = { cashCount: 'sum', blindCount: true, clearing: false } as const
    done(await shop.administrator.changeSettings(settings))
    await carryOut(shop, 'shift-opening')
    await sellBread(shop)
    await signIn(page, shop)
    assert.equal(await page.getByRole('banner').getByText('В кассе').count(), 0)
    await button(page, 'Закрыть смену').click()
    await shop.fault('sko.answer-lost', { count: 1 })
    await field(page, 'Сумма').fill('5')
    assert.equal(await page.getByRole('main').getByText('1.98').count(), 0)
    await button(page, 'Далее').click()
    const question = page.getByRole('dialog', { name: 'Закрыть смену № 2?' })
    await question.getByText('Излишек').waitFor()
    await question.getByRole('button', { name: 'Да', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'изъятия' }).waitFor()
    assert.equal(await button(page, 'Закрыть смену').count(), 0)
    done(await shop.administrator.changeSettings({ clearing: true }))
    await page.reload()
    await page.getByText('Наличные изъяты: 1.98').waitFor()
    assert.ok(done(await shop.register.status({})).shift, 'nobody has said to go on')
    await button(page, 'Закрыть смену').click()
    await heading(page, 'Z-отчёт').waitFor()
    assert.deepEqual(kinds().slice(4), ['shift-opening', 'sale', 'withdrawal', 'shift-closing'])
    done(await shop.administrator.changeSettings({ cashCount: 'notes', blindCount: false }))
  },
)

scene(shop, '«Итоги»: figures with charts and tables, on paper and as a file', async (page) => {
  await carryOut(shop, 'shift-opening')
  await sellBread(shop)
  await sellBread(shop)
  await signIn(page, shop)
  await button(page, 'Итоги').click()
  await heading(page, 'Итоги смены').waitFor()
  const main = page.getByRole('main')
  await main.getByText('Смена № 3').waitFor()
  await main.getByText('3.96').first().waitFor()
  const hours = page.getByRole('figure', { name: 'По часам' })
  await hours.getByText('Таблицей').click()
  await hours.getByRole('cell', { name: /3\.96/ }).waitFor()
  await page.getByRole('region', { name: 'По группам товаров' }).getByText('3.96').waitFor()
  await examine(page, 'итоги смены')
  await button(page, 'Раньше').click()
  await main.getByText('Смена № 2').waitFor()
  await page.getByRole('region', { name: 'Пересчёт наличных' }).getByText('Излишек 3.02').waitFor()
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Скачать CSV' }).click()
  assert.equal((await file).suggestedFilename(), 'trade-shift-2.csv')
  await button(page, 'Напечатать').click()
  await shop.paperWith('ИТОГИ ПРОДАЖ')
  await page.getByRole('link', { name: 'Квартал', exact: true }).click()
  const days = page.getByRole('figure', { name: 'По дням' })
  await days.locator('canvas').waitFor()
  await examine(page, 'итоги квартала')
  await page.goto(`${shop.addresses.register}/#/menu`)
  await button(page, 'X-отчёт').click()
  const read = page.getByRole('region', { name: 'Итоги смены' })
  await read.getByRole('rowheader', { name: 'Должно быть сейчас' }).waitFor()
  await examine(page, 'X-отчёт')
  // A figure leads to the receipts that it is made of.
  await read.getByRole('rowheader', { name: 'Продажа' }).getByRole('link').click()
  await heading(page, 'Список чеков').waitFor()
  const { hash } = new URL(page.url())
  assert.match(hash, /kind=sale&shift=\d+/)
})
