import assert from 'node:assert/strict'
import { button, carryOut, demo, heading, openShop, scan, scene, signIn } from './shop.ts'

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
