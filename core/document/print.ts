import { type FinancialKind, financialKinds } from '../iso8583/fields.ts'
import { formatMoney, formatQuantity, type Kopecks, kopecks } from '../money.ts'
import { type Moment, printedMoment } from '../time.ts'
import type { FiscalDocument, Issuer } from './document.ts'
import { kinds, type VatRate } from './kinds.ts'
import type { Counter, ShiftCounters } from './report.ts'
import { type Line, lineCost, type Settlement } from './totals.ts'
import type { Uid } from './uid.ts'

/** A row of a paper: printers, pages and golden files show the same rows. */
export type Row =
  | { kind: 'text'; text: string; align?: 'left' | 'center' | 'right'; bold?: true }
  | { kind: 'pair'; left: string; right: string; bold?: true }
  | { kind: 'rule' }
  | { kind: 'qr'; text: string }
  | { kind: 'space' }

/** What may be put on paper. `repeat` marks a paper whose first print has an unknown fate (R8). */
export type Printable =
  | { is: 'document'; document: FiscalDocument; uid: Uid; copy?: true; repeat?: true }
  | {
      is: 'x-report'
      report: ShiftCounters
      cash: Kopecks
      /** Documents not yet at the operator; null while nobody told. */
      unsent: number | null
      at: Moment
      issuer: Issuer
      cashier: string
      repeat?: true
    }
  | {
      is: 'correction'
      /** СКО − БД, what the drawer was changed by; БД before, and the СКО's cash. */
      amount: Kopecks
      cash: Kopecks
      skoCash: Kopecks
      at: Moment
      cashier: string
      issuer: Issuer | null
      repeat?: true
    }
  | ({ is: 'slip'; holder: 'client' | 'merchant' } & CardPrint)
  | ({ is: 'reversal' } & CardPrint)

/** What a slip tells of the bank's part. Of the card's number only what is left of it masked. */
export type CardPrint = {
  kind: FinancialKind
  sum: Kopecks
  masked: string | null
  stan: number
  receipt: number
  rrn: string | null
  auth: string | null
  code: string | null
  at: Moment
  cashier: string
  issuer: Issuer | null
  repeat?: true
}

/** Characters in a line of 58 mm and 80 mm paper. */
export type Columns = 32 | 48

/** The rows of a paper, whatever it is printed on (fact:paper). */
export function receiptRows(printable: Printable): Row[] {
  switch (printable.is) {
    case 'document':
      return documentRows(printable)
    case 'x-report':
      return xReportRows(printable)
    case 'correction':
      return correctionRows(printable)
    case 'slip':
      return slipRows(printable)
    case 'reversal':
      return reversalRows(printable)
    default:
      return printable satisfies never
  }
}

/** Lines of plain text; long texts wrap, and no line is ever longer than `columns`. */
export const asText = (rows: readonly Row[], columns: Columns): string[] =>
  rows.flatMap((row) => rowText(row, columns))

/** The lines that one row takes on paper. */
export function rowText(row: Row, columns: Columns): string[] {
  switch (row.kind) {
    case 'text':
      return wrap(row.text, columns).map((line) => aligned(line, row.align ?? 'left', columns))
    case 'pair':
      return pairText(row, columns)
    case 'rule':
      return ['-'.repeat(columns)]
    case 'qr':
      return wrap(`[QR ${row.text}]`, columns).map((line) => aligned(line, 'center', columns))
    case 'space':
      return ['']
    default:
      return row satisfies never
  }
}

const pair = (left: string, right: string): Row => ({ kind: 'pair', left, right })
const moneyPair = (left: string, sum: number): Row => pair(left, formatMoney(sum))
const text = (value: string): Row => ({ kind: 'text', text: value })
const title = (value: string): Row => ({ kind: 'text', text: value, align: 'center', bold: true })
const RULE: Row = { kind: 'rule' }
const some = (sum: number, row: Row): Row[] => (sum === 0 ? [] : [row])

function documentRows({
  document,
  uid,
  copy,
  repeat,
}: Extract<Printable, { is: 'document' }>): Row[] {
  return [
    ...(repeat ? [title('ПОВТОР')] : []),
    ...(copy ? [title('КОПИЯ')] : []),
    ...issuerRows(document.issuer),
    title(kinds[document.kind].heading),
    pair(`№ док. ${padded(document.number, 6)}`, `Смена ${padded(document.shift, 4)}`),
    text(printedMoment(document.at)),
    text(`Кассир: ${document.cashier}`),
    RULE,
    ...bodyRows(document),
    RULE,
    text(`УИ ${uid}`),
    { kind: 'qr', text: uid },
    ...(document.kind === 'sale' ? [title('СПАСИБО ЗА ПОКУПКУ')] : []),
  ]
}

function issuerRows(issuer: Issuer): Row[] {
  return [
    title(issuer.company),
    { kind: 'text', text: issuer.place, align: 'center' },
    { kind: 'text', text: issuer.address, align: 'center' },
    pair(`УНП ${issuer.unp}`, `РН СККО ${issuer.registerNumber}`),
    RULE,
  ]
}

