import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { demoPeople } from '#core/demo/shop.ts'
import { backupsWords } from '#core/words/backups.ts'
import { closingWords } from '#core/words/closing.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { type Stand, startStand } from '#stand/stand.ts'
import { openChromium } from './chromium.ts'
import { openShift, openTill, ringUp, switchClearing } from './demo-till.ts'

// `npm run guides`: the pictures of docs/guide-*.md, taken of a stand of its own. Small, so that a
// clone stays small: WebP, and no picture larger than 60 KB.

const folder = join(import.meta.dirname, '..', 'docs', 'pictures')
const size = { width: 1024, height: 700 }
const MOST_BYTES = 60_000
const words = tillWords.ru
const registered = new RegExp(words.done.registered(0).replace('0', '\\d+'))

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  const session = await page.context().newCDPSession(page)
  for (const quality of [70, 50, 30]) {
    const shot = await session.send('Page.captureScreenshot', { format: 'webp', quality })
    const bytes = Buffer.from(shot.data, 'base64')
    if (bytes.length > MOST_BYTES) continue
    writeFileSync(join(folder, `${name}.webp`), bytes)
    console.log(`${name}: ${bytes.length} bytes`)
    return
  }
  throw new Error(`${name} is larger than ${MOST_BYTES} bytes`)
}

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click()
const at = (page: Page, { addresses }: Stand, hash: string) =>
  page.goto(`${addresses.register}/#/${hash}`)

async function fault({ addresses }: Stand, name: string, body: object): Promise<void> {
  const path = `${addresses.stand}/api/faults/${name}`
  const answer = await fetch(path, { method: 'PUT', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
}

/** The basket once more, up to the last press. */
async function toCash(page: Page, stand: Stand): Promise<void> {
  await at(page, stand, 'menu')
  await ringUp(page)
  await press(page, words.sale.toPay)
  await press(page, words.pay.cash)
}

async function selling(page: Page, stand: Stand): Promise<void> {
  await ringUp(page)
  await take(page, 'sale')
  await press(page, words.sale.toPay)
  await press(page, words.pay.cash)
  await page.getByLabel(words.pay.received, { exact: true }).fill('100')
  await take(page, 'pay-cash')
  await press(page, words.carryOut)
  await page.getByText(registered).waitFor()
  await take(page, 'done')
  await at(page, stand, 'menu')
  await ringUp(page)
  // A card is waited for at once.
  for (const name of [words.sale.toPay, words.pay.card]) await press(page, name)
  await page.getByRole('dialog', { name: words.card.present, exact: true }).waitFor()
  await page.getByText(words.card.waits(0).split('0')[0] ?? '').waitFor()
  await take(page, 'card')
  const tap = `${stand.addresses.stand}/api/terminal/tap`
  await fetch(tap, { method: 'POST', body: JSON.stringify({ card: 'ok' }) })
  await page.getByText(registered).waitFor()
}

async function abnormal(page: Page, stand: Stand): Promise<void> {
  await toCash(page, stand)
  await fault(stand, 'sko.unplugged', { on: true })
  await press(page, words.carryOut)
  await page.getByText(words.waiting.title).waitFor()
  await take(page, 'lost-device')
  await fault(stand, 'sko.unplugged', { on: false })
  await press(page, words.waiting.continue)
  await page.getByText(registered).waitFor()
  await fault(stand, 'printer.no-paper', { on: true })
  await toCash(page, stand)
  await press(page, words.carryOut)
  await page.getByText(words.header.printer['no-paper']).first().waitFor()
  await take(page, 'no-paper')
  await fault(stand, 'printer.no-paper', { on: false })
  await at(page, stand, 'receipts')
  await page.getByText(words.receipts.states.registered).first().waitFor()
  await take(page, 'receipts')
  await switchClearing(stand, false)
  await fault(stand, 'sko.answer-lost', { count: 1 })
  await toCash(page, stand)
  await press(page, words.carryOut)
  await press(page, words.openReceipt)
  await press(page, words.ok)
  await page.getByRole('button', { name: words.red.takeSko }).waitFor()
  await page.setViewportSize({ width: size.width, height: 1000 })
  await take(page, 'red')
  await page.setViewportSize(size)
  // Cleared up by itself, as it comes.
  await switchClearing(stand, true)
  await page.getByRole('button', { name: words.red.takeSko }).waitFor({ state: 'detached' })
  // Read, or it would stand above all that follows.
  await press(page, words.messages.read)
}

async function ending(page: Page, stand: Stand): Promise<void> {
  await at(page, stand, 'receipts')
  await page.getByRole('link', { name: operationsWords.ru.kinds.sale, exact: true }).first().click()
  await page.getByRole('button', { name: words.receipt.copy, exact: true }).waitFor()
  await take(page, 'receipt')
  await press(page, words.receipt.refund)
  await page.getByRole('heading', { name: words.refund.heading }).waitFor()
  await page.getByRole('button', { name: words.refund.all, exact: true }).waitFor()
  await take(page, 'refund')
  await at(page, stand, 'close-shift')
  await page.getByText(closingWords.ru.countHow).waitFor()
  await take(page, 'close-shift')
}

const screens = [
  ['settings', 'settings'],
  ['settings/goods', 'goods'],
  ['settings/goods/new', 'new-goods'],
  ['settings/goods/import', 'import'],
  ['settings/people', 'people'],
  ['settings/people/new', 'new-person'],
  ['settings/roles/new', 'new-role'],
  ['settings/receipt', 'receipt-form'],
  ['settings/equipment', 'equipment'],
  ['settings/discounts', 'discounts'],
  ['settings/maintenance', 'maintenance'],
  ['trade', 'trade'],
  ['settings/acts', 'acts'],
] as const

async function administering(page: Page, stand: Stand): Promise<void> {
  for (const [hash, name] of screens) {
    await at(page, stand, hash)
    await page.getByRole('heading', { level: 1 }).waitFor()
    // A stream is always open, so that no network ever rests: what a screen asks for comes at once.
    await page.waitForTimeout(1000)
    await take(page, name)
  }
  await at(page, stand, 'settings/backups')
  await press(page, backupsWords.ru.make)
  await page.getByRole('button', { name: new RegExp(`^${backupsWords.ru.check} `) }).click()
  await page.getByText(backupsWords.ru.lossNone).or(page.getByText(registeredLoss)).waitFor()
  await take(page, 'backups')
}
const registeredLoss = new RegExp(backupsWords.ru.back.since('').split(' ')[0] ?? '')

async function takeAll(browser: Browser, stand: Stand): Promise<void> {
  const page = await browser.newPage({ viewport: size, locale: 'ru-RU', reducedMotion: 'reduce' })
  await page.goto(stand.addresses.register)
  await page.getByRole('button', { name: demoPeople.cashier, exact: true }).waitFor()
  await take(page, 'sign-in')
  await page.close()
  const till = await openTill(browser, { stand, size })
  await openShift(till)
  await till.getByRole('button', { name: words.menu.closeShift, exact: true }).waitFor()
  await till.getByText(words.header.shift(1)).first().waitFor()
  await take(till, 'menu')
  await selling(till, stand)
  await abnormal(till, stand)
  await ending(till, stand)
  const user = demoPeople.administrator
  await administering(await openTill(browser, { stand, size, user }), stand)
}

const data = mkdtempSync(join(tmpdir(), 'zpos-guides-'))
mkdirSync(folder, { recursive: true })
const stand = await startStand({ data, ports: {} })
const browser = await openChromium()
try {
  await takeAll(browser, stand)
} finally {
  await browser.close()
  await stand.stop()
  rmSync(data, { recursive: true, force: true })
}
