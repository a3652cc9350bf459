import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { demoPeople } from '#core/demo/shop.ts'
import { tillWords } from '#core/words/till.ts'
import { buildPages } from '../scripts/build-pages.ts'
import { openChromium } from '../scripts/chromium.ts'
import { codeOf, nameOf, ROWS } from './goods-rows.ts'
import { type Measured, shown, summary } from './measure.ts'
import type { Shop } from './processes.ts'

// What a browser needs for a list, a search and a scan among the goods.

const TIMES = 20
/** A finger's or a mouse's, from down to up: what is done at «down» is over when it is up. */
const PRESS_MS = 50
/** A wedge sends a key every 1…20 ms. */
const KEY_MS = 5
const words = tillWords.ru

type Watched = { painted: Promise<number>; last: Record<string, number> }

type Wanted = { event: string; text: string; in: string }

/** In the page, before its own listeners: a wedge's keys go no further than the first of those. */
function noteEvents(): void {
  const watched = globalThis as never as Watched
  watched.last = {}
  for (const kind of ['click', 'input', 'keydown']) {
    const noted = ({ timeStamp }: Event) => {
      watched.last[kind] = timeStamp
    }
    addEventListener(kind, noted, { capture: true })
  }
}

/** In the page: from the last event of a kind to the frame behind the one that shows the text. */
function watchFor({ event, text, in: place }: Wanted): void {
  const watched = globalThis as never as Watched
  watched.painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!(document.querySelector(place)?.textContent ?? '').includes(text)) return
      observer.disconnect()
      const from = watched.last[event] ?? 0
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

const painted = (page: Page) => page.evaluate(() => (globalThis as never as Watched).painted)

/** Numbers that no first page of a list shows. */
const numberAt = (i: number): number => Math.floor(ROWS * 0.3) + i * 37 + 1

async function times(work: (i: number) => Promise<number>): Promise<Measured> {
  const latencies: number[] = []
  for (let i = 0; i < TIMES + 2; i += 1) {
    const took = await work(i)
    if (i >= 2) latencies.push(took)
  }
  return summary(latencies)
}

async function looks(page: Page, from: number) {
  const seen = (event: string, n: number) =>
    page.evaluate(watchFor, { event, text: nameOf(n), in: 'main' })
  await page.goto(`${new URL(page.url()).origin}/#/settings`)
  const list = await times(async () => {
    await page.evaluate(watchFor, { event: 'click', text: '.', in: 'tbody tr' })
    await page.locator('a[href="#/settings/goods"]').click({ delay: PRESS_MS })
    const took = await painted(page)
    await page.goBack()
    await page.locator('a[href="#/settings/goods"]').waitFor()
    return took
  })
  await page.locator('a[href="#/settings/goods"]').click()
  const field = page.getByRole('searchbox')
  const search = await times(async (i) => {
    await seen('input', numberAt(from + i))
    await field.fill(String(numberAt(from + i)))
    const took = await painted(page)
    await field.fill('')
    await page.getByText(nameOf(numberAt(from + i))).waitFor({ state: 'detached' })
    return took
  })
  return { list, search, scan: await scans(page, from) }
}

/** From the Enter behind a wedge's digits to the line in the receipt; each is one line more. */
async function scans(page: Page, from: number): Promise<Measured> {
  await page.evaluate(() => localStorage.removeItem('zpos.basket'))
  await page.goto(`${new URL(page.url()).origin}/#/sale`)
  await page.reload()
  await page.locator('.goods-tile').first().waitFor()
  const wire = await page.context().newCDPSession(page)
  return times(async (i) => {
    const n = numberAt(from + i)
    await page.evaluate(watchFor, { event: 'keydown', text: nameOf(n), in: '.basket-lines' })
    const keys = [...codeOf(n)].map((digit) => ({ key: digit, code: `Digit${digit}`, text: digit }))
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
    // Each key says when it was pressed: a busy machine tears no scan.
    let at = Date.now()
    const press = (type: 'keyDown' | 'keyUp', key: typeof enter | (typeof keys)[number]) =>
      wire.send('Input.dispatchKeyEvent', { type, timestamp: at / 1000, ...key })
    const sent: Promise<unknown>[] = []
    for (const key of [...keys, enter]) {
      sent.push(press('keyDown', key))
      at += KEY_MS
      await pause(Math.max(0, at - Date.now()))
    }
    await Promise.all([...sent, press('keyUp', enter)])
    return painted(page)
  })
}

/** Lines of a report. */
export async function inBrowser(shop: Shop): Promise<string[]> {
  await buildPages()
  const browser = await openChromium()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
  await page.addInitScript(noteEvents)
  await page.goto(shop.url)
  await page.getByRole('button', { name: demoPeople.administrator }).click()
  await page.keyboard.type('9999')
  await page.getByRole('button', { name: words.signIn.enter }).click()
  await page.getByRole('heading', { name: words.menu.heading }).waitFor()
  const full = await looks(page, 0)
  const slow = await page.context().newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const throttled = await looks(page, 100)
  await browser.close()
  const runs = [
    ['at full speed', 16.7, full],
    ['at a sixth of the CPU', 50, throttled],
  ] as const
  return runs.flatMap(([name, target, each]) => [
    `${name}, target p50 ≤ ${target} ms`,
    `  list     ${shown(each.list)}`,
    `  search   ${shown(each.search)}`,
    `  scan     ${shown(each.scan)}`,
  ])
}
