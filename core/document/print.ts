import type { TradeView } from '../api/register-trade.ts'
import type { FinancialKind } from '../iso8583/fields.ts'
import { formatMoney, formatQuantity, type Kopecks, kopecks } from '../money.ts'
import { printable } from '../printable.ts'
import { type Moment, printedMoment } from '../time.ts'
import { bankWords } from '../words/bank.ts'
import type { Language } from '../words/language.ts'
import type { PaperWords } from '../words/paper/ru.ts'
import { paperWords } from '../words/paper.ts'
import { ALPHABET } from './alphabet.ts'
import type { FiscalDocument, Issuer } from './document.ts'
import { drawerStory } from './drawer-story.ts'
import type { VatRate } from './kinds.ts'
import type { Row } from './paper-text.ts'
import type { Counter, ShiftCounters } from './report.ts'
import { type Line, lineCost, type Settlement } from './totals.ts'
import type { Uid } from './uid.ts'

/** What a shop puts on its customers' papers beside what the law does (K4), a row each. */
export type ShopLines = { header: readonly string[]; footer: readonly string[] }
export const MOST_HEADER_LINES = 4
export const MOST_FOOTER_LINES = 6

/** What may be put on paper. `repeat` marks a paper whose first print has an unknown fate (R8). */
export type Printable =
  | {
      is: 'document'
      document: FiscalDocument
      uid: Uid
      /** The shop's own lines; missing: it has none. */
      own?: ShopLines
      copy?: true
      repeat?: true
    }
  | {
      is: 'x-report'
      report: ShiftCounters
      cash: Kopecks
      /** In the drawer at the shift's opening; null or missing: nobody knows. */
      start?: Kopecks | null
      /** Documents not yet at the operator; null while nobody told. */
      unsent: number | null
      /** Receipts put aside, and those whose outcome nobody knows; missing: not counted. */
      parked?: number
      red?: number
      at: Moment
      issuer: Issuer
      cashier: string
      repeat?: true
    }
  | {
      is: 'correction'
      /** What the drawer was changed by; the drawer before, and the device's cash. */
      amount: Kopecks
      cash: Kopecks
      skoCash: Kopecks
      at: Moment
      cashier: string
      issuer: Issuer | null
      repeat?: true
    }
  | {
      is: 'trade'
      trade: TradeView
      at: Moment
      cashier: string
      issuer: Issuer
      repeat?: true
    }
  | { is: 'printer-test'; at: Moment; cashier: string; repeat?: true }
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

/** The words of one language that a paper is made of. */
type Words = PaperWords & { kinds: Record<FinancialKind, string> }

/** The rows of a paper in a language, whatever it is printed on (fact:paper). */
export function receiptRows(printable: Printable, language: Language): Row[] {
  const words = { ...paperWords[language], kinds: bankWords[language].kinds }
  return [...(printable.repeat ? [title(words.repeat)] : []), ...rowsOf(printable, words)]
}

function rowsOf(printable: Printable, words: Words): Row[] {
  switch (printable.is) {
    case 'document':
      return documentRows(printable, words)
    case 'x-report':
      return xReportRows(printable, words)
    case 'correction':
      return correctionRows(printable, words)
    case 'trade':
      return tradeRows(printable, words)
    case 'printer-test':
      return printerTestRows(printable, words)
    case 'slip':
      return slipRows(printable, words)
    case 'reversal':
      return reversalRows(printable, words)
    default:
      return printable satisfies never
  }
}

const pair = (left: string, right: string): Row => ({
  kind: 'pair',
  left: printable(left),
  right: printable(right),
})
const moneyPair = (left: string, sum: number): Row => pair(left, formatMoney(sum))
const text = (value: string): Row => ({ kind: 'text', text: printable(value) })
const title = (value: string): Row => ({
  kind: 'text',
  text: printable(value),
  align: 'center',
  bold: true,
})
const RULE: Row = { kind: 'rule' }
const some = (sum: number, row: Row): Row[] => (sum === 0 ? [] : [row])

type Paper<Is extends Printable['is']> = Extract<Printable, { is: Is }>

function documentRows({ document, uid, own, copy }: Paper<'document'>, words: Words): Row[] {
  const ownRows = (lines: readonly string[] = []): Row[] =>
    isForCustomers(document.kind)
      ? lines.map((line) => ({ kind: 'text', text: printable(line), align: 'center' }))
      : []
  const number = words.documentNumber(padded(document.number, 6))
  return [
    ...(copy ? [title(words.copy)] : []),
    ...ownRows(own?.header),
    ...issuerRows(document.issuer, words),
    title(words.headings[document.kind]),
    pair(number, words.shift(padded(document.shift, 4))),
    text(printedMoment(document.at)),
    text(words.cashier(document.cashier)),
    RULE,
    ...bodyRows(document, words),
    RULE,
    text(words.uid(uid)),
    { kind: 'qr', text: uid },
    ...(document.kind === 'sale' ? [title(words.thanks)] : []),
    ...ownRows(own?.footer),
  ]
}

