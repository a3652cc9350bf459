import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { makeSaleRed } from './red-receipt.ts'
import {
  button,
  carryOut,
  demo,
  heading,
  loaded,
  openShop,
  scan,
  scene,
  sellBread,
  signIn,
} from './shop.ts'

// H4 … H8: what hands, eyes and ears meet at the till.

const shop = await openShop()
const milk = demo('Молоко «Рассвет» топлёное 4 % 0,5 л')

scene(
  shop,
  'a number field that is pressed offers digits, and they go with the press',
  async (page) => {
    await carryOut(shop, 'shift-opening')
    await signIn(page, shop, 'Ольга')
    await button(page, 'Продажа').click()
    await heading(page, 'Продажа').waitFor({ state: 'attached' })
    await scan(page, milk.code)
    const quantity = page.getByRole('spinbutton', { name: 'Количество' })
    const digits = page.getByRole('group', { name: 'Цифры' })
    const key = (text: string) => digits.getByText(text, { exact: true }).click()
    await quantity.click()
    await key('1')
    await key('2')
    assert.equal(await quantity.inputValue(), '12')
    await digits.getByTitle('Стереть').click()
    assert.equal(await quantity.inputValue(), '1')
    await page.getByLabel('Скидка', { exact: true }).click()
    for (const each of ['1', '0', '%']) await key(each)
    await page.getByLabel('Итого', { exact: true }).filter({ hasText: '1.70' }).waitFor()
    await page.getByLabel('Цена', { exact: true }).click()
    await page.keyboard.press('End')
    await digits.waitFor({ state: 'detached' })
  },
)

const sizes = [
  [360, 640],
  [640, 360],
  [1024, 600],
  [1280, 800],
  [1920, 1080],
] as const

/** In each size these are whole within the window and nothing lies over them. */
async function inSightEverywhere(page: Page, what: string, wanted: readonly Locator[]) {
  await loaded(page)
  const elements = await Promise.all(wanted.map((each) => each.elementHandle()))
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    assert.deepEqual(await page.evaluate(hiddenOf, elements), [], `${what} at ${width}×${height}`)
  }
}

/** Those of the elements that cannot be pressed at once, and how much too wide the page is. */
async function hiddenOf(elements: readonly (Node | null)[]): Promise<string[]> {
  scrollTo({ top: 0 })
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const wider = document.documentElement.scrollWidth - innerWidth
  const hidden = elements.flatMap((element) => {
    if (!(element instanceof Element)) return ['?']
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    if (isInside && over && (element.contains(over) || over.contains(element))) return []
    return [`${element.textContent} at ${top}…${bottom} of ${innerHeight}`]
  })
  return wider > 0 ? [...hidden, `${wider} px too wide`] : hidden
}

/** Lines of the receipt that are seen whole. */
const linesSeen = (page: Page) =>
  page.locator('.line').evaluateAll((lines) => {
    const list = lines[0]?.parentElement?.getBoundingClientRect()
    if (!list) return 0
    return lines.filter((line) => {
      const { top, bottom } = line.getBoundingClientRect()
      return top >= list.top - 1 && bottom <= list.bottom + 1
    }).length
  })

scene(shop, 'in five sizes the main action and the way out are in sight', async (page) => {
  const sold = await sellBread(shop)
  await page.goto(shop.addresses.register)
  await button(page, 'Ольга').click()
  await inSightEverywhere(page, 'PIN', [button(page, 'Войти')])
  await page.setViewportSize({ width: 1280, height: 800 })
  await signIn(page, shop, 'Ольга')
  const back = button(page, 'Назад')
  const go = async (hash: string) => {
    await page.goto(`${shop.addresses.register}/#/${hash}`)
    await loaded(page)
  }
  await inSightEverywhere(page, 'menu', [button(page, 'Меню'), button(page, 'Продажа')])
  await go('sale')
  // Whatever is weighed would ask for its weight.
  const pieces = page.locator('.goods-tile').filter({ hasNotText: /за/ })
  for (let i = 0; i < 12; i += 1) await pieces.nth(i).click()
  assert.ok((await linesSeen(page)) >= 8, 'eight lines of the receipt at 1280×800')
  const due = page.getByText('Итого', { exact: true }).and(page.locator(':visible'))
  await inSightEverywhere(page, 'sale', [back, due, button(page, 'К оплате')])
  const carry = button(page, 'Провести')
  // Nothing that is pinned lies over a digit.
  const digits = ['1', '5', '9', '0'].map((key) => button(page, key))
  const screens: readonly [hash: string, ...wanted: Locator[]][] = [
    ['sale/means', button(page, 'Наличные'), button(page, 'Карта')],
    ['sale/cash', carry, ...digits, page.getByLabel('Получено', { exact: true })],
    ['sale/mixed', carry, ...digits, page.getByLabel('Картой', { exact: true })],
    ['sale/other', carry],
    ['deposit', carry, ...digits, page.getByLabel('Сумма', { exact: true })],
    ['withdrawal', carry],
    ['receipts', page.getByRole('searchbox')],
    [`receipts/${sold.id}`, button(page, 'Возврат'), button(page, 'Копия')],
    [`receipts/${sold.id}/refund`, carry],
    [`done/${sold.id}`, button(page, 'Новая продажа')],
    ['cards'],
    ['facts'],
    ['settings'],
    ['settings/maintenance'],
    ['settings/correction', button(page, 'Скорректировать сумму')],
    ['settings/goods', page.getByRole('searchbox')],
    ['settings/goods/new', button(page, 'Сохранить')],
    ['settings/goods/1', button(page, 'Сохранить')],
  ]
  for (const [hash, ...wanted] of screens) {
    await go(hash)
    await inSightEverywhere(page, hash, [back, ...wanted])
  }
  await go('close-shift')
  await inSightEverywhere(page, 'close-shift', [back, button(page, 'Далее')])
})

scene(
  shop,
  'over a red receipt one message stands, its step in sight, beside the sum',
  async (page) => {
    await signIn(page, shop, 'Ольга')
    await makeSaleRed(page, shop)
    await page.goto(`${shop.addresses.register}/#/sale`)
    const due = page.getByText('Итого', { exact: true })
    await inSightEverywhere(page, 'a red receipt', [button(page, 'Открыть чек'), due])
    await button(page, 'Открыть чек').click()
    await inSightEverywhere(page, 'what happened', [button(page, 'ОК')])
    await button(page, 'ОК').click()
    await inSightEverywhere(page, 'its form', [button(page, 'УСПЕШНО'), button(page, 'НЕУСПЕШНО')])
    await button(page, 'НЕУСПЕШНО').click()
    await inSightEverywhere(page, 'the question', [button(page, 'НЕТ')])
  },
)
