import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { found } from './red-receipt.ts'
import {
  button,
  carryOut,
  done,
  factOf,
  handheld,
  heading,
  newId,
  openShop,
  scene,
  sellBread,
  signIn,
  till,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const at = (page: Page, hash: string) => page.goto(`${shop.addresses.register}/#/${hash}`)
const clearing = async (on: boolean) =>
  void done(await shop.administrator.changeSettings({ clearing: on }))
/** A scene that broke off must not leave its red receipt to the next. */
async function tidyUp(): Promise<void> {
  await clearing(true)
  await shop.resetFaults()
  await until(
    'ничего красного',
    async () => done(await shop.register.status({})).open.length === 0 || undefined,
  )
}
const inAlert = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  const scened = (what: string, work: (page: Page) => Promise<unknown>) =>
    scene({ ...shop, size }, `${what} can be read and worked by anyone, ${name}`, (page) =>
      work(page).finally(tidyUp),
    )

  scened('a red receipt, its form and its words', async (page) => {
    await signIn(page, shop)
    await clearing(false)
    await shop.fault('sko.answer-lost', { count: 1 })
    const { id } = done(
      await shop.register.begin({ id: newId(), kind: 'deposit', sum: 700 as never }),
    )
    const alert = page.getByRole('alert').filter({ hasText: found('внесения') })
    await alert.waitFor()
    await examine(page, 'сообщение о красном чеке')
    await at(page, 'receipts')
    await page.getByText('Не завершена', { exact: true }).waitFor()
    await examine(page, 'красный чек в списке')
    await at(page, `receipts/${id}`)
    await page.getByRole('dialog').waitFor()
    await examine(page, 'что случилось')
    await inAlert(page, 'ОК')
    await page.getByRole('region', { name: 'Ответы СКО и оператора' }).waitFor()
    await examine(page, 'форма')
    // A colour is judged by what is written in it.
    await page.getByRole('textbox', { name: '№ чека' }).fill('1')
    await page.getByRole('textbox', { name: 'Дата и время' }).fill('24.11.2026 18:30')
    await page.getByRole('textbox', { name: 'УИ' }).fill('0'.repeat(24))
    await button(page, 'УСПЕШНО').click()
    await page.getByRole('dialog').waitFor()
    await examine(page, 'УСПЕШНО?')
    await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'УИ' }).waitFor()
    await examine(page, 'неверное поле')
    await button(page, 'НЕУСПЕШНО').click()
    await page.getByRole('dialog').waitFor()
    await examine(page, 'НЕУСПЕШНО?')
    await page.getByRole('dialog').getByRole('button', { name: 'НЕТ', exact: true }).click()
    await clearing(true)
    const notice = page.getByRole('status').filter({ hasText: 'операция успешна' })
    await notice.waitFor()
    await examine(page, 'уведомление')
    await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
    await notice.waitFor({ state: 'detached' })
  })

  scened('a refund and an annulment', async (page) => {
    const sale = await sellBread(shop)
    await signIn(page, shop)
    await at(page, `receipts/${sale.id}`)
    await button(page, 'Аннулирование').click()
    await page.getByRole('dialog').waitFor()
    await examine(page, 'аннулировать?')
    await page.getByRole('dialog').getByRole('button', { name: 'НЕТ', exact: true }).click()
    await button(page, 'Возврат').click()
    await page.getByRole('spinbutton', { name: 'Количество' }).waitFor()
    await examine(page, 'возврат')
    await button(page, 'Ничего').click()
    await examine(page, 'ничего не возвращается')
  })

  scened('a discrepancy and its correction', async (page) => {
    const copy = await shop.backup()
    await sellBread(shop)
    await shop.restore(copy)
    await signIn(page, shop, 'Ольга')
    await at(page, 'withdrawal')
    await page.getByLabel('Сумма', { exact: true }).fill('1')
    await button(page, 'Провести').click()
    await button(page, 'Аварийная коррекция').waitFor()
    await examine(page, 'отказ из-за расхождения')
    await at(page, 'facts')
    await page.getByText(/есть в СКО, нет в БД/).waitFor()
    await examine(page, 'откуда расхождение')
    await at(page, 'settings/correction')
    await heading(page, 'Аварийная коррекция').waitFor()
    await examine(page, 'коррекция без данных')
    await button(page, 'Получить актуальные данные').click()
    await factOf(page, 'Расхождение').getByText('1.98').waitFor()
    await examine(page, 'коррекция')
    await button(page, 'Скорректировать сумму').click()
    await page.getByText('Расхождение наличных скорректировано успешно').waitFor()
    await examine(page, 'скорректировано')
    await at(page, 'receipts')
    await page
      .getByRole('link', { name: /Аварийная коррекция/ })
      .first()
      .click()
    await heading(page, 'Аварийная коррекция').waitFor()
    await examine(page, 'чек коррекции')
  })

  scened('what is told of documents not sent and of a printer', async (page) => {
    await signIn(page, shop)
    await shop.fault('internet.down', { on: true })
    await shop.fault('printer.no-paper', { on: true })
    await sellBread(shop)
    await page.getByRole('alert').filter({ hasText: 'Ошибка передачи документов' }).waitFor()
    await until('принтер без бумаги', async () => {
      return done(await shop.register.status({})).printer.fault ?? undefined
    })
    await page.getByText('Нет бумаги в принтере').waitFor()
    await examine(page, 'сообщения')
  })
}
