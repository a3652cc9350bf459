import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { formatMoney } from '#core/money.ts'
import { isoMinsk } from '#core/time.ts'
import { examine } from './axe.ts'
import { agrees, list, makeSaleRed, openRed } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  done,
  handheld,
  heading,
  loaded,
  openShop,
  scan,
  scene,
  sellBread,
  signIn,
  until,
} from './shop.ts'

// C2b: the till's line is cut; somebody who has one carries the operator's answer to it.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

async function enterCabinet(page: Page): Promise<void> {
  await page.goto(shop.addresses.operator)
  await page.getByLabel('Почта', { exact: true }).fill('client@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
  await page.getByRole('link', { name: 'Что стало с операцией' }).click()
  await heading(page, 'Что стало с операцией').waitFor()
}

/** A red sale whose document is at the operator; nobody is reached from the till any more. */
async function cutOffInRed(page: Page): Promise<void> {
  await makeSaleRed(page, shop)
  const last = shop.deviceDocuments().at(-1)
  assert.ok(last)
  await until('документ у оператора', async () => {
    const { documents } = done(await shop.operator.documents({ number: last.number }))
    return documents.some(({ uid }) => uid === last.uid) || undefined
  })
  await shop.fault('internet.down', { on: true })
  await shop.kill('sko')
}

async function backAgain(): Promise<void> {
  await shop.resetFaults()
  await shop.start('sko')
  await until('документ получен', async () => {
    const { operations } = done(await shop.register.operations({ limit: 1 }))
    return operations[0]?.proof === 'proved' || undefined
  })
  await agrees(shop)
}

async function openForm(page: Page): Promise<void> {
  await openRed(page)
  await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
  await page.getByLabel('Ответ оператора', { exact: true }).first().waitFor()
}

/** A slow machine tears a burst of 400 keys: whoever scans reads that, and scans again. */
async function scanAnswer(page: Page, digits: string, heard: Locator): Promise<void> {
  const missed = page.locator('.missed')
  for (let tries = 0; tries < 5; tries += 1) {
    await scan(page, digits)
    await heard.or(missed).first().waitFor()
    if (await heard.isVisible()) return
    await missed.locator('.alert-close').click()
  }
  assert.fail('the answer is scanned whole')
}

const digitsOn = async (page: Page): Promise<string> =>
  page.getByRole('textbox', { name: 'Ответ цифрами' }).inputValue()

scene(shop, 'an answer by time and sum is scanned into the red receipt’s form', async (page) => {
  await signIn(page, shop)
  await cutOffInRed(page)
  const cabinet = await shop.open()
  await enterCabinet(cabinet)
  const last = shop.deviceDocuments().at(-1)
  assert.ok(last)
  const [day = '', time = ''] = isoMinsk(last.at).slice(0, 16).split('T')
  await cabinet.getByLabel('День', { exact: true }).fill(day)
  await cabinet.getByLabel('Время', { exact: true }).fill(time)
  await cabinet.getByLabel('Сумма', { exact: true }).fill(formatMoney(last.sum))
  await button(cabinet, 'Спросить').click()
  await heading(cabinet, 'Операция проведена').waitFor()
  await cabinet.getByRole('img', { name: 'QR-код ответа для кассы' }).waitFor()
  await examine(cabinet, 'ответ')
  const digits = (await digitsOn(cabinet)).replaceAll(' ', '')
  assert.match(digits, /^\d{300,432}$/)

  await page.goto(`${shop.addresses.register}/#/sale`)
  await heading(page, 'Продажа').waitFor()
  await scanAnswer(page, digits, page.getByText('Это ответ оператора: откройте красный чек'))
  await page.locator('.missed .alert-close').click()

  await openForm(page)
  await scanAnswer(page, digits, page.getByText('Операция успешна', { exact: true }))
  assert.equal(done(await shop.register.status({})).open.length, 1, 'a scan decides nothing')
  await examine(page, 'форма с ответом')
  await button(page, 'Принять ответ оператора').click()
  await heading(page, `Продажа № ${last.number}`).waitFor()
  await page.getByText('Успешно, по ответу оператора').first().waitFor()
  await cabinet.context().close()
  await backAgain()
  await sellBread(shop)
})

scene(shop, 'an answer by the form’s code is pasted; altered ones are refused', async (page) => {
  await signIn(page, shop)
  const before = await agrees(shop)
  await cutOffInRed(page)
  await openForm(page)
  const code = await page.locator('.ask-code code').textContent()
  assert.match(code ?? '', /^[0-9a-f-]{36}\/\d+$/)
  const cabinet = await shop.open(handheld)
  await enterCabinet(cabinet)
  await cabinet.getByLabel('Что известно', { exact: true }).selectOption('Код операции')
  await cabinet.getByLabel('Код операции', { exact: true }).fill(code ?? '')
  await button(cabinet, 'Спросить').click()
  await heading(cabinet, 'Операция проведена').waitFor()
  const text = await digitsOn(cabinet)
  await examine(cabinet, 'ответ')
  await cabinet.context().close()

  const field = page.getByRole('textbox', { name: 'Ответ оператора' })
  await field.fill(text.slice(0, -3))
  await page.getByText('Прочитан не целиком').waitFor()
  assert.equal(await button(page, 'Принять ответ оператора').count(), 0)
  await field.fill(altered(text))
  await button(page, 'Принять ответ оператора').click()
  await page.getByRole('alert').filter({ hasText: 'не подписан оператором' }).waitFor()
  await field.fill(text)
  await loaded(page)
  await button(page, 'Принять ответ оператора').click()
  await heading(page, /^Продажа № \d+$/).waitFor()
  await page.goto(`${shop.addresses.register}/#/receipts`)
  await list(page).getByText('Успешно, по ответу оператора').first().waitFor()
  await backAgain()
  assert.equal(await agrees(shop), before + bread.price)
})

/** One digit of the signature is another, and the check digits are counted anew. */
function altered(text: string): string {
  const body = text.replaceAll(' ', '').slice(0, -4)
  const other = `${body.slice(0, -1)}${(Number(body.at(-1)) + 1) % 10}`
  return other + String(BigInt(other) % 9973n).padStart(4, '0')
}
