import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  askToClose,
  bread,
  button,
  carryOut,
  choose,
  done,
  factOf,
  handheld,
  heading,
  newId,
  openShop,
  scene,
  sellBread,
  signIn,
  signOut,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 5000 })

const sum = (kopecks: number) => (kopecks / 100).toFixed(2)
const FOUND = 'Обнаружено расхождение наличных в БД и СКО'

/** БД and СКО part by honest means: an older backup of the register is put back (R19). */
async function loseMemoryOf(work: () => Promise<unknown>): Promise<void> {
  const copy = await shop.backup()
  await work()
  await shop.restore(copy)
}

async function openCorrection(page: Page): Promise<void> {
  await heading(page, 'Главное меню').waitFor()
  await button(page, 'Настройки').click()
  await page.getByRole('link', { name: /Обслуживание/ }).click()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Аварийная коррекция суммы наличных в БД' })
    .getByRole('button', { name: 'Выполнить', exact: true })
    .click()
  await heading(page, 'Аварийная коррекция').waitFor()
}

/** D17: without the device there is nothing to correct by, and the step that helps is named. */
async function askWithoutDevice(page: Page): Promise<void> {
  await shop.fault('sko.unplugged', { on: true })
  await button(page, 'Получить актуальные данные').click()
  await page.getByRole('alert').filter({ hasText: 'Проверьте подключение СКО' }).waitFor()
  await shop.fault('sko.unplugged', { on: false })
  await page.getByText('СКО на связи').waitFor()
}

/** What is in the drawer is taken out and the shift closed, as a cashier does at night. */
async function closeShift(page: Page): Promise<void> {
  const { cash } = done(await shop.register.facts({}))
  await page.goto(`${shop.addresses.register}/#/withdrawal/${cash}`)
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await button(page, 'Готово').click()
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await heading(page, 'Z-отчёт').waitFor()
}

scene(shop, 'S4.1–S4.2: a discrepancy stops the closing, the correction mends it', async (page) => {
  await loseMemoryOf(() => sellBread(shop))
  await signIn(page, shop)
  await page.goto(`${shop.addresses.register}/#/withdrawal`)
  await page.getByLabel('Сумма', { exact: true }).fill('10')
  await button(page, 'Провести').click()
  const refusal = page.getByRole('alert').filter({ hasText: FOUND })
  await refusal.getByText(sum(bread.price)).waitFor()
  await refusal.getByRole('button', { name: 'Получить данные', exact: true }).click()
  await factOf(page, 'Расхождение').getByText(sum(bread.price)).waitFor()
  await page.getByText(/есть в СКО, нет в БД/).waitFor()
  await choose(page, 'Главное меню')
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: FOUND }).waitFor()

  await signOut(page)
  await signIn(page, shop, 'Ольга')
  await openCorrection(page)
  const fix = button(page, 'Скорректировать сумму')
  assert.ok(await fix.isDisabled())
  await askWithoutDevice(page)
  await button(page, 'Получить актуальные данные').click()
  await factOf(page, 'Расхождение').getByText(sum(bread.price)).waitFor()
  await fix.click()
  await page.getByText('Расхождение наличных скорректировано успешно').waitFor()
  await choose(page, 'Чеки')
  const rows = page.getByRole('table', { name: 'Список чеков' }).getByRole('row')
  await rows.nth(1).getByRole('link', { name: 'Аварийная коррекция' }).click()
  const shown = page.getByRole('region', { name: 'Документ «Аварийная коррекция»' })
  await shown.getByText('НЕФИСКАЛЬНЫЙ ДОКУМЕНТ').waitFor()
  const paper = await shop.paperWith('АВАРИЙНАЯ КОРРЕКЦИЯ')
  assert.ok(paper.lines.join('\n').includes('НЕФИСКАЛЬНЫЙ ДОКУМЕНТ'))

  await signOut(page)
  await signIn(page, shop)
  await closeShift(page)
  assert.equal(done(await shop.register.facts({})).discrepancy, 0)
})

scene(shop, 'S4.3: a cashier neither sees nor reaches the correction', async (page) => {
  await signIn(page, shop)
  await page.goto(`${shop.addresses.register}/#/settings/maintenance`)
  await factOf(page, 'Автоматическое уточнение операций').getByText('включено').waitFor()
  assert.equal(await page.getByRole('switch').count(), 0)
  assert.equal(await page.getByText('Аварийная коррекция').count(), 0)
  await page.goto(`${shop.addresses.register}/#/settings/correction`)
  await page.getByText('Аварийную коррекцию проводит тот, у кого есть это право').waitFor()
  const refused = await shop.register.correct({ id: newId(), discrepancy: 100 })
  assert.ok(refused.kind === 'refused' && refused.code === 'right.required')
})

scene(
  { ...shop, size: handheld },
  'S4.4: БД above СКО, then mended on a handheld',
  async (page) => {
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'deposit', { sum: 5000 })
    const sale = await sellBread(shop)
    await loseMemoryOf(() => carryOut(shop, 'withdrawal', { sum: 2000 }))
    const before = shop.deviceDocuments().length
    await signIn(page, shop, 'Ольга')
    await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
    await button(page, 'Возврат').click()
    await button(page, 'Вернуть всё').click()
    await button(page, 'Провести').click()
    const refusal = page.getByRole('alert').filter({ hasText: FOUND })
    await refusal.getByText('-20.00').waitFor()
    assert.equal(shop.deviceDocuments().length, before, 'the device was not touched')
    await refusal.getByRole('button', { name: 'Аварийная коррекция', exact: true }).click()
    await heading(page, 'Аварийная коррекция').waitFor()
    await button(page, 'Получить актуальные данные').click()
    await button(page, 'Скорректировать сумму').click()
    await page.getByText('Расхождение наличных скорректировано успешно').waitFor()
    await closeShift(page)
  },
)