/** Papers that a customer takes away. */
export const isForCustomers = (kind: FiscalDocument['kind']): boolean =>
  kind === 'sale' || kind === 'refund' || kind === 'annulment'

function issuerRows(issuer: Issuer, words: Words): Row[] {
  return [
    title(issuer.company),
    { kind: 'text', text: issuer.place, align: 'center' },
    { kind: 'text', text: issuer.address, align: 'center' },
    pair(words.unp(issuer.unp), words.registerNumber(issuer.registerNumber)),
    RULE,
  ]
}

function bodyRows(document: FiscalDocument, words: Words): Row[] {
  switch (document.kind) {
    case 'sale':
      return [
        ...document.lines.flatMap((line) => lineRows(line, words)),
        RULE,
        ...beforeDiscountRows(document, words),
        ...totalRows(words.toPay, document, words),
        ...paidRows(document.settlement, words),
        ...some(document.settlement.change, moneyPair(words.change, document.settlement.change)),
      ]
    case 'refund':
      return [
        ...document.lines.flatMap((line) => lineRows(line, words)),
        RULE,
        ...beforeDiscountRows(document, words),
        ...totalRows(words.toReturn, document, words),
        ...paidRows(givenBack(document.settlement), words),
        ...basisRows(words.refundOf, document, words),
      ]
    case 'annulment':
      return [
        ...basisRows(words.annulmentOf, document, words),
        RULE,
        pairOfSum(words.sum, document),
        ...paidRows(givenBack(document.settlement), words),
      ]
    case 'deposit':
    case 'withdrawal':
      return [pairOfSum(words.sum, document), moneyPair(words.cashInDrawer, document.cash)]
    case 'shift-opening':
      return [moneyPair(words.cashInDrawer, document.cash)]
    case 'shift-closing':
      return [
        ...(document.report ? counterRows(document.report, words) : []),
        moneyPair(words.cashLeft, document.cash),
      ]
    default:
      return document.kind satisfies never
  }
}

function lineRows(line: Line, words: Words): Row[] {
  const { name, code, price, quantity, discount, markup, vat, mark } = line
  const rate = vatTitle(vat, words)
  return [
    text(mark ? `[M] ${name}` : name),
    moneyPair(` ${formatMoney(price)} x ${formatQuantity(quantity)}`, lineCost(price, quantity)),
    ...some(discount, moneyPair(words.lineDiscount, -discount)),
    ...some(markup, moneyPair(words.lineMarkup, markup)),
    code === null ? text(` ${rate}`) : pair(words.goodsCode(code), rate),
  ]
}

/** A total says something only where a discount or a markup moves it away from what is due. */
function beforeDiscountRows({ lines, discount, markup }: FiscalDocument, words: Words): Row[] {
  const discounts = lines.reduce<number>((sum, line) => sum + line.discount, discount)
  const markups = lines.reduce<number>((sum, line) => sum + line.markup, markup)
  if (discounts === 0 && markups === 0) return []
  const cost = lines.reduce<number>((sum, line) => sum + lineCost(line.price, line.quantity), 0)
  return [
    moneyPair(words.total, cost),
    ...some(discounts, moneyPair(words.discount, discounts)),
    ...some(markups, moneyPair(words.markup, markups)),
  ]
}

const pairOfSum = (left: string, { sum, currency }: FiscalDocument): Row => ({
  kind: 'pair',
  left,
  right: `${formatMoney(sum)} ${currency}`,
  bold: true,
})

const totalRows = (left: string, document: FiscalDocument, words: Words): Row[] => [
  pairOfSum(left, document),
  ...document.vat.map(({ rate, gross, vat }) =>
    rate === null
      ? moneyPair(` ${words.withoutVat}`, gross)
      : moneyPair(words.includingVat(rate), vat),
  ),
]

const vatTitle = (rate: VatRate, words: Words): string =>
  rate === null ? words.withoutVat : words.vat(rate)

const paidRows = ({ cash, card, other }: Settlement, words: Words): Row[] => [
  ...some(card, moneyPair(words.byCard, card)),
  ...some(cash, moneyPair(words.byCash, cash)),
  ...some(other, moneyPair(words.byOther, other)),
]

