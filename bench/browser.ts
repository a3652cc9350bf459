import type { Page } from 'playwright-core'
import { demoPeople } from '#core/demo/shop.ts'
import { tillWords } from '#core/words/till.ts'
import { buildPages } from '../scripts/build-pages.ts'
import { openChromium } from '../scripts/chromium.ts'
import { type Cashier, signIn } from './client.ts'
import { type Measured, summary } from './measure.ts'
import { openShop } from './processes.ts'

const SALES = 15
const words = tillWords.ru

/** A sale is pressed → its end is painted, in a browser at full speed and at a sixth of it. */
export async function painted(): Promise<{ full: Measured; throttled: Measured }> {
  await buildPages()
  const shop = await openShop({ printing: true })
  const cashier: Cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  cashier.close()
  const browser = await openChromium()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
  await page.goto(shop.url)
  await page.getByRole('button', { name: demoPeople.cashier }).click()
  await page.keyboard.type('1111')
  await page.getByRole('button', { name: words.signIn.enter }).click()
  await page.getByRole('button', { name: words.menu.sale }).click()
  const slow = await page.context().newCDPSession(page)
  const full = await sales(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const throttled = await sales(page)
  await browser.close()
  await shop.stop()
  return { full, throttled }
}

async function sales(page: Page): Promise<Measured> {
  const latencies: number[] = []
  // The first ones are compiled yet, as on a till that has just been switched on.
  for (let i = 0; i < SALES + 2; i += 1) {
    const latency = await sale(page)
    if (i >= 2) latencies.push(latency)
  }
  return summary(latencies)
}

async function sale(page: Page): Promise<number> {
  await page.locator('.goods-tile').first().click()
  await page.getByRole('button', { name: words.sale.toPay }).click()
  await page.getByRole('button', { name: words.pay.cash }).click()
  await page.getByLabel(words.pay.received, { exact: true }).fill('100')
  await page.evaluate(watchFor, words.done.registered(0).replace('0', '\\d+'))
  await page.getByRole('button', { name: words.carryOut }).click()
  const latency = await page.evaluate(() => (globalThis as never as Watched).painted)
  await page.getByRole('button', { name: words.done.nextSale }).click()
  return latency
}

type Watched = { painted: Promise<number> }

/** In the page: from the press to the frame after the one in which the document stands. */
function watchFor(registered: string): void {
  const watched = globalThis as never as Watched
  watched.painted = new Promise((resolve) => {
    let from = 0
    document.addEventListener('click', ({ timeStamp }) => (from = timeStamp), {
      capture: true,
      once: true,
    })
    const observer = new MutationObserver(() => {
      if (!new RegExp(registered).test(document.body.textContent ?? '')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
