import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPeople } from '#core/demo/shop.ts'
import { operationsWords } from '#core/words/operations.ts'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { growTill } from './bulk.ts'
import { type Cashier, signIn } from './client.ts'
import { type Measured, oneByOne, summary, timed } from './measure.ts'
import { openShop, type Shop } from './processes.ts'

const names = operationsWords.ru.kinds
const annulment = names.annulment.toLowerCase().slice(0, 5)
const refund = names.refund.toLowerCase()

/** What search and lists of receipts may be asked; the rare and the missing are what costs. */
const questions: Record<string, string> = {
  'the newest': '',
  'the newest 200': 'limit=200',
  'old page': 'before=1000',
  'a rare kind’s beginning': `search=${annulment}`,
  'a kind by its name': `search=${refund}`,
  'a kind without rows': 'kind=correction',
  'a rare kind': 'kind=annulment',
  'number 4001': 'search=4001',
  'uid ABCD': 'search=ABCD',
  'a sum that is none': 'search=99999.99',
  'a frequent sum': 'search=30.00',
  'a shift': 'shift=7',
  'a shift, a kind without rows': 'shift=7&kind=correction',
  'a shift, a kind, a sum': 'shift=7&kind=sale&search=30.00',
  'number and kind': 'search=500001&kind=sale',
  'nothing is called so': 'search=pike',
  'goods that every other sale has': 'goods=1001',
  'goods of one cashier, of another': `goods=1001&cashier=${demoPeople.cashier}`,
  'goods, cashier, kind, days, typed': [
    `goods=1001&cashier=${demoPeople.cashier}&kind=sale`,
    'from=2020-01-01&until=2040-01-01&search=30.00',
  ].join('&'),
  'goods by one letter, and a sum': 'goods=1&search=99999.99',
  'days without receipts': 'from=1990-01-01&until=1990-12-31',
  'days, a sum that is none': 'from=1990-01-01&search=99999.99',
  'a card that was not here': 'card=77',
  'a cashier that was not here': 'cashier=Nobody',
}
const others = {
  cards: '/api/card-transactions',
  'card days': '/api/card-days',
  'status with notices': '/api/status',
  'facts with causes': '/api/facts',
}

export type Read = {
  count: number
  startMs: number
  bytesEach: number
  logBytes: number
  questions: { name: string; measured: Measured }[]
  alone: Measured
  whileRead: Measured
}

/** A till of `count` operations: its start, its disk, its searches, and a sale beside them. */
export async function readingAt(count: number, sales: number): Promise<Read> {
  const data = mkdtempSync(join(tmpdir(), 'zpos-bench-'))
  await growTill(data, prepareByHand(data), count)
  const file = join(data, 'register', 'register.sqlite')
  const bytesEach = statSync(file).size / count
  const shop = await openShop({ printing: false, data })
  const cashier = await signIn(shop)
  const rows = await asked(cashier)
  await cashier.operation({ kind: 'shift-opening' })
  await oneByOne(200, cashier.sell)
  const { alone, whileRead } = await sideBySide(shop, cashier, sales)
  const logBytes = statSync(`${file}-wal`).size
  cashier.close()
  await shop.stop()
  return { count, startMs: shop.startMs, bytesEach, logBytes, questions: rows, alone, whileRead }
}

async function asked(cashier: Cashier): Promise<Read['questions']> {
  const lists = Object.entries(questions).map(([name, query]) => {
    const sent = new URLSearchParams(query).toString()
    return [name, `/api/operations${sent && `?${sent}`}`] as const
  })
  const rows: Read['questions'] = []
  for (const [name, path] of [...lists, ...Object.entries(others)]) {
    // The first one counts too: nobody warms a till up.
    rows.push({ name, measured: await oneByOne(20, () => cashier.get(path)) })
  }
  return rows
}

const ROUNDS = 10

/** Sales alone, and while somebody searches and exports, in turns: the machine is not quiet. */
async function sideBySide(
  shop: Shop,
  cashier: Cashier,
  sales: number,
): Promise<Pick<Read, 'alone' | 'whileRead'>> {
  const alone: number[] = []
  const whileRead: number[] = []
  const reader = await signIn(shop)
  const each = Math.ceil(sales / ROUNDS)
  for (let round = 0; round < ROUNDS; round += 1) {
    await timed(each, cashier.sell, alone)
    const reading = readOn(reader)
    await timed(each, cashier.sell, whileRead)
    await reading.stop()
  }
  reader.close()
  return { alone: summary(alone), whileRead: summary(whileRead) }
}

// Faster than anybody types; an export asks for its next page as soon as it has one.
const TYPING_MS = 100

function readOn(reader: Cashier) {
  let isOver = false
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const search = async () => {
    for (let i = 0; !isOver; i += 1) {
      const texts = [annulment, refund, '4001', 'ABCD', '30.00']
      await reader.get(`/api/operations?search=${encodeURIComponent(texts[i % 5] ?? '')}`)
      await rest(TYPING_MS)
    }
  }
  const exportAll = async () => {
    let next: number | null = null
    while (!isOver) {
      const page = await reader.get(`/api/operations?limit=200${next ? `&before=${next}` : ''}`)
      next = JSON.parse(page).next
    }
  }
  const both = Promise.all([search(), exportAll()])
  return {
    stop: async () => {
      isOver = true
      await both
    },
  }
}
