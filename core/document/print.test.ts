import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { aDocument, anIssuer } from '#test/fixtures.ts'
import { kopecks, thousandths, ZERO } from '../money.ts'
import type { FiscalDocument } from './document.ts'
import { asText, type Columns } from './paper-text.ts'
import { type CardPrint, type Printable, receiptRows } from './print.ts'
import type { ShiftCounters } from './report.ts'
import { parseUid, type Uid } from './uid.ts'

// The shift of fact:paper. ZPOS_GOLDEN=write puts down what is printed, for a person to read.

const folder = join(import.meta.dirname, '../../test/golden/print')
const uid = (text: string): Uid => parseUid(text) ?? assert.fail(text)
const zero = { count: 0, sum: ZERO, cash: ZERO, card: ZERO, other: ZERO }
const line = { code: null, discount: ZERO, markup: ZERO }
const minsk = (time: string): number => Date.parse(`2025-07-01T${time}+03:00`)

const issuer = anIssuer({
  company: 'ООО "Пример Торг"',
  unp: '191000002',
  place: 'Магазин "Уголок"',
  address: 'г. Минск, ул. Примерная, 1',
  registerNumber: 199_999_999,
  device: 'AVQ11099999999',
})

const report: ShiftCounters = {
  shift: 217,
  openedAt: minsk('08:00:11'),
  firstNumber: 44,
  lastNumber: 49,
  sale: {
    count: 2,
    sum: kopecks(14401),
    cash: kopecks(4401),
    card: kopecks(10000),
    other: ZERO,
  },
  refund: {
    count: 1,
    sum: kopecks(10800),
    cash: kopecks(800),
    card: kopecks(10000),
    other: ZERO,
  },
  annulment: { ...zero, count: 1, sum: kopecks(2318), cash: kopecks(2318) },
  deposit: { ...zero, count: 1, sum: kopecks(10000), cash: kopecks(10000) },
  withdrawal: zero,
  discounts: kopecks(1200),
  markups: ZERO,
}

const shoes = {
  ...line,
  name: '[M] Кроссовки арт. 77',
  code: '4810000000025',
  price: kopecks(12000),
  quantity: thousandths(1000),
  discount: kopecks(1200),
  vat: 20,
} as const

const bread = {
  ...line,
  name: 'Хлеб "Нарочанский" 0,45 кг',
  code: '4810000000018',
  price: kopecks(159),
  quantity: thousandths(2000),
  vat: 10,
} as const

const apples = {
  ...line,
  name: 'Яблоки весовые свежие сорта «Белорусское сладкое», урожай этого года',
  code: '2200005005552',
  price: kopecks(1739),
  quantity: thousandths(555),
  vat: 10,
} as const

const inShift = (change: Partial<FiscalDocument>) =>
  aDocument({ issuer, shift: 217, cashier: 'Иванова А.А.', ...change })

const sale = inShift({
  number: 46,
  at: minsk('10:15:42'),
  lines: [bread, apples, shoes],
  payments: [
    { means: 'card', sum: kopecks(10000) },
    { means: 'cash', sum: kopecks(5000) },
  ],
  settlement: {
    cash: kopecks(5000),
    card: kopecks(10000),
    other: ZERO,
    change: kopecks(2917),
  },
  sum: kopecks(12083),
  vat: [
    { rate: 10, gross: kopecks(1283), vat: kopecks(117) },
    { rate: 20, gross: kopecks(10800), vat: kopecks(1800) },
  ],
})

const saleUid = uid('1B28A9D5BFC599C10BEBC1FF')
const document = (change: Partial<FiscalDocument>, id: string): Printable => ({
  is: 'document',
  document: inShift(change),
  uid: uid(id),
})

const byCard: CardPrint = {
  kind: 'purchase',
  sum: kopecks(10000),
  masked: '9999 99** **** 0014',
  stan: 217,
  receipt: 12,
  rrn: '518200000217',
  auth: 'A1B2C3',
  code: '000',
  at: minsk('10:15:42'),
  cashier: 'Иванова А.',
  issuer,
}
const unknown = { masked: null, rrn: null, auth: null, code: null, issuer: null }