// What a sale took in cash and gave back as change never went anywhere: only the rest is returned.
const givenBack = (settlement: Settlement): Settlement => ({
  ...settlement,
  cash: kopecks(settlement.cash - settlement.change),
})

const basisRows = (
  said: (number: string) => string,
  { basis }: FiscalDocument,
  words: Words,
): Row[] => (basis ? [text(said(padded(basis.number, 6))), text(words.uid(basis.uid))] : [])

function xReportRows(paper: Paper<'x-report'>, words: Words): Row[] {
  return [
    ...issuerRows(paper.issuer, words),
    title(words.xReport),
    text(words.shift(padded(paper.report.shift, 4))),
    text(printedMoment(paper.at)),
    text(words.cashier(paper.cashier)),
    RULE,
    ...shiftRows(paper.report, words),
    ...drawerRows(paper, words),
    RULE,
    pair(words.unsent, paper.unsent === null ? words.noData : String(paper.unsent)),
    ...some(paper.parked ?? 0, pair(words.parkedReceipts, String(paper.parked))),
    ...some(paper.red ?? 0, pair(words.redReceipts, String(paper.red))),
  ]
}

/** What the shift took, without what is nothing: who reads it looks for what there is. */
function shiftRows(report: ShiftCounters, words: Words): Row[] {
  const { sale, refund, annulment } = report
  const counter = (what: string, { count, sum, cash, card, other }: Counter): Row[] =>
    count === 0
      ? []
      : [
          moneyPair(`${what} (${count})`, sum),
          ...some(cash, moneyPair(words.ofCash, cash)),
          ...some(card, moneyPair(words.ofCard, card)),
          ...some(other, moneyPair(words.ofOther, other)),
        ]
  return [
    pair(words.opened, printedMoment(report.openedAt)),
    pair(words.documents, `${padded(report.firstNumber, 6)}-${padded(report.lastNumber, 6)}`),
    RULE,
    {
      kind: 'pair',
      left: words.turnover,
      right: formatMoney(sale.sum - refund.sum - annulment.sum),
      bold: true,
    },
    ...counter(words.sales, sale),
    ...counter(words.refunds, refund),
    ...counter(words.annulled, annulment),
    ...some(report.discounts, moneyPair(words.discounts, report.discounts)),
    ...some(report.markups, moneyPair(words.markups, report.markups)),
    RULE,
  ]
}

/** What should be in the drawer, and how it came about. */
function drawerRows({ report, start = null, cash }: Paper<'x-report'>, words: Words): Row[] {
  const story = drawerStory(report, { start, cash })
  const { deposit, withdrawal } = report
  return [
    ...(story.start === null ? [] : [moneyPair(words.cashAtStart, story.start)]),
    ...some(story.sales, moneyPair(words.cashSales, story.sales)),
    ...some(story.refunds, moneyPair(words.refunds, story.refunds)),
    ...some(story.annulled, moneyPair(words.annulled, story.annulled)),
    ...some(deposit.count, moneyPair(`${words.deposits} (${deposit.count})`, story.deposits)),
    ...some(
      withdrawal.count,
      moneyPair(`${words.withdrawals} (${withdrawal.count})`, story.withdrawals),
    ),
    ...some(story.other, moneyPair(words.drawerOther, story.other)),
    { kind: 'pair', left: words.cashInDrawer, right: formatMoney(cash), bold: true },
  ]
}

/** §4: no fiscal document, and it says so. */
function correctionRows(paper: Paper<'correction'>, words: Words): Row[] {
  return [
    ...(paper.issuer ? issuerRows(paper.issuer, words) : []),
    title(words.correction),
    { kind: 'text', text: words.notFiscal, align: 'center' },
    text(printedMoment(paper.at)),
    text(words.administrator(paper.cashier)),
    RULE,
    moneyPair(words.cashWas, paper.cash),
    moneyPair(words.cashInSko, paper.skoCash),
    { kind: 'pair', left: words.correctedBy, right: formatMoney(paper.amount), bold: true },
    RULE,
  ]
}

