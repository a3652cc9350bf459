import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { BankTransaction } from '#core/api/acquirer.ts'
import { dialog, ringUp } from './red-receipt.ts'
import { bread, button, carryOut, done, type Shop, sellBread, until } from './shop.ts'

// Money of cards held against the documents: by the bank's own books and the device's own memory.

export const CARD = 100
export const CASH = bread.price - CARD

/** A sale of one bread, partly by card: БД and СКО have something to differ in. */
export const mixedSale = {
  kind: 'sale' as const,
  lines: [{ code: bread.code, quantity: 1000 }],
  payments: [
    { means: 'card' as const, sum: CARD },
    { means: 'cash' as const, sum: CASH },
  ],
}

export async function sellByCard(shop: Shop) {
  await shop.tap('ok')
  return carryOut(shop, 'sale', mixedSale)
}

/** What a row of the bank's books took from the customer; negative: gave. */
const taken = ({ kind, reversal, sum }: BankTransaction): number =>
  (kind === 'purchase' ? sum : -sum) * (reversal ? -1 : 1)

const total = (sums: readonly number[]): number => sums.reduce((all, sum) => all + sum, 0)

/** By the bank and by the documents, of one operation or of all. */
export async function cardMoney(shop: Shop, id?: string) {
  const books = await shop.bankBooks()
  const isAsked = ({ operation }: { operation: string }) => id === undefined || operation === id
  const documents = shop.deviceDocuments().filter(isAsked)
  const bank = total(books.filter(isAsked).map(taken))
  const papers = total(documents.map(({ card, kind }) => (kind === 'sale' ? card : -card)))
  return { bank, papers, documents: documents.length }
}

/** Nothing open, nothing on its way back, all sums agree, and work goes on. */
export async function allAgrees(shop: Shop): Promise<void> {
  await until('ничего не открыто, отмен нет, итоги дня сходятся', async () => {
    const { open } = done(await shop.register.status({}))
    const { skoCash, cards } = done(await shop.register.facts({}))
    const isRest = open.length === 0 && skoCash !== null && cards?.reversals === 0
    // A day that is closed has nothing to compare.
    return (isRest && (cards.day === null || cards.day.outcome === 'balanced')) || undefined
  })
  const { cash, skoCash, discrepancy } = done(await shop.register.facts({}))
  assert.deepEqual([skoCash, discrepancy], [cash, 0], 'БД = СКО')
  const { bank, papers } = await cardMoney(shop)
  assert.equal(bank, papers, 'списания минус отмены = карточные части документов')
  await sellBread(shop)
}

/** «document and charge», or «neither»: what came of an operation. */
export async function cameOf(shop: Shop, id: string): Promise<'both' | 'neither'> {
  const { bank, papers, documents } = await cardMoney(shop, id)
  assert.ok(documents <= 1, 'один документ на операцию')
  assert.equal(Math.abs(bank), documents * CARD, 'банк провёл ровно то, на что есть документ')
  assert.equal(bank, papers)
  return documents === 1 ? 'both' : 'neither'
}

/** «Приложите карту» for the whole bread. */
export async function payByCard(page: Page, shop: Shop): Promise<void> {
  await ringUp(page, shop)
  // N11: the reader waits at once.
  await button(page, 'Карта').click()
  await dialog(page, 'Приложите карту').waitFor()
}
