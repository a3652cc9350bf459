import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import {
  bread,
  button,
  carryOut,
  curd,
  handheld,
  heading,
  loaded,
  openShop,
  scene,
  sellBread,
  signIn,
  till,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await sellBread(shop)

async function ringUp(page: Page): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/sale`)
  const search = page.getByRole('searchbox', { name: 'Поиск товара' })
  for (const [code, sum] of [
    [bread.code, '1.98'],
    [curd.code, '13.88'],
  ] as const) {
    // On a narrow screen the receipt stands in the place of the goods.
    const goods = button(page, 'Товары')
    if (await goods.isVisible()) await goods.click()
    await search.fill(code)
    await search.press('Enter')
    if (code === curd.code) {
      const weight = page.getByRole('dialog', { name: curd.name })
      await weight.getByRole('textbox').fill('1')
      await weight.getByRole('button', { name: 'В чек' }).click()
    }
    const total = page.getByLabel('Итого', { exact: true })
    await total.filter({ hasText: sum }).waitFor({ state: 'attached' })
  }
}

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene(
    { ...shop, size },
    `sign-in, menus and lists can be read and worked by anyone, ${name}`,
    async (page) => {
      await page.goto(shop.addresses.register)
      await button(page, 'Анна').click()
      await examine(page, 'вход')
      await signIn(page, shop)
      await examine(page, 'главное меню')
      await button(page, 'Меню').click()
      await examine(page, 'боковое меню')
      for (const [hash, title] of [
        ['receipts', 'Список чеков'],
        ['facts', 'Информация о программной кассе'],
        ['deposit', 'Внесение'],
        ['settings/maintenance', 'Обслуживание'],
      ] as const) {
        await page.goto(`${shop.addresses.register}/#/${hash}`)
        await heading(page, title).waitFor()
        await loaded(page)
        await examine(page, title)
      }
    },
  )

  scene({ ...shop, size }, `the stand can be read and worked by anyone, ${name}`, async (page) => {
    await shop.backup()
    await page.goto(shop.addresses.stand)
    await page.getByRole('button', { name: 'Вернуть', exact: true }).first().waitFor()
    await examine(page, 'стенд')
    await shop.fault('printer.no-paper', { on: true })
    await shop.fault('sko.answer-lost', { count: 1 })
    await page.getByText('Сбоев включено: 2').waitFor()
    await examine(page, 'стенд со сбоями')
    await shop.resetFaults()
  })

  scene(
    { ...shop, size },
    `selling and the dialog of a lost СКО can be read and worked by anyone, ${name}`,
    async (page) => {
      await signIn(page, shop)
      await ringUp(page)
      await examine(page, 'продажа')
      await page.goto(`${shop.addresses.register}/#/sale/means`)
      await button(page, 'Наличные').waitFor()
      await examine(page, 'средства оплаты')
      await button(page, 'Наличные').click()
      await page.getByLabel('Получено', { exact: true }).waitFor()
      await examine(page, 'оплата')
      await shop.kill('sko')
      await button(page, 'Провести').click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      await examine(page, 'диалог S1.1')
      await shop.start('sko')
      await dialog.getByRole('button', { name: 'Продолжить', exact: true }).click()
      await page.getByText(/Документ № \d+ оформлен/).waitFor()
      await examine(page, 'готово')
    },
  )
}