function bodyRows(document: FiscalDocument): Row[] {
  switch (document.kind) {
    case 'sale':
      return [
        ...document.lines.flatMap(lineRows),
        RULE,
        ...beforeDiscountRows(document),
        ...totalRows('ИТОГО К ОПЛАТЕ', document),
        ...paidRows(document.settlement),
        ...some(document.settlement.change, moneyPair('СДАЧА', document.settlement.change)),
      ]
    case 'refund':
      return [
        ...document.lines.flatMap(lineRows),
        RULE,
        ...beforeDiscountRows(document),
        ...totalRows('ИТОГО К ВОЗВРАТУ', document),
        ...paidRows(givenBack(document.settlement)),
        ...basisRows('Основание: док.', document),
      ]
    case 'annulment':
      return [
        ...basisRows('Аннулирован док.', document),
        RULE,
        pairOfSum('СУММА', document),
        ...paidRows(givenBack(document.settlement)),
      ]
    case 'deposit':
    case 'withdrawal':
      return [pairOfSum('СУММА', document), moneyPair('НАЛИЧНЫХ В КАССЕ', document.cash)]
    case 'shift-opening':
      return [moneyPair('НАЛИЧНЫХ В КАССЕ', document.cash)]
    case 'shift-closing':
      return [
        ...(document.report ? counterRows(document.report) : []),
        moneyPair('Наличных в кассе', document.cash),
      ]
    default:
      return document.kind satisfies never
  }
}

function lineRows(line: Line): Row[] {
  const { name, code, price, quantity, discount, markup, vat } = line
  return [
    text(name),
    moneyPair(` ${formatMoney(price)} x ${formatQuantity(quantity)}`, lineCost(price, quantity)),
    ...some(discount, moneyPair(' Скидка', -discount)),
    ...some(markup, moneyPair(' Надбавка', markup)),
    code === null ? text(` ${vatTitle(vat)}`) : pair(` Код ${code}`, vatTitle(vat)),
  ]
}

/** «ИТОГО» says something only where a discount or a markup moves it away from what is due. */
function beforeDiscountRows({ lines, discount, markup }: FiscalDocument): Row[] {
  const discounts = lines.reduce<number>((sum, line) => sum + line.discount, discount)
  const markups = lines.reduce<number>((sum, line) => sum + line.markup, markup)
  if (discounts === 0 && markups === 0) return []
  const cost = lines.reduce<number>((sum, line) => sum + lineCost(line.price, line.quantity), 0)
  return [
    moneyPair('ИТОГО', cost),
    ...some(discounts, moneyPair('СКИДКА', discounts)),
    ...some(markups, moneyPair('НАДБАВКА', markups)),
  ]
}

const pairOfSum = (left: string, { sum, currency }: FiscalDocument): Row => ({
  kind: 'pair',
  left,
  right: `${formatMoney(sum)} ${currency}`,
  bold: true,
})

const totalRows = (left: string, document: FiscalDocument): Row[] => [
  pairOfSum(left, document),
  ...document.vat.map(({ rate, gross, vat }) =>
    rate === null ? moneyPair(' без НДС', gross) : moneyPair(` в т.ч. ${vatTitle(rate)}`, vat),
  ),
]

const vatTitle = (rate: VatRate): string => (rate === null ? 'без НДС' : `НДС ${rate}%`)

const paidRows = ({ cash, card, other }: Settlement): Row[] => [
  ...some(card, moneyPair('БАНК. КАРТА', card)),
  ...some(cash, moneyPair('НАЛИЧНЫЕ', cash)),
  ...some(other, moneyPair('ИНОЕ', other)),
]

// What a sale took in cash and gave back as change never went anywhere: only the rest is returned.
const givenBack = (settlement: Settlement): Settlement => ({
  ...settlement,
  cash: kopecks(settlement.cash - settlement.change),
})

const basisRows = (what: string, { basis }: FiscalDocument): Row[] =>
  basis ? [text(`${what} № ${padded(basis.number, 6)}`), text(`УИ ${basis.uid}`)] : []

function xReportRows(paper: Extract<Printable, { is: 'x-report' }>): Row[] {
  return [
    ...(paper.repeat ? [title('ПОВТОР')] : []),
    ...issuerRows(paper.issuer),
    title('X-ОТЧЕТ'),
    text(`Смена ${padded(paper.report.shift, 4)}`),
    text(printedMoment(paper.at)),
    text(`Кассир: ${paper.cashier}`),
    RULE,
    ...counterRows(paper.report),
    moneyPair('Наличных в кассе', paper.cash),
    pair('Не отправлено док.', paper.unsent === null ? 'нет данных' : String(paper.unsent)),
  ]
}

/** §4: no fiscal document, and it says so. */
function correctionRows(paper: Extract<Printable, { is: 'correction' }>): Row[] {
  return [
    ...(paper.repeat ? [title('ПОВТОР')] : []),
    ...(paper.issuer ? issuerRows(paper.issuer) : []),
    title('АВАРИЙНАЯ КОРРЕКЦИЯ'),
    { kind: 'text', text: 'НЕФИСКАЛЬНЫЙ ДОКУМЕНТ', align: 'center' },
    text(printedMoment(paper.at)),
    text(`Администратор: ${paper.cashier}`),
    RULE,
    moneyPair('Наличные в БД были', paper.cash),
    moneyPair('Наличные в СКО', paper.skoCash),
    { kind: 'pair', left: 'СКОРРЕКТИРОВАНО НА', right: formatMoney(paper.amount), bold: true },
    RULE,
  ]
}

