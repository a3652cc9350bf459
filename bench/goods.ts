import { loadavg } from 'node:os'
import type { Page } from 'playwright-core'
import { CONSUMER_GOODS, demoPeople } from '#core/demo/shop.ts'
import { kopecks } from '#core/money.ts'
import { stockWords } from '#core/words/stock.ts'
import { tillWords } from '#core/words/till.ts'
import { type Cell, csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import { buildPages } from '../scripts/build-pages.ts'
import { openChromium } from '../scripts/chromium.ts'
import { signIn } from './client.ts'
import { type Measured, shown, summary, timed } from './measure.ts'
import { openShop, type Shop } from './processes.ts'

// `npm run bench -- goods [--rows N]`: a file of 100,000 goods read and written while the till
// sells, and what a browser needs for a list, a search and a scan among them.

const at = process.argv.indexOf('--rows')
const ROWS = at < 0 ? 100_000 : Number(process.argv[at + 1])
const ALONE = 300
const TIMES = 20
const words = tillWords.ru

const nameOf = (n: number): string => `${CONSUMER_GOODS} ${n}`
/** EAN-13 of the country's own prefix, by its number. */
function codeOf(n: number): string {
  const twelve = `481${String(n).padStart(9, '0')}`
  const sum = [...twelve].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

const textual = (text: string): Cell => ({ is: 'text', text })
const cellsOf = (n: number): Cell[] => [
  textual(nameOf(n)),
  textual(codeOf(n)),
  textual(`G ${n % 40}`),
  { is: 'money', sum: kopecks(100 + (n % 90_000)) },
]

async function* rows() {
  for (let n = 0; n < ROWS; n += 1) yield cellsOf(n)
}

async function fileOf(as: 'csv' | 'xlsx'): Promise<Uint8Array<ArrayBuffer>> {
  const table = { head: Object.values(stockWords.ru.columns), rows: rows() }
  const kept: Uint8Array[] = []
  for await (const part of as === 'csv' ? csvOf(table) : xlsxOf(table)) kept.push(part)
  return new Uint8Array(Buffer.concat(kept))
}

type Administrator = (method: string, path: string, body?: BodyInit) => Promise<Response>

async function administrator({ url }: Shop): Promise<Administrator> {
  const who = JSON.stringify({ user: demoPeople.administrator, pin: '9999' })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', body: who })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { cookie }, body: body ?? null })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
}

/** From the first byte to the last row written, in seconds; `meanwhile` is called until then. */
async function load(ask: Administrator, as: 'csv' | 'xlsx', meanwhile: () => Promise<void>) {
  const file = await fileOf(as)
  const from = performance.now()
  const sent = await ask('POST', `/api/imports?name=goods.${as}`, file)
  const { id } = (await sent.json()) as { id: string }
  const until = async (state: string): Promise<void> => {
    for (;;) {
      const view = await (await ask('GET', `/api/imports/${id}`)).json()
      const { state: is, failed } = view as { state: string; failed: unknown }
      if (is === state) return
      if (failed !== null) throw new Error(JSON.stringify(failed))
      await meanwhile()
    }
  }
  const unsaid = { group: 'G', unit: 'piece', vat: 20 }
  await ask('POST', `/api/imports/${id}/reading`, JSON.stringify({ unsaid }))
  await until('read')
  const readS = (performance.now() - from) / 1000
  await ask('POST', `/api/imports/${id}/application`)
  await until('done')
  return { readS, wholeS: (performance.now() - from) / 1000 }
}

async function importing(as: 'csv' | 'xlsx', looked: (shop: Shop) => Promise<void>) {
  const shop = await openShop({ printing: false })
  const cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  await timed(100, cashier.sell, [])
  const [alone, beside]: [number[], number[]] = [[], []]
  await timed(ALONE, cashier.sell, alone)
  const ask = await administrator(shop)
  const took = await load(ask, as, () => timed(1, cashier.sell, beside))
  await looked(shop)
  cashier.close()
  await shop.stop()
  return { as, took, alone: summary(alone), beside: summary(beside) }
}

type Watched = { painted: Promise<number> }

type Wanted = { event: string; text: string; in: string }

/** In the page: from the last event of a kind to the frame behind the one that shows the text. */
function watchFor({ event, text, in: place }: Wanted): void {
  const watched = globalThis as never as Watched
  watched.painted = new Promise((resolve) => {
    let from = 0
    const noted = ({ timeStamp }: Event) => {
      from = timeStamp
    }
    document.addEventListener(event, noted, { capture: true })
    const observer = new MutationObserver(() => {
      if (!(document.querySelector(place)?.textContent ?? '').includes(text)) return
      observer.disconnect()
      document.removeEventListener(event, noted, { capture: true })
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
    await page.locator('a[href="#/settings/goods"]').click()
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

/** From a wedge's Enter to the line in the receipt; each is one line more. */
async function scans(page: Page, from: number): Promise<Measured> {
  await page.evaluate(() => localStorage.removeItem('zpos.basket'))
  await page.goto(`${new URL(page.url()).origin}/#/sale`)
  await page.reload()
  await page.locator('.goods-tile').first().waitFor()
  const wire = await page.context().newCDPSession(page)
  return times(async (i) => {
    const n = numberAt(from + i)
    // Enter's keydown is the wedge's own, and goes no further.
    await page.evaluate(watchFor, { event: 'keyup', text: nameOf(n), in: '.basket-lines' })
    const keys = [...codeOf(n)].map((digit) => ({ key: digit, code: `Digit${digit}`, text: digit }))
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
    const press = (type: 'keyDown' | 'keyUp') => (key: typeof enter | (typeof keys)[number]) =>
      wire.send('Input.dispatchKeyEvent', Object.assign({ type }, key))
    await Promise.all([...[...keys, enter].map(press('keyDown')), press('keyUp')(enter)])
    return painted(page)
  })
}

const browsed: string[] = []

async function inBrowser(shop: Shop): Promise<void> {
  await buildPages()
  const browser = await openChromium()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ru-RU' })
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
  for (const [name, target, each] of [
    ['at full speed', 16.7, full],
    ['at a sixth of the CPU', 50, throttled],
  ] as const) {
    browsed.push(
      `${name}, target p50 ≤ ${target} ms`,
      `  list     ${shown(each.list)}`,
      `  search   ${shown(each.search)}`,
      `  scan     ${shown(each.scan)}`,
    )
  }
}

const imports = [await importing('csv', inBrowser), await importing('xlsx', async () => {})]
for (const { as, took, alone, beside } of imports) {
  console.log(`${as}: read ${took.readS.toFixed(1)} s, whole ${took.wholeS.toFixed(1)} s (≤ 20 s)
  a sale alone   ${shown(alone)}
  beside it      ${shown(beside)}   p99 ${(beside.p99 / alone.p99).toFixed(2)} of alone`)
}
console.log(browsed.join('\n'))
console.log(`load ${loadavg()[0]?.toFixed(1)}, ${ROWS} goods`)
