import type { Page } from 'playwright-core'
import { buildPages } from '../scripts/build-pages.ts'
import { openChromium } from '../scripts/chromium.ts'
import { type Cashier, signIn } from './client.ts'
import { type Measured, summary } from './measure.ts'
import { openShop } from './processes.ts'

const SALES = 15

/** «Провести» → done is painted, in a browser at full speed and at a sixth of it. */
export async function painted(): Promise<{ full: Measured; throttled: Measured }> {
  await buildPages()
  const shop = await openShop({ printing: true })
  const cashier: Cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  cashier.close()
  const browser = await openChromium()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
  await page.goto(shop.url)
  await page.getByRole('button', { name: 'Анна' }).click()
  await page.keyboard.type('1111')
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('button', { name: 'Продажа' }).click()
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
  await page.getByRole('button', { name: 'К оплате' }).click()
  await page.getByRole('button', { name: 'Наличные' }).click()
  await page.getByLabel('Получено', { exact: true }).fill('100')
  await page.evaluate(watchForDone)
  await page.getByRole('button', { name: 'Провести' }).click()
  const latency = await page.evaluate(() => (globalThis as never as Watched).painted)
  await page.getByRole('button', { name: 'Новая продажа' }).click()
  return latency
}

type Watched = { painted: Promise<number> }

/** In the page: from the press to the frame after the one in which the document stands. */
function watchForDone(): void {
  const watched = globalThis as never as Watched
  watched.painted = new Promise((resolve) => {
    let from = 0
    document.addEventListener('click', ({ timeStamp }) => (from = timeStamp), {
      capture: true,
      once: true,
    })
    const observer = new MutationObserver(() => {
      if (!document.body.innerText.includes('оформлен')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
