import type { Context as Call } from 'hono'
import { refused } from '#core/api/contract.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { lastDayOf, priceOf } from '#core/billing/quote.ts'
import { formatMoney, kopecks, negate } from '#core/money.ts'
import { minskDay } from '#core/time.ts'
import { invoiceWords } from '#core/words/invoice.ts'
import { sumInWords } from '#core/words/sum-in-words.ts'
import { type PdfBlock, pdfOf } from '#services/runtime/pdf.ts'
import { answerRefused, type Door, spoken } from '#services/runtime/serve.ts'
import type { OfficePorts } from '../ports.ts'
import { type InvoicedOrder, orderByNumber } from '../store/orders.ts'
import { accountSeen, type OfficeVisitor } from './door.ts'

/** The invoice of an order, as it was placed: asked for again it is the same file, byte by byte. */
export const invoiceHandlers = ({ db }: OfficePorts, door: Door<OfficeVisitor, Call>) => ({
  'GET /api/orders/:number/invoice': async (call: Call): Promise<Response> => {
    const visitor = await door.signedIn(call)
    if ('kind' in visitor) return answerRefused(call, visitor)
    const typed = call.req.param('number') ?? ''
    const number = /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : 0
    const order = await orderByNumber(db, accountSeen(visitor.account), number)
    if (!order) return answerRefused(call, refused('order.unknown'))
    const language = (visitor.account.language ?? spoken(call)) === 'be' ? 'be' : 'ru'
    const title = invoiceWords[language].title(number, printedDay(minskDay(order.placedAt)))
    const body = await pdfOf({ title, at: order.placedAt }, blocksOf(order, language))
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="invoice-${number}.pdf"`,
        'cache-control': 'no-store',
      },
    })
  },
})

function blocksOf(order: InvoicedOrder, language: 'ru' | 'be'): PdfBlock[] {
  const words = invoiceWords[language]
  const { number, placedAt, of, tariffName, company, unp, contract } = order
  const { account, serial, credit } = of
  const sum = kopecks(Math.max(0, of.sum))
  const row = (
    text: string,
    [price, total]: readonly [string, string],
    strong = false,
  ): PdfBlock => ({
    is: 'row',
    strong,
    cells: [
      { text, width: 0.6 },
      { text: price, width: 0.2, right: true },
      { text: total, width: 0.2, right: true },
    ],
  })
  const price = formatMoney(priceOf(of))
  const credited = formatMoney(negate(credit))
  return [
    { is: 'heading', text: words.title(number, printedDay(minskDay(placedAt))) },
    { is: 'text', text: words.supplier },
    { is: 'text', text: words.payer(company, unp) },
    { is: 'text', text: words.contract(contract, account) },
    { is: 'gap' },
    row(words.what, [words.price, words.sum], true),
    { is: 'line' },
    row(words.subscription(tariffName, serial), [price, price]),
    ...(credit > 0 ? [row(words.credit, [credited, credited])] : []),
    { is: 'line' },
    row(words.total, ['', formatMoney(sum)], true),
    { is: 'gap' },
    { is: 'strong', text: words.inWords(sumInWords(language, sum)) },
    { is: 'text', text: words.purpose(number, account) },
    { is: 'text', text: words.good(printedDay(lastDayOf(of))) },
  ]
}
