import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { kopecks } from '#core/money.ts'
import { aPng, pngChunk } from '../png.ts'
import { examine } from './axe.ts'
import {
  bread,
  button,
  carryOut,
  done,
  handheld,
  heading,
  openShop,
  scan,
  scene,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const CODE = '4810206003417'
/** By its name it stands first. */
const firstTea = {
  name: '0 чай',
  price: kopecks(310),
  codes: [],
  group: 'Чай',
  unit: 'piece' as const,
  vat: 20 as const,
  favourite: false,
  marking: 'none' as const,
  colour: null,
  picture: null,
}
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const open = async (page: Page, hash: string, name: string) => {
  await page.goto(`${shop.addresses.register}/#/${hash}`)
  await heading(page, name).waitFor()
}
const row = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

async function openGoods(page: Page): Promise<void> {
  await signIn(page, shop, 'Ольга')
  await open(page, 'settings', 'Настройки')
  await page.getByRole('link', { name: 'Товары' }).click()
  await heading(page, 'Товары').waitFor()
}

async function addJam(page: Page): Promise<void> {
  await scan(page, CODE)
  await heading(page, 'Новый товар').waitFor()
  assert.equal(await field(page, 'Штрихкод').inputValue(), CODE)
  await field(page, 'Название').fill('Варенье брусничное')
  await field(page, 'Цена').fill('7,40')
  await field(page, 'Группа').fill('Консервы')
  await examine(page, 'новый товар')
  await button(page, 'Сохранить').click()
  await heading(page, 'Товары').waitFor()
}

scene(shop, 'K1: goods that a scan did not find are added, and sold at once', async (page) => {
  await openGoods(page)
  await examine(page, 'товары')
  await addJam(page)
  await open(page, 'sale', 'Продажа')
  await scan(page, CODE)
  await page.getByLabel('Итого', { exact: true }).filter({ hasText: '7.40' }).waitFor()
})

scene(shop, 'K1: a price is changed, and every price stays with whoever set it', async (page) => {
  await openGoods(page)
  await scan(page, CODE)
  await heading(page, 'Варенье брусничное').waitFor()
  await field(page, 'Цена').fill('8')
  await button(page, 'Сохранить').click()
  await heading(page, 'Товары').waitFor()
  await page.getByRole('searchbox', { name: 'Поиск товара' }).fill('брусн')
  await row(page, 'Варенье брусничное').click()
  const prices = page.getByRole('table', { name: 'Цены' }).getByRole('row')
  await prices.nth(2).waitFor()
  const told = async (at: number) => ((await prices.nth(at).textContent()) ?? '').replace(/\s/g, '')
  assert.match(await told(1), /Ольга8\.00/)
  assert.match(await told(2), /Ольга7\.40/)
  await examine(page, 'товар')
})

scene(
  shop,
  'K1: the list stands there before the register has answered, and takes over what it says',
  async (page) => {
    await openGoods(page)
    await page.locator('tbody tr').first().waitFor()
    await open(page, 'settings', 'Настройки')
    const silence = Promise.withResolvers<void>()
    await page.route('**/api/stock?*', async (route) => {
      await silence.promise
      await route.continue()
    })
    await page.getByRole('link', { name: 'Товары' }).click()
    await page.locator('tbody tr').first().waitFor()
    const { id } = done(await shop.administrator.addGoods({ ...firstTea, request: v7() }))
    silence.resolve()
    await row(page, firstTea.name).waitFor()
    done(await shop.administrator.retireGoods({ id, retired: true }))
  },
)

scene(shop, 'K1: what is wrong is told at its field, and nothing is kept of it', async (page) => {
  await openGoods(page)
  await button(page, 'Добавить товар').click()
  await button(page, 'Сохранить').click()
  await page.getByText('Заполните поле').nth(2).waitFor()
  await field(page, 'Название').fill('Второй хлеб')
  await field(page, 'Цена').fill('1')
  await field(page, 'Группа').fill('Хлеб')
  await field(page, 'Штрихкод').fill(bread.code)
  await button(page, 'Сохранить').click()
  await page.getByText(`Код ${bread.code} уже есть у товара`).waitFor()
  await page.keyboard.press('Escape')
  await heading(page, 'Товары').waitFor()
  await page.getByRole('searchbox', { name: 'Поиск товара' }).fill('Второй хлеб')
  await page.getByText('Ничего не нашлось').waitFor()
})

scene(shop, 'K1: two who change the same goods do not overwrite each other', async (page) => {
  await openGoods(page)
  await scan(page, CODE)
  await heading(page, 'Варенье брусничное').waitFor()
  const { goods } = done(await shop.administrator.stock({ search: CODE }))
  const [seen] = goods
  assert.ok(seen)
  const { retiredAt: _, ...form } = seen
  done(await shop.administrator.changeGoods({ ...form, group: 'Сладости' }))
  await field(page, 'Цена').fill('9')
  await button(page, 'Сохранить').click()
  await page.getByText('Товар изменили, пока он был открыт').waitFor()
  await button(page, 'Открыть заново').click()
  await page.getByText('Товар изменили').waitFor({ state: 'detached' })
  assert.equal(await field(page, 'Группа').inputValue(), 'Сладости')
  assert.equal(await field(page, 'Цена').inputValue(), '8.00')
})

scene(shop, 'K1: goods have a colour and a picture, and their tile shows both', async (page) => {
  await openGoods(page)
  await scan(page, CODE)
  await heading(page, 'Варенье брусничное').waitFor()
  await page.getByRole('radio', { name: 'Фиолетовый' }).check()
  const choose = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
  await choose('logo.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await page.getByRole('alert').getByText('Это не PNG, JPEG и не WebP').waitFor()
  const told = pngChunk('tEXt', Buffer.from('Author\0Анна'))
  await choose('photo.png', aPng({ side: 300, colour: 90, beside: [told] }))
  await page.getByRole('img', { name: 'Картинка' }).waitFor()
  await examine(page, 'цвет и картинка товара')
  await button(page, 'Сохранить').click()
  await heading(page, 'Товары').waitFor()
  await open(page, 'sale', 'Продажа')
  await page.getByRole('searchbox').fill('брусн')
  const tile = page.getByRole('button', { name: 'Варенье брусничное' })
  await tile.locator('img').waitFor()
  assert.equal(await tile.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth), 128)
  assert.match((await tile.getAttribute('class')) ?? '', /tile-violet/)
  await examine(page, 'плитка с картинкой')
})

scene(shop, 'H1: a scan chooses nothing in a list of choices, a key does', async (page) => {
  await openGoods(page)
  await scan(page, CODE)
  await heading(page, 'Варенье брусничное').waitFor()
  const chosen = (name: string, text: string) =>
    page
      .getByRole('combobox', { name })
      .locator('option:checked', { hasText: text })
      .waitFor({ state: 'attached' })
  await page.getByRole('combobox', { name: 'Ставка НДС' }).focus()
  await scan(page, '2000000000015')
  await until('код в карточке', async () =>
    (await field(page, 'Штрихкод').inputValue()).endsWith(' 2000000000015') ? true : undefined,
  )
  await chosen('Ставка НДС', '20 %')
  await page.keyboard.press('1')
  await chosen('Ставка НДС', '10 %')
})

scene(
  { ...shop, size: handheld },
  'K1: on a handheld screen goods are taken off sale and put back on',
  async (page) => {
    await openGoods(page)
    await scan(page, CODE)
    await button(page, 'Снять с продажи').click()
    await page.getByText('Снят с продажи').waitFor()
    await examine(page, 'снятый с продажи товар')
    assert.equal((await shop.register.goodsByCode({ code: CODE })).kind, 'refused')
    await page.keyboard.press('Escape')
    await button(page, 'Снятые с продажи').click()
    await row(page, 'Варенье брусничное').click()
    await button(page, 'Вернуть в продажу').click()
    await button(page, 'Снять с продажи').waitFor()
    assert.equal((await shop.register.goodsByCode({ code: CODE })).kind, 'done')
  },
)

scene(shop, 'K1: who has not the right neither sees nor reaches the goods', async (page) => {
  await signIn(page, shop)
  await open(page, 'settings', 'Настройки')
  assert.equal(await page.getByRole('link', { name: 'Товары' }).count(), 0)
  await page.goto(`${shop.addresses.register}/#/settings/goods`)
  await page.getByText('Товары ведёт тот, у кого есть право «Товары»').waitFor()
  const refused = await shop.register.stock({})
  assert.ok(refused.kind === 'refused')
  assert.equal(refused.code, 'right.required')
})
