import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { demoGoods } from '#stand/demo/goods.ts'
import { type Stand, startStand } from '#stand/stand.ts'
import { openChromium } from './chromium.ts'

// Pictures of the README, taken of the real thing: it starts a stand of its own.

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')
const wide = { width: 1280, height: 800 }
const tall = { width: 1280, height: 900 }
const whole = { width: 1280, height: 2000 }
const narrow = { width: 360, height: 640 }
const bought = [
  'Хлеб «Нарочанский край» подовый 450 г',
  'Молоко «Зялёны луг» пастеризованное 3,2 % 0,9 л',
  'Сыр «Голландский хуторской» 45 % весовой',
  'Яблоки «Антоновка»',
]
const weights: Record<string, string> = {
  'Сыр «Голландский хуторской» 45 % весовой': '0,342',
  'Яблоки «Антоновка»': '1,285',
}

const codeOf = (name: string): string => {
  const found = demoGoods.find((goods) => goods.name === name)
  if (!found?.code) throw new Error(`нет товара «${name}»`)
  return found.code
}

async function openTill(browser: Browser, stand: Stand, size: typeof wide): Promise<Page> {
  const page = await browser.newPage({
    viewport: size,
    locale: 'ru-RU',
    reducedMotion: 'reduce',
  })
  await page.goto(stand.addresses.register)
  await page.getByRole('button', { name: 'Анна', exact: true }).click()
  await page.getByLabel('PIN', { exact: true }).fill('1111')
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('heading', { name: 'Главное меню' }).waitFor()
  return page
}

async function openShift(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Открыть смену', exact: true }).click()
  await page.getByText('Смена № 1 открыта').waitFor()
  // Without the notice, which would stand over the picture.
  await page.reload()
}

/** The four goods in the basket, by code as a scanner gives them. */
async function ringUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Продажа', exact: true }).click()
  for (const name of bought) {
    const goods = page.getByRole('button', { name: 'Товары', exact: true })
    if (await goods.isVisible()) await goods.click()
    const search = page.getByRole('searchbox', { name: 'Поиск товара' })
    await search.fill(codeOf(name))
    await search.press('Enter')
    const line = page.getByRole('listitem').filter({ hasText: name })
    const quantity = line.getByRole('spinbutton', { name: 'Количество' })
    await quantity.waitFor()
    const weight = weights[name]
    if (weight !== undefined) await quantity.fill(weight)
  }
  await page.getByRole('button', { expanded: true }).click()
  await page.mouse.move(0, 0)
}

async function payCash(page: Page): Promise<void> {
  for (const name of ['К оплате', 'Наличные', 'Провести']) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
}

/** A sale up to «Приложите карту», its picture, and the tap that lets it go on. */
async function payByCard(page: Page, stand: Stand): Promise<void> {
  for (const name of ['К оплате', 'Карта', 'Провести']) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByRole('dialog', { name: 'Приложите карту', exact: true }).waitFor()
  await page.getByText('Терминал ждёт карту').waitFor()
  await take(page, 'card')
  const tap = `${stand.addresses.stand}/api/terminal/tap`
  await fetch(tap, { method: 'POST', body: JSON.stringify({ card: 'ok' }) })
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
}

const take = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`) })

/** A sale whose answer is lost, with clearing off: what a person has to say of it. */
async function openRed(page: Page, stand: Stand): Promise<void> {
  await page.goto(`${stand.addresses.register}/#/settings/maintenance`)
  await page.getByRole('switch', { name: 'Автоматическое уточнение операций' }).click()
  await page.getByRole('switch', { checked: false }).waitFor()
  const fault = `${stand.addresses.stand}/api/faults/sko.answer-lost`
  await fetch(fault, { method: 'PUT', body: JSON.stringify({ count: 1 }) })
  await page.goto(`${stand.addresses.register}/#/menu`)
  await ringUp(page)
  for (const name of ['К оплате', 'Наличные', 'Провести', 'Открыть чек', 'ОК']) {
    await page.getByRole('button', { name, exact: true }).click()
  }
  await page.getByRole('button', { name: 'Подставить ответ СКО' }).click()
  // The operator has the document as well a moment later.
  const has = page.getByText('документ есть')
  while ((await has.count()) < 2) {
    await page.getByRole('button', { name: 'Спросить ещё раз' }).click()
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
  await page.getByText('ЭКЗЕМПЛЯР ПРОДАВЦА').first().waitFor()
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
  console.log(`Снимки в ${folder}`)
} finally {
  await browser.close()
  await stand.stop()
  rmSync(data, { recursive: true, force: true })
}
