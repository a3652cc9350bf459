import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startStand } from '#stand/stand.ts'
import { openChromium } from './chromium.ts'

// The pictures of the README, taken of the running stand.

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')
mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'zpos-pictures-'))
const ports = { register: 0, sko: 0, operator: 0, stand: 0, printer: 0 }
const { addresses, stop } = await startStand({ data, ports })
const browser = await openChromium()

async function signIn(page: Page): Promise<void> {
  await page.goto(addresses.register)
  await page.getByRole('button', { name: 'Анна' }).click()
  await page.getByLabel('PIN').fill('1111')
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('heading', { name: 'Главное меню' }).waitFor()
}

async function fillBasket(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Продажа' }).first().click()
  for (const name of ['подовый 450 г', 'Бананы', 'Сыр', 'Молоко']) {
    await page.getByLabel('Поиск товара').fill(name)
    const found = page.getByRole('region', { name: 'Товары' }).getByRole('button', { name })
    await found.first().click()
    await page.getByLabel('Поиск товара').fill('')
  }
}

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
page.setDefaultTimeout(8000)
await signIn(page)
await page.getByRole('button', { name: 'Открыть смену' }).first().click()
await page.getByText('Смена № 1').first().waitFor()
await fillBasket(page)
await page.screenshot({ path: join(folder, 'sale.png') })
await page.setViewportSize({ width: 360, height: 640 })
await page.screenshot({ path: join(folder, 'handheld.png') })

const stand = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await stand.goto(addresses.stand)
await stand.getByText('ОТКРЫТИЕ СМЕНЫ').first().waitFor()
await stand.screenshot({ path: join(folder, 'stand.png') })

await browser.close()
await stop()
rmSync(data, { recursive: true })
