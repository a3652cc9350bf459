import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { carryOut, openShop, signIn } from './shop.ts'

// A browser has six connections to a server, and a till may stand in more tabs than that.

const shop = await openShop()
const TABS = 12

/** Counts the streams that a page opens by itself; the shared one is no page's. */
function ownStreams(page: Page): () => number {
  let streams = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/events')) streams += 1
  })
  return () => streams
}
const seen = (page: Page, text: string) => page.getByRole('banner').getByText(text).waitFor()

test('twelve tabs of the till work, and each sees what is done in another', async () => {
  const first = await shop.open()
  await first.goto(shop.addresses.register)
  await signIn(first, shop)
  const pages = [first]
  const streams: (() => number)[] = []
  while (pages.length < TABS) {
    const page = await first.context().newPage()
    streams.push(ownStreams(page))
    await page.goto(shop.addresses.register)
    pages.push(page)
  }
  for (const page of pages) await seen(page, 'Смена закрыта')
  await carryOut(shop, 'shift-opening')
  for (const page of pages) await seen(page, 'Смена № 1')
  for (const own of streams) assert.equal(own(), 0, 'no page has one of its own')
  // The one that was there first goes, one comes, and the register dies meanwhile.
  await first.close()
  await shop.kill('register')
  await shop.start('register')
  const late = await pages[1]?.context().newPage()
  assert.ok(late)
  await late.goto(shop.addresses.register)
  await carryOut(shop, 'shift-closing')
  for (const page of [...pages.slice(1), late]) await seen(page, 'Смена закрыта')
})

test('a browser without shared workers has a stream in each page', async () => {
  const page = await shop.open()
  const own = ownStreams(page)
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
  await page.goto(shop.addresses.register)
  await signIn(page, shop)
  await seen(page, 'Смена закрыта')
  await carryOut(shop, 'shift-opening')
  await seen(page, 'Смена № 2')
  assert.ok(own() > 0)
  await carryOut(shop, 'shift-closing')
})
