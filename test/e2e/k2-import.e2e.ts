import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { kopecks } from '#core/money.ts'
import { type Cell, xlsxOf } from '#services/runtime/spreadsheet.ts'
import { examine } from './axe.ts'
import { button, done, handheld, heading, openShop, scan, scene, signIn, until } from './shop.ts'

const shop = await openShop()
const ROWS = 5000
const LAST = '2900000005000'

const text = (value: string): Cell => ({ is: 'text', text: value })

async function* goods(): AsyncGenerator<readonly Cell[]> {
  for (let n = 0; n < ROWS; n += 1) {
    const code = `2900000${String(n + 1).padStart(6, '0')}`
    yield [
      text(`Товар ${n} «Импорт»`),
      text(code),
      { is: 'money', sum: kopecks(150 + n) },
      text('шт'),
    ]
  }
}

async function workbook(): Promise<Buffer> {
  const head = ['Наименование', 'Штрих-код', 'Цена, руб.', 'Ед. изм.']
  const chunks: Uint8Array[] = []
  for await (const chunk of xlsxOf({ head, rows: goods() })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer })

async function open(page: Page): Promise<void> {
  await signIn(page, shop, 'Ольга')
  await page.goto(`${shop.addresses.register}/#/settings/goods`)
  await heading(page, 'Товары').waitFor()
  await button(page, 'Импорт').click()
  await heading(page, 'Импорт').waitFor()
}
const counted = (page: Page, name: string, count: string) =>
  page.locator('.import-counts > div').filter({ hasText: name }).getByText(count).waitFor()

const file = workbook()

scene(
  shop,
  'K2: five thousand goods are imported whole, though the till is killed',
  async (page) => {
    await open(page)
    await examine(page, 'импорт: выбор файла')
    await choose(page, 'товары.xlsx', await file)
    await counted(page, 'Новых', '5 000')
    await examine(page, 'импорт: просмотр')
    await button(page, 'Импортировать').click()
    await page
      .getByText(/Товары записываются|Импорт завершён/)
      .first()
      .waitFor()
    await shop.kill('register')
    await shop.start('register')
    await page.getByText('Импорт завершён').waitFor()
    await button(page, 'К товарам').click()
    await heading(page, 'Товары').waitFor()
    await scan(page, LAST)
    await heading(page, 'Товар 4999 «Импорт»').waitFor()
  },
)

scene(
  shop,
  'K2: the same file again changes nothing; another price is shown first',
  async (page) => {
    await open(page)
    await choose(page, 'товары.xlsx', await file)
    await counted(page, 'Без изменений', '5 000')
    await page.getByText('Менять нечего').waitFor()
    assert.equal(await button(page, 'Импортировать').count(), 0)
    await choose(page, 'цены.csv', Buffer.from(`Название;Код;Цена\nТовар 7;${LAST};1 234,5\n`))
    await counted(page, 'Изменится', '1')
    const row = page.getByRole('table', { name: 'Что изменится' }).getByRole('row').nth(1)
    await row.getByText('51.49 → 1234.50').waitFor()
    await button(page, 'Импортировать').click()
    await page.getByText('Импорт завершён').waitFor()
    await until('the new price', async () => {
      const found = done(await shop.register.goodsByCode({ code: LAST }))
      return found.goods.price === 123_450 ? found : undefined
    })
  },
)

scene(shop, 'K2: a reading is called off, and the next file is read at once', async (page) => {
  await open(page)
  const rows = Array.from({ length: 190_000 }, (_, n) => `Никогда ${n};1,50`)
  await choose(page, 'долгий.csv', Buffer.from(['Название;Цена', ...rows].join('\n')))
  await button(page, 'Отменить').click()
  await button(page, 'Выбрать файл').waitFor()
  await choose(page, 'другой.csv', Buffer.from('Название;Цена\nСыр другой;2,10\n'))
  await counted(page, 'Новых', '1')
})

scene(
  { ...shop, size: handheld },
  'K2: on a handheld screen columns are chosen by hand, and each faulty row is named',
  async (page) => {
    await open(page)
    const rows = 'Вещь;Почём;Номер\nСыр;12.05.2026;1\nСок;2,10;4,81E+12\nХлеб;2,10;7701\n'
    await choose(page, 'вещи.csv', Buffer.from(rows))
    await page.getByText('Не узнаны столбцы').waitFor()
    await examine(page, 'импорт: столбцы')
    for (const [name, head] of [
      ['Название', '1. Вещь'],
      ['Цена', '2. Почём'],
      ['Штрихкод', '3. Номер'],
    ] as const) {
      await page.getByLabel(name, { exact: true }).selectOption({ label: head })
    }
    await button(page, 'Прочитать').click()
    await counted(page, 'С ошибками', '2')
    const faulty = page.getByRole('table', { name: 'Строки с ошибками' }).getByRole('row')
    await faulty.filter({ hasText: 'вместо цены дата 12.05.2026' }).getByText('2').first().waitFor()
    await faulty.filter({ hasText: 'таблица округлила штрихкод' }).waitFor()
    await examine(page, 'импорт: ошибки')
    assert.equal(await button(page, 'Импортировать').count(), 0)
    assert.equal((await shop.register.goodsByCode({ code: '7701' })).kind, 'refused')
  },
)