/** N12: no fiscal document, and it says so. */
function tradeRows({ trade, issuer, at, cashier }: Paper<'trade'>, words: Words): Row[] {
  const { shift, from, until, groups, cashiers, cashUps } = trade
  const days = from === until ? dayTitle(from) : `${dayTitle(from)} - ${dayTitle(until)}`
  const part = (name: string, rows: Row[]): Row[] =>
    rows.length === 0 ? [] : [{ kind: 'text', text: name, bold: true }, ...rows, RULE]
  return [
    ...issuerRows(issuer, words),
    title(words.trade),
    { kind: 'text', text: words.notFiscal, align: 'center' },
    text(shift ? words.shift(padded(shift.number, 4)) : days),
    text(printedMoment(at)),
    text(words.cashier(cashier)),
    RULE,
    { kind: 'pair', left: words.turnover, right: formatMoney(trade.turnover), bold: true },
    pair(words.receipts, String(trade.receipts)),
    ...(trade.average === null ? [] : [moneyPair(words.average, trade.average)]),
    ...some(trade.refunded, moneyPair(`${words.refunds} (${trade.refunds})`, trade.refunded)),
    ...some(trade.annulled, moneyPair(`${words.annulled} (${trade.annulments})`, trade.annulled)),
    RULE,
    ...some(trade.cash, moneyPair(words.byCash, trade.cash)),
    ...some(trade.card, moneyPair(words.byCard, trade.card)),
    ...some(trade.other, moneyPair(words.byOther, trade.other)),
    RULE,
    ...part(
      words.groups,
      groups.map(({ name, sum }) => moneyPair(name === '' ? words.noGroup : name, sum)),
    ),
    ...part(
      words.cashiers,
      cashiers.map(({ name, receipts, turnover }) => moneyPair(`${name} (${receipts})`, turnover)),
    ),
    ...cashUps.flatMap(({ surplus }) =>
      surplus === null || surplus === 0
        ? []
        : [moneyPair(surplus > 0 ? words.surplus : words.shortage, Math.abs(surplus))],
    ),
  ]
}

/** What shows whether width and code page are the printer's: rows are whole, letters read. */
const printerTestRows = ({ at, cashier }: Paper<'printer-test'>, words: Words): Row[] => [
  title(words.printerTest),
  { kind: 'text', text: words.notFiscal, align: 'center' },
  text(printedMoment(at)),
  text(words.cashier(cashier)),
  RULE,
  text(ALPHABET),
  pair(words.wholeLine, formatMoney(kopecks(123_456))),
  RULE,
  { kind: 'qr', text: 'zPOS' },
]

const dayTitle = (day: string): string => day.split('-').reverse().join('.')

function slipRows(paper: Paper<'slip'>, words: Words): Row[] {
  return [
    ...(paper.issuer ? issuerRows(paper.issuer, words) : []),
    title(words.kinds[paper.kind].toUpperCase()),
    ...cardRows(paper, words),
    pair(words.resultCode, words.approved(paper.code ?? '')),
    pair(words.authCode, paper.auth ?? '-'),
    RULE,
    title(paper.holder === 'client' ? words.clientCopy : words.merchantCopy),
  ]
}

/** §3.2.2: the client reads that the money comes back by itself. */
function reversalRows(paper: Paper<'reversal'>, words: Words): Row[] {
  return [
    ...(paper.issuer ? issuerRows(paper.issuer, words) : []),
    title(words.reversal),
    text(words.operation(words.kinds[paper.kind])),
    ...cardRows(paper, words),
    RULE,
    text(paper.kind === 'purchase' ? words.moneyReturns : words.returnUndone),
  ]
}

const cardRows = (paper: CardPrint, words: Words): Row[] => [
  text(printedMoment(paper.at)),
  text(words.cashier(paper.cashier)),
  RULE,
  { kind: 'pair', left: words.sum, right: `${formatMoney(paper.sum)} BYN`, bold: true },
  pair(words.card, paper.masked ?? '-'),
  pair(words.terminalReceipt, String(paper.receipt)),
  pair('STAN', padded(paper.stan, 6)),
  pair('RRN', paper.rrn ?? '-'),
]

function counterRows(report: ShiftCounters, words: Words): Row[] {
  const counter = (what: string, { count, sum, cash, card, other }: Counter): Row[] => [
    pair(words.countOf(what), String(count)),
    moneyPair(words.sumOf(what), sum),
    moneyPair(words.ofCash, cash),
    moneyPair(words.ofCard, card),
    moneyPair(words.ofOther, other),
  ]
  const { deposit, withdrawal } = report
  return [
    pair(words.opened, printedMoment(report.openedAt)),
    pair(words.documents, `${padded(report.firstNumber, 6)}-${padded(report.lastNumber, 6)}`),
    RULE,
    ...counter(words.sales, report.sale),
    moneyPair(words.discounts, report.discounts),
    moneyPair(words.markups, report.markups),
    ...counter(words.annulled, report.annulment),
    ...counter(words.refunds, report.refund),
    pair(words.countOf(words.deposits), String(deposit.count)),
    moneyPair(words.sumOf(words.deposits), deposit.sum),
    pair(words.countOf(words.withdrawals), String(withdrawal.count)),
    moneyPair(words.sumOf(words.withdrawals), withdrawal.sum),
    RULE,
  ]
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')