const papers: Record<string, Printable> = {
  'shift-opening': document(
    { kind: 'shift-opening', number: 44, at: minsk('08:00:11') },
    '0A9B5E4C61F7D3280BEBC1FF',
  ),
  deposit: document(
    { kind: 'deposit', number: 45, at: minsk('08:01:33'), sum: kopecks(10000) },
    '975873A48AD622920BEBC1FF',
  ),
  sale: { is: 'document', document: sale, uid: saleUid },
  'sale-copy': { is: 'document', document: sale, uid: saleUid, copy: true },
  'sale-repeat': { is: 'document', document: sale, uid: saleUid, repeat: true },
  'sale-of-every-means': document(
    {
      number: 47,
      lines: [
        { ...bread, code: null, vat: null, markup: kopecks(7) },
        { ...bread, vat: 0 },
      ],
      discount: kopecks(43),
      markup: kopecks(100),
      payments: [],
      settlement: { cash: kopecks(100), card: kopecks(200), other: kopecks(400), change: ZERO },
      sum: kopecks(700),
      vat: [
        { rate: null, gross: kopecks(357), vat: ZERO },
        { rate: 0, gross: kopecks(343), vat: ZERO },
      ],
    },
    '5D1E0C3FA97B82460BEBC1FF',
  ),
  annulment: document(
    {
      kind: 'annulment',
      number: 48,
      at: minsk('10:31:05'),
      sum: kopecks(2318),
      settlement: { cash: kopecks(2500), card: ZERO, other: ZERO, change: kopecks(182) },
      basis: { number: 47, uid: uid('D0AF41ADFBFC91690BEBC1FF') },
    },
    'A438CEF6F7BC64620BEBC1FF',
  ),
  refund: document(
    {
      kind: 'refund',
      number: 49,
      at: minsk('11:02:10'),
      lines: [shoes],
      settlement: { cash: kopecks(800), card: kopecks(10000), other: ZERO, change: ZERO },
      sum: kopecks(10800),
      vat: [{ rate: 20, gross: kopecks(10800), vat: kopecks(1800) }],
      basis: { number: 46, uid: saleUid },
    },
    'A4F10D7F5E1F9BFC0BEBC1FF',
  ),
  withdrawal: document(
    {
      kind: 'withdrawal',
      number: 50,
      at: minsk('20:55:12'),
      sum: kopecks(11283),
      cash: ZERO,
    },
    'DFDC6B908EC7E76B0BEBC1FF',
  ),
  'x-report': {
    is: 'x-report',
    report,
    cash: kopecks(11283),
    start: kopecks(500),
    unsent: 3,
    parked: 2,
    red: 1,
    at: minsk('20:50:00'),
    issuer,
    cashier: 'Иванова А.А.',
  },
  'x-report-repeat': {
    is: 'x-report',
    report,
    cash: kopecks(11283),
    unsent: null,
    at: minsk('20:50:00'),
    issuer,
    cashier: 'Иванова А.А.',
    repeat: true,
  },
  'shift-closing': document(
    {
      kind: 'shift-closing',
      number: 51,
      at: minsk('20:56:40'),
      cash: ZERO,
      report: {
        ...report,
        lastNumber: 50,
        withdrawal: { ...zero, count: 1, sum: kopecks(11283), cash: kopecks(11283) },
      },
    },
    '6C7B9E389B9F512F0BEBC1FF',
  ),
  correction: {
    is: 'correction',
    amount: kopecks(-150),
    cash: kopecks(11283),
    skoCash: kopecks(11133),
    at: minsk('20:57:01'),
    cashier: 'Иванова А.',
    issuer,
  },
  'slip-client': { is: 'slip', holder: 'client', ...byCard },
  'slip-merchant': { is: 'slip', holder: 'merchant', ...byCard, kind: 'refund' },
  'slip-unanswered': { is: 'slip', holder: 'merchant', ...byCard, ...unknown },
  'reversal-purchase': { is: 'reversal', ...byCard },
  'reversal-refund': { is: 'reversal', ...byCard, ...unknown, kind: 'refund', repeat: true },
}

for (const columns of [32, 48] satisfies Columns[]) {
  for (const [name, printable] of Object.entries(papers)) {
    test(`paper «${name}» of ${columns} columns is as its golden file`, () => {
      const file = join(folder, `${name}-${columns}.txt`)
      const printed = `${asText(receiptRows(printable, 'ru'), columns).join('\n')}\n`
      if (process.env.ZPOS_GOLDEN === 'write') {
        mkdirSync(folder, { recursive: true })
        writeFileSync(file, printed)
      }
      assert.ok(existsSync(file), `${file} is missing`)
      assert.equal(printed, readFileSync(file, 'utf8'))
    })
  }
}

test('a control character in a name never reaches the paper', () => {
  const lines = asText([{ kind: 'text', text: 'Хлеб\u001b@\n\tбелый\u2028мягкий' }], 32)
  assert.deepEqual(lines, ['Хлеб @ белый мягкий'])
})

test('a right part that does not fit beside the left one gets a line of its own', () => {
  assert.deepEqual(asText([{ kind: 'pair', left: 'а'.repeat(30), right: '1.00' }], 32), [
    'а'.repeat(30),
    `${' '.repeat(28)}1.00`,
  ])
})
