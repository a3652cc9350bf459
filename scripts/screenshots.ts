import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { operationsWords } from '#core/words/operations.ts'
import { paperWords } from '#core/words/paper.ts'
import { tillWords } from '#core/words/till.ts'
import { type Stand, startStand } from '#stand/stand.ts'
import { openChromium } from './chromium.ts'
import { openShift, openTill, ringUp, switchClearing } from './demo-till.ts'

// Pictures of the README, taken of the real thing: it starts a stand of its own.

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')
const wide = { width: 1280, height: 800 }
const tall = { width: 1280, height: 900 }
const whole = { width: 1280, height: 2000 }
const narrow = { width: 360, height: 640 }
const words = tillWords.ru
const payInCash = [words.sale.toPay, words.pay.cash, words.carryOut]
const payOnCard = [words.sale.toPay, words.pay.card]
const registered = new RegExp(words.done.registered(0).replace('0', '\\d+'))

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
  await switchClearing(stand, false)
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
  const till = await openTill(browser, { stand, size: wide })
  await openShift(till)
  await ringUp(till)
  await take(till, 'sale')
  await payCash(till)
  await till.goto(`${stand.addresses.register}/#/menu`)
  await ringUp(till)
  await payByCard(till, stand)

  const handheld = await openTill(browser, { stand, size: narrow })
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
