import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, NodeResult } from 'axe-core'
import type { Page } from 'playwright-core'
import {
  bread,
  button,
  carryOut,
  curd,
  handheld,
  heading,
  openShop,
  scene,
  sellBread,
  signIn,
  till,
} from './shop.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shop = await openShop()
await carryOut(shop, 'shift-opening')
await sellBread(shop)

// Axe sees no colour behind a gradient or under another element; there a person must look.
const unseen = /gradient|overlap|obscur|background image|pseudo/i
const isUnseen = (node: NodeResult) =>
  [...node.any, ...node.all, ...node.none].every(({ message }) => unseen.test(message))

/** Everything that keeps somebody from reading or working this screen. */
async function examine(page: Page, where: string): Promise<void> {
  await page.evaluate(axe)
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )) as AxeResults
  const doubtful = results.incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isUnseen(node)) }))
  const found = [...results.violations, ...doubtful].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [`${where}: ${id}`, target.join(' '), failureSummary].join(' '),
    ),
  )
  assert.deepEqual(found, [])
}

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
        await page.waitForLoadState('networkidle')
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
      const dialog = page.getByRole('alertdialog')
      await dialog.waitFor()
      await examine(page, 'диалог S1.1')
      await shop.start('sko')
      await dialog.getByRole('button', { name: 'Продолжить', exact: true }).click()
      await page.getByText(/Документ № \d+ оформлен/).waitFor()
      await examine(page, 'готово')
    },
  )
}
