import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { button, carryOut, choose, heading, openShop, scene, sellBread, signIn } from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
const first = await sellBread(shop)
await carryOut(shop, 'deposit', { sum: 777_777 })
await carryOut(shop, 'withdrawal', { sum: 5000 })

const rows = (page: Page) =>
  page.getByRole('table', { name: 'Список чеков' }).locator('tbody').getByRole('row')
const titles = async (page: Page) => {
  const texts = await rows(page).getByRole('link').allTextContents()
  return texts.map((text) => text.trim())
}

async function openList(page: Page): Promise<void> {
  await signIn(page, shop)
  await choose(page, 'Чеки')
  await heading(page, 'Список чеков').waitFor()
  await rows(page).nth(3).waitFor()
}

scene(shop, 'the list is newest first and says what a cashier looks for', async (page) => {
  await openList(page)
  assert.deepEqual(await titles(page), ['Изъятие', 'Внесение', 'Продажа', 'Открытие смены'])
  const sale = String(await rows(page).nth(2).textContent()).replace(/\s+/g, ' ')
  for (const part of ['Продажа', '№ 2', 'Наличные', 'Успешно', '1.98', /\d\d\.\d\d\.\d{4} \d\d:/]) {
    assert.ok(typeof part === 'string' ? sale.includes(part) : part.test(sale), `${part}: ${sale}`)
  }
  await sellBread(shop)
  await rows(page).nth(4).waitFor()
  assert.equal((await titles(page))[0], 'Продажа', 'a new one comes on top by itself')
})

scene(shop, 'a receipt is found by number, УИ and sum', async (page) => {
  await openList(page)
  const search = page.getByRole('searchbox', { name: 'Поиск чека' })
  for (const [text, found] of [
    ['3', ['Внесение']],
    ['№ 4', ['Изъятие']],
    [String(first.uid), ['Продажа']],
    [String(first.uid).toLowerCase(), ['Продажа']],
    [String(first.uid).replace(/.{4}(?=.)/g, '$& '), ['Продажа']],
    ['7777,77', ['Внесение']],
    ['50.00', ['Изъятие']],
    ['открытие', ['Открытие смены']],
  ] as const) {
    await search.fill(text)
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await rows(page).filter({ hasText: found[0] }).waitFor()
    assert.deepEqual(await titles(page), found, text)
  }
  await search.fill('нет такого')
  await page.getByText('Ничего не найдено').waitFor()
})

scene(shop, 'what is asked is seen, taken away, and outlives a reload', async (page) => {
  await openList(page)
  await button(page, 'Фильтры').click()
  await page.getByLabel('Товар').fill('хлеб')
  await page.getByLabel('Кассир').selectOption('Анна')
  await page.getByLabel('Тип чека').selectOption('Продажа')
  await page.getByLabel('С дня').fill('2020-01-01')
  await rows(page).filter({ hasText: 'Открытие' }).waitFor({ state: 'detached' })
  await examine(page, 'фильтры чеков')
  await page.reload()
  const away = (what: string) => button(page, `Убрать: ${what}`)
  for (const what of ['с 01.01.2020', 'Продажа', 'кассир Анна', 'товар «хлеб»']) {
    await away(what).waitFor()
  }
  await rows(page).filter({ hasText: '№ 2' }).getByRole('link').click()
  await heading(page, 'Продажа № 2').waitFor()
  await button(page, 'Назад').click()
  await away('товар «хлеб»').waitFor()
  await button(page, 'Фильтры').click()
  await page.getByLabel('Карта').fill('77')
  await page.getByText('Ничего не найдено: с 01.01.2020, Продажа, кассир Анна').waitFor()
  await away('карта *77').click()
  await rows(page).filter({ hasText: '№ 2' }).waitFor()
  await button(page, 'Сбросить всё').click()
  await rows(page).filter({ hasText: 'Открытие смены' }).waitFor()
})

scene(shop, 'a document’s page has УИ and QR, and prints a copy', async (page) => {
  await openList(page)
  await rows(page).filter({ hasText: '№ 2' }).getByRole('link').click()
  await heading(page, 'Продажа № 2').waitFor()
  const uid = String(first.uid)
  await page.locator('dl').getByText(uid, { exact: true }).waitFor()
  await page.getByRole('img', { name: `QR-код: ${uid}` }).waitFor()

  const original = await shop.paperWith(uid)
  assert.ok(!original.lines.join('\n').includes('КОПИЯ'))
  await button(page, 'Копия').click()
  await page.getByText('Копия отправлена на печать').waitFor()
  const copy = await shop.paperWith('КОПИЯ')
  assert.ok(copy.lines.join('\n').includes(uid))
  assert.ok(copy.number > original.number)
  assert.equal(shop.deviceDocuments().filter((each) => each.uid === uid).length, 1)
})

scene(shop, 'an address that changes while the page comes up is followed', async (page) => {
  await signIn(page, shop)
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      location.hash = '#/receipts'
    })
  })
  await page.goto('about:blank')
  await page.goto(`${shop.addresses.register}/#/menu`)
  await heading(page, 'Список чеков').waitFor()
})
