import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { GS } from '#core/document/mark.ts'
import { asRussianKeys } from '#core/keyboard.ts'
import {
  button,
  carryOut,
  demo,
  done,
  factOf,
  handheld,
  heading,
  openShop,
  scan,
  scene,
  signIn,
  wedge,
} from './shop.ts'

// Marked goods at the till: a unit is known by its code, sold once, and comes back by the code.

const shop = await openShop()
const water = demo('Туалетная вода «Ясень» 50 мл')
const scent = demo('Духи «Ясень» подарочные 30 мл')
const codeOf = ({ code }: { code: string }, serial: string) => `010${code}21${serial}${GS}93aB1x`
const UKZ = `${'7'.repeat(27)}QWE`

const missed = (page: Page) => page.getByRole('alert').filter({ hasText: 'Код не принят' })
const totalIs = (page: Page, sum: string) =>
  page.getByLabel('Итого', { exact: true }).filter({ hasText: sum }).waitFor()
/** As a scanner sends it that gives the symbology's name and the separator as it is. */
const scanUnit = (page: Page, code: string) => wedge(page, [...']d2', ...code, 'Enter'])
const dialog = (page: Page) => page.getByRole('dialog')

const unit = codeOf(water, 'Zx3kQ/8w-0aB1')
const other = codeOf(water, 'secondUnit_13')

/** Two units: one by its code at once, one by a barcode and then its code. */
async function sellUnits(page: Page): Promise<void> {
  await scanUnit(page, unit)
  await totalIs(page, '42.90')
  await page.getByText('Код …w-0aB1').waitFor()
  await scan(page, unit.replace(GS, '<GS>'))
  await missed(page).filter({ hasText: 'Эта единица уже в чеке' }).waitFor()
  await missed(page).getByRole('button').click()
  // A plain barcode says of which goods, not which unit.
  await scan(page, water.code)
  await dialog(page).getByText('Отсканируйте код маркировки').waitFor()
  await scan(page, unit)
  await dialog(page).getByText('этот код маркировки уже есть в чеке').waitFor()
  await scan(page, asRussianKeys(`]d2${other.replace(GS, '<GS>')}`))
  await dialog(page).waitFor({ state: 'detached' })
  await totalIs(page, '85.80')
  await page.keyboard.press('F4')
  await button(page, 'Наличные').click()
  await button(page, 'Провести').click()
  await page.getByText('Документ № 2 оформлен').waitFor()
}

/** From the list of receipts to the refund of the unit, each time by its code. */
async function giveBack(page: Page): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/receipts`)
  await heading(page, 'Список чеков').waitFor()
  await scan(page, unit.replace(GS, ''))
  await factOf(page, 'Коды маркировки').getByText('Zx3kQ/8w-0aB1<GS>93aB1x').waitFor()
  await page.getByText('[M] Туалетная вода').first().waitFor()
  await button(page, 'Возврат').click()
  await heading(page, 'Возврат').waitFor()
  await page.getByText('Код …w-0aB1').waitFor()
  await scan(page, codeOf(scent, 'nobodysunit13'))
  await missed(page).filter({ hasText: 'В этом чеке такой единицы нет' }).waitFor()
  await missed(page).getByRole('button').click()
  await scan(page, unit)
  await page.getByLabel('К возврату', { exact: true }).filter({ hasText: '42.90' }).waitFor()
  await button(page, 'Провести').click()
  await page.getByText('Документ № 3 оформлен').waitFor()
}

scene(shop, 'a unit is sold by one scan, refused twice, comes back by its code', async (page) => {
  await carryOut(shop, 'shift-opening')
  await signIn(page, shop)
  await sellUnits(page)
  await giveBack(page)
  const [refund] = done(await shop.register.operations({ limit: 1, kind: 'refund' })).operations
  assert.ok(refund)
  const { document } = done(await shop.register.operation({ id: refund.id }))
  assert.deepEqual(document?.lines[0]?.mark, { si: unit, ukz: null })
  // It may be sold again; the other one is sold.
  await page.goto(`${shop.addresses.register}/#/sale`)
  await scanUnit(page, unit)
  await totalIs(page, '42.90')
  await scanUnit(page, other)
  await dialog(page).getByText('Эта единица уже продана').waitFor()
  // A scan is never a yes.
  await scan(page, other)
  await missed(page).filter({ hasText: 'Закончите с окном' }).waitFor()
  await missed(page).getByRole('button').click()
  await button(page, 'Отмена').click()
  await totalIs(page, '42.90')
})

scene(
  { open: shop.open, size: handheld },
  'both codes are asked for, each fault by name, on a phone',
  async (page) => {
    await signIn(page, shop)
    await page.goto(`${shop.addresses.register}/#/sale`)
    await scan(page, UKZ)
    await missed(page).filter({ hasText: 'Это УКЗ' }).waitFor()
    await missed(page).getByRole('button').click()
    await scanUnit(page, codeOf(scent, 'PhoneUnit_013'))
    await dialog(page).getByText('Отсканируйте УКЗ').waitFor()
    await scan(page, `${UKZ}X`)
    await dialog(page).getByText('УКЗ — это 27 цифр и 3 латинские буквы').waitFor()
    await dialog(page).getByLabel('Код маркировки').fill(UKZ)
    await button(page, 'В чек').click()
    await totalIs(page, '89.50')
  },
)
