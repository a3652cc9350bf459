import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { demoPeople } from '#core/demo/shop.ts'
import { operationsWords } from '#core/words/operations.ts'
import { paperWords } from '#core/words/paper.ts'
import { tillWords } from '#core/words/till.ts'
import { demoBasket } from '#stand/demo/basket.ts'
import { demoGoods } from '#stand/demo/goods.ts'
import { type Stand, startStand } from '#stand/stand.ts'
import { openChromium } from './chromium.ts'

// Pictures of the README, taken of the real thing: it starts a stand of its own.

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')
const wide = { width: 1280, height: 800 }
const tall = { width: 1280, height: 900 }
const whole = { width: 1280, height: 2000 }
const narrow = { width: 360, height: 640 }
const words = tillWords.ru
const payInCash = [words.sale.toPay, words.pay.cash, words.carryOut]
const payOnCard = [words.sale.toPay, words.pay.card, words.carryOut]
const registered = new RegExp(words.done.registered(0).replace('0', '\\d+'))

const codeOf = (name: string): string => {
  const found = demoGoods.find((goods) => goods.name === name)
  if (!found?.code) throw new Error(`no goods are called “${name}”`)
  return found.code
}

async function openTill(browser: Browser, stand: Stand, size: typeof wide): Promise<Page> {
  const page = await browser.newPage({
    viewport: size,
    locale: 'ru-RU',
    reducedMotion: 'reduce',
  })
  await page.goto(stand.addresses.register)
  await page.getByRole('button', { name: demoPeople.cashier, exact: true }).click()
  await page.getByLabel('PIN', { exact: true }).fill('1111')
  await page.getByRole('button', { name: words.signIn.enter, exact: true }).click()
  await page.getByRole('heading', { name: words.menu.heading }).waitFor()
  return page
}

async function openShift(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.menu.openShift, exact: true }).click()
  await page.getByText(words.messages.shiftOpened(1)).waitFor()
  // Without the notice, which would stand over the picture.
  await page.reload()
}

/** The four goods in the basket, by code as a scanner gives them. */
async function ringUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.menu.sale, exact: true }).click()
  for (const { name, weight } of demoBasket) {
    const goods = page.getByRole('button', { name: words.sale.goods, exact: true })
    if (await goods.isVisible()) await goods.click()
    const search = page.getByRole('searchbox', { name: words.sale.search })
    await search.fill(codeOf(name))
    await search.press('Enter')
    const line = page.getByRole('listitem').filter({ hasText: name })
    const quantity = line.getByRole('spinbutton', { name: words.sale.quantity })
    await quantity.waitFor()
    if (weight !== null) await quantity.fill(weight)
  }
  await page.getByRole('button', { expanded: true }).click()
  await page.mouse.move(0, 0)
}

async function payCash(page: Page): Promise<void> {
  for (const name of payInCash) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByText(registered).waitFor()
}

/** A sale up to the wait for the card, its picture, and the tap that lets it go on. */
async function payByCard(page: Page, stand: Stand): Promise<void> {
  for (const name of payOnCard) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByRole('dialog', { name: words.card.present, exact: true }).waitFor()
  await page.getByText(words.card.waits(0).split('0')[0] ?? '').waitFor()
  await take(page, 'card')
  const tap = `${stand.addresses.stand}/api/terminal/tap`
  await fetch(tap, { method: 'POST', body: JSON.stringify({ card: 'ok' }) })
  await page.getByText(registered).waitFor()
}

const take = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`) })

/** A sale whose answer is lost, with clearing off: what a person has to say of it. */
async function openRed(page: Page, stand: Stand): Promise<void> {
  await page.goto(`${stand.addresses.register}/#/settings/maintenance`)
  await page.getByRole('switch', { name: words.settings.clearing }).click()
  await page.getByRole('switch', { checked: false }).waitFor()
  const fault = `${stand.addresses.stand}/api/faults/sko.answer-lost`
  await fetch(fault, { method: 'PUT', body: JSON.stringify({ count: 1 }) })
  await page.goto(`${stand.addresses.register}/#/menu`)
  await ringUp(page)
  for (const name of [...payInCash, words.openReceipt, words.ok]) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByRole('button', { name: words.red.takeSko }).click()
  // The operator has the document as well a moment later.
  const has = page.getByText(operationsWords.ru.evidence.device.done)
  while ((await has.count()) < 2) {
    await page.getByRole('button', { name: words.red.askAgain }).click()
    await has.first().waitFor()
  }
  await page.mouse.move(0, 0)
}

async function takeAll(browser: Browser, stand: Stand): Promise<void> {
  const till = await openTill(browser, stand, wide)
  await openShift(till)
  await ringUp(till)
  await take(till, 'sale')
  await payCash(till)
  await till.goto(`${stand.addresses.register}/#/menu`)
  await ringUp(till)
  await payByCard(till, stand)

  const handheld = await openTill(browser, stand, narrow)
  await ringUp(handheld)
  await take(handheld, 'handheld')

  const page = await browser.newPage({ viewport: whole, locale: 'ru-RU' })
  await page.goto(stand.addresses.stand)
  await page.getByText(paperWords.ru.merchantCopy).first().waitFor()
  await take(page, 'stand')

  await till.setViewportSize(tall)
  await openRed(till, stand)
  await take(till, 'red')
}

const data = mkdtempSync(join(tmpdir(), 'zpos-screenshots-'))
mkdirSync(folder, { recursive: true })
const stand = await startStand({
  data,
  ports: { register: 0, sko: 0, operator: 0, stand: 0, printer: 0 },
})
const browser = await openChromium()
try {
  await takeAll(browser, stand)
  console.log(`Pictures in ${folder}`)
} finally {
  await browser.close()
  await stand.stop()
  rmSync(data, { recursive: true, force: true })
}