function slipRows(paper: Extract<Printable, { is: 'slip' }>): Row[] {
  return [
    ...(paper.repeat ? [title('ПОВТОР')] : []),
    ...(paper.issuer ? issuerRows(paper.issuer) : []),
    title(financialKinds[paper.kind].title.toUpperCase()),
    ...cardRows(paper),
    pair('Код результата', `${paper.code ?? ''} ОДОБРЕНО`),
    pair('Код авторизации', paper.auth ?? '-'),
    RULE,
    title(paper.holder === 'client' ? 'ЭКЗЕМПЛЯР КЛИЕНТА' : 'ЭКЗЕМПЛЯР ПРОДАВЦА'),
  ]
}

/** §3.2.2: the client reads that the money comes back by itself. */
function reversalRows(paper: Extract<Printable, { is: 'reversal' }>): Row[] {
  return [
    ...(paper.repeat ? [title('ПОВТОР')] : []),
    ...(paper.issuer ? issuerRows(paper.issuer) : []),
    title('ТЕХНИЧЕСКАЯ ОТМЕНА'),
    text(`Операция: ${financialKinds[paper.kind].title}`),
    ...cardRows(paper),
    RULE,
    text(
      paper.kind === 'purchase'
        ? 'Операция отменена. Деньги будут возвращены на карту автоматически.'
        : 'Возврат на карту отменён. Если он нужен, его проводят заново.',
    ),
  ]
}

const cardRows = (paper: CardPrint): Row[] => [
  text(printedMoment(paper.at)),
  text(`Кассир: ${paper.cashier}`),
  RULE,
  { kind: 'pair', left: 'СУММА', right: `${formatMoney(paper.sum)} BYN`, bold: true },
  pair('Карта', paper.masked ?? '-'),
  pair('Чек терминала', String(paper.receipt)),
  pair('STAN', padded(paper.stan, 6)),
  pair('RRN', paper.rrn ?? '-'),
]

function counterRows(report: ShiftCounters): Row[] {
  return [
    pair('Открыта', printedMoment(report.openedAt)),
    pair('Документы', `${padded(report.firstNumber, 6)}-${padded(report.lastNumber, 6)}`),
    RULE,
    ...counter('Продажи', report.sale),
    moneyPair('Скидки', report.discounts),
    moneyPair('Надбавки', report.markups),
    ...counter('Аннулировано', report.annulment),
    ...counter('Возвраты', report.refund),
    pair('Внесено: кол-во', String(report.deposit.count)),
    moneyPair('Внесено: сумма', report.deposit.sum),
    pair('Изъято: кол-во', String(report.withdrawal.count)),
    moneyPair('Изъято: сумма', report.withdrawal.sum),
    RULE,
  ]
}

const counter = (what: string, { count, sum, cash, card, other }: Counter): Row[] => [
  pair(`${what}: кол-во`, String(count)),
  moneyPair(`${what}: сумма`, sum),
  moneyPair('  наличные', cash),
  moneyPair('  банк. карта', card),
  moneyPair('  иное', other),
]

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')

function pairText({ left, right }: { left: string; right: string }, columns: number): string[] {
  const lefts = wrap(left, columns)
  const rights = wrap(right, columns)
  const last = lefts.at(-1) ?? ''
  const first = rights[0] ?? ''
  const gap = columns - length(last) - length(first)
  const flushed = (line: string) => aligned(line, 'right', columns)
  // At least one space keeps a sum apart from what it is the sum of.
  if (gap < 1) return [...lefts, ...rights.map(flushed)]
  const joined = `${last}${' '.repeat(gap)}${first}`
  return [...lefts.slice(0, -1), joined, ...rights.slice(1).map(flushed)]
}

function aligned(line: string, align: 'left' | 'center' | 'right', columns: number): string {
  const free = columns - length(line)
  if (align === 'left' || line === '') return line
  return ' '.repeat(align === 'right' ? free : Math.floor(free / 2)) + line
}

/** Breaks at spaces, longer words anywhere; further lines keep the first one's indent. */
function wrap(value: string, columns: number): string[] {
  const plain = value.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
  const indent = (/^ */.exec(plain)?.[0] ?? '').slice(0, columns / 2)
  const room = columns - indent.length
  const lines: string[] = []
  let line = ''
  for (const word of plain
    .trim()
    .split(/ +/)
    .flatMap((whole) => pieces(whole, room))) {
    if (line !== '' && length(line) + 1 + length(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((part) => (part === '' ? '' : indent + part))
}

function pieces(word: string, room: number): string[] {
  const letters = [...word]
  const parts: string[] = []
  for (let i = 0; i < letters.length; i += room) parts.push(letters.slice(i, i + room).join(''))
  return parts
}

const length = (value: string): number => [...value].length
