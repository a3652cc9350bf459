import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { formatMoney, kopecks } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { examine } from './axe.ts'
import { agrees, changeClearing, makeSaleRed, openRed } from './red-receipt.ts'
import {
  button,
  carryOut,
  done,
  handheld,
  heading,
  loaded,
  openShop,
  scene,
  signIn,
  till,
  until,
} from './shop.ts'

// C2b: the operator's people decide what nobody can tell; K7: they retire a device.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

async function enterAsStaff(page: Page, register = '199999999'): Promise<void> {
  await page.goto(shop.addresses.operator)
  await page.getByLabel('Почта', { exact: true }).fill('staff@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
  await page.getByRole('link', { name: 'Кассы', exact: true }).click()
  await page.getByRole('link', { name: register }).click()
  await heading(page, `Касса ${register}`).waitFor()
}

async function decide(last: ReturnType<typeof shop.deviceDocuments>[number]): Promise<void> {
  const staff = await shop.open()
  await enterAsStaff(staff)
  await button(staff, 'Решить операцию').click()
  const dialog = staff.getByRole('dialog')
  const fill = (label: string, text: string) => dialog.getByLabel(label, { exact: true }).fill(text)
  const [day = '', time = ''] = printedMoment(last.at).split(' ')
  await fill('Код операции', `${last.operation}/${last.number}`)
  await fill('№ чека', String(last.number))
  await fill('День', day.split('.').reverse().join('-'))
  await fill('Время', time)
  await fill('Сумма', formatMoney(kopecks(last.sum)))
  await fill('УИ', last.uid)
  await fill('Причина', 'Журнал СКО прочитан в мастерской')
  await loaded(staff)
  await examine(staff, 'решение сотрудника')
  await dialog.getByRole('button', { name: 'Решить операцию', exact: true }).click()
  await staff.getByText('Журнал СКО прочитан в мастерской').waitFor()
  await examine(staff, 'решения кассы')
  await staff.context().close()
}

scene(shop, 'C2b: staff read the device and decide, the till takes it by itself', async (page) => {
  await signIn(page, shop)
  await shop.fault('internet.down', { on: true })
  await makeSaleRed(page, shop)
  const last = shop.deviceDocuments().at(-1)
  assert.ok(last)
  await shop.kill('sko')
  await shop.fault('internet.down', { on: false })
  await decide(last)
  await openRed(page)
  await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
  await button(page, 'Взять решение оператора').click()
  await button(page, 'Принять ответ оператора').waitFor()
  await page.getByText('Решил сотрудник оператора: staff@demo.by').waitFor()
  await loaded(page)
  await examine(page, 'решение в форме')
  await changeClearing(shop, true)
  await page.getByText('Так решил оператор (staff@demo.by)').first().waitFor()
  await shop.start('sko')
  await until('документ получен', async () => {
    const { operations } = done(await shop.register.operations({ limit: 1 }))
    return operations[0]?.proof === 'proved' || undefined
  })
  await agrees(shop)
})

scene(shop, 'K7: staff retire a device with a reason: its chain is sealed', async (page) => {
  await enterAsStaff(page, '199999998')
  await page.setViewportSize(handheld)
  await page.getByRole('button', { name: /^Вывести из работы СКО/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Причина', { exact: true }).fill('Утеряно при переезде')
  await loaded(page)
  await examine(page, 'вывод из работы')
  await dialog.getByRole('button', { name: 'Вывести из работы', exact: true }).click()
  await page.getByText('staff@demo.by: Утеряно при переезде').waitFor()
  await page.setViewportSize(till)
  await page.goto(`${shop.addresses.operator}/#/fleet?search=199999998`)
  await page.getByText('нет СКО', { exact: true }).waitFor()
})
