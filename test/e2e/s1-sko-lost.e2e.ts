import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { agrees, sell } from './red-receipt.ts'
import {
  askToClose,
  bread,
  button,
  carryOut,
  done,
  factOf,
  heading,
  newId,
  openShop,
  scene,
  signIn,
  until,
} from './shop.ts'

const LOST = 'Произошла потеря связи с СКО! Проверьте подключение и нажмите Продолжить'
const shop = await openShop()
await carryOut(shop, 'shift-opening')

const dialog = (page: Page) => page.getByRole('dialog', { name: LOST, exact: true })
const press = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true }).click()

/** Sales as each of the three holds them, once the operator has all. */
async function salesEverywhere() {
  const device = shop.deviceDocuments().filter(({ kind }) => kind === 'sale')
  const register = done(await shop.register.operations({ kind: 'sale' })).operations
  const operator = await until('все продажи у оператора', async () => {
    const { documents } = done(await shop.operator.documents({ kind: 'sale' }))
    return documents.length >= device.length ? documents : undefined
  })
  const uids = (rows: readonly { uid: string | null }[]) => rows.map(({ uid }) => uid).sort()
  assert.deepEqual(uids(register), uids(device))
  assert.deepEqual(uids(operator), uids(device))
  return device.length
}

scene(shop, 'S1.1–S1.3: the dialog outlives everything, «Продолжить» completes', async (page) => {
  const before = await agrees(shop)
  await signIn(page, shop)
  await shop.kill('sko')
  await sell(page, shop)
  await dialog(page).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await press(page, 'Продолжить')
  await dialog(page).getByText('Связи с СКО по-прежнему нет.').waitFor()

  await page.reload()
  await dialog(page).waitFor()

  await shop.kill('register')
  await shop.start('register')
  await page.reload()
  await dialog(page).waitFor()
  assert.equal(done(await shop.register.session({})).user, 'Анна', 'nobody is signed out')
  const other = await shop.register.begin({ id: newId(), kind: 'deposit', sum: 1 })
  assert.ok(other.kind === 'refused' && other.code === 'operation.open')

  await shop.start('sko')
  await press(page, 'Продолжить')
  await dialog(page).waitFor({ state: 'detached' })
  await page.getByText(/документ № 2/i).waitFor()
  assert.equal(await salesEverywhere(), 1)
  assert.equal(await agrees(shop), before + bread.price)
  const [sale] = shop.deviceDocuments().filter(({ kind }) => kind === 'sale')
  await shop.paperWith(String(sale?.uid))
})

scene(shop, 'S1.4: «Отказаться» fails it, nothing moved, work goes on', async (page) => {
  const before = await agrees(shop)
  const sales = await salesEverywhere()
  await signIn(page, shop)
  await shop.kill('sko')
  await sell(page, shop)
  await dialog(page).waitFor()
  await press(page, 'Отказаться')
  const alert = page.getByRole('alert').filter({ hasText: 'Ошибка операции' })
  await alert.waitFor()
  assert.match(await alert.innerText(), /операторо/, 'R4: advises to check with the operator')
  await dialog(page).waitFor({ state: 'detached' })

  await shop.start('sko')
  assert.equal(await agrees(shop), before)
  assert.equal(await salesEverywhere(), sales)
  // The goods stayed in the basket: the same receipt goes through under a new id.
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  assert.equal(await salesEverywhere(), sales + 1)
  assert.equal(await agrees(shop), before + bread.price)
})

scene(shop, 'S1.1: deposit, withdrawal and closing meet the same dialog', async (page) => {
  await carryOut(shop, 'deposit', { sum: 1000 })
  const cash = await agrees(shop)
  await signIn(page, shop)
  await shop.kill('sko')
  for (const what of ['Внесение', 'Изъятие']) {
    await button(page, what).click()
    await page.getByLabel('Сумма', { exact: true }).fill('5')
    await button(page, 'Провести').click()
    await dialog(page).waitFor()
    await press(page, 'Отказаться')
    await page.getByRole('alert').filter({ hasText: 'Ошибка операции' }).waitFor()
    await button(page, 'Назад').click()
    await heading(page, 'Главное меню').waitFor()
  }
  await shop.start('sko')
  assert.equal(await agrees(shop), cash)
  await carryOut(shop, 'withdrawal', { sum: cash })

  await shop.kill('sko')
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await dialog(page).waitFor()
  await shop.start('sko')
  await press(page, 'Продолжить')
  await heading(page, 'Z-отчёт').waitFor()
  assert.equal(shop.deviceDocuments().filter(({ kind }) => kind === 'shift-closing').length, 1)
})

scene(shop, 'S1.1: a shift opening meets it too', async (page) => {
  await signIn(page, shop)
  await shop.kill('sko')
  await button(page, 'Открыть смену').click()
  await dialog(page).waitFor()
  await shop.start('sko')
  await press(page, 'Продолжить')
  await dialog(page).waitFor({ state: 'detached' })
  await page.getByRole('banner').getByText('Смена № 2').waitFor()
  await page.goto(`${shop.addresses.register}/#/facts`)
  await factOf(page, 'Смена').getByText('№ 2').waitFor()
})
