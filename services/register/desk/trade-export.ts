import type { Context as Call } from 'hono'
import { invalid } from '#core/api/contract.ts'
import { type TradeView, tradePeriod } from '#core/api/register-trade.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { printedMoment } from '#core/time.ts'
import { closingWords } from '#core/words/closing.ts'
import type { Language } from '#core/words/language.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { answerRefused, spoken } from '#services/runtime/serve.ts'
import { type Cell, csvOf } from '#services/runtime/spreadsheet.ts'
import { tradeOfPeriod } from '../operating/trade.ts'
import type { Register } from '../register.ts'

/** What the shop took as a file, one table after another: what it is of stands in each row. */
export function tradeExport(register: Register) {
  const download = openDownloads()
  return (call: Call): Response => {
    const parsed = tradePeriod.safeParse(call.req.query(), { reportInput: true })
    if (!parsed.success) {
      const { field, fault, facts } = wrongField(parsed.error.issues[0])
      return answerRefused(call, invalid(field, fault, facts))
    }
    const answer = tradeOfPeriod(register, parsed.data)
    if (answer.kind !== 'done') return answerRefused(call, answer)
    const { value } = answer
    const person = register.people.bySession(register.signIn.tokenOf(call))
    const language = person?.language ?? spoken(call)
    const words = closingWords[language].trade
    const of = value.shift ? `shift-${value.shift.number}` : `${value.from}-${value.until}`
    const head = [words.section, words.name, words.receipts, words.sum]
    return download(call, person?.user ?? '', () => ({
      name: `trade-${of}.csv`,
      type: 'text/csv; charset=utf-8',
      chunks: csvOf({ head, rows: rowsOf(value, language) }),
    }))
  }
}

async function* rowsOf(trade: TradeView, language: Language): AsyncGenerator<readonly Cell[]> {
  const words = closingWords[language].trade
  type Figure = { name: string; receipts?: number; sum: TradeView['turnover'] }
  const row = (section: string, { name, receipts, sum }: Figure): readonly Cell[] => [
    { is: 'text', text: section },
    { is: 'text', text: name },
    receipts === undefined ? null : { is: 'number', value: receipts },
    { is: 'money', sum },
  ]
  const { receipts, turnover, refunds, refunded, annulments, annulled } = trade
  yield row(words.total, { name: words.turnover, receipts, sum: turnover })
  if (trade.average !== null) yield row(words.total, { name: words.average, sum: trade.average })
  yield row(words.total, { name: words.refunds, receipts: refunds, sum: refunded })
  yield row(words.total, { name: words.annulments, receipts: annulments, sum: annulled })
  for (const means of ['cash', 'card', 'other'] as const) {
    yield row(words.byMeans, { name: words.means[means], sum: trade[means] })
  }
  const isByHour = trade.bars.by === 'hour'
  for (const { at, receipts: made, turnover: sum } of trade.bars.rows) {
    const name = printedMoment(at).slice(0, isByHour ? 16 : 10)
    yield row(isByHour ? words.byHour : words.byDay, { name, receipts: made, sum })
  }
  for (const { hour, receipts: made, turnover: sum } of trade.dayHours) {
    const name = `${String(hour).padStart(2, '0')}:00`
    yield row(words.byDayHour, { name, receipts: made, sum })
  }
  for (const { name, sum } of trade.groups) {
    yield row(words.byGroup, { name: name === '' ? words.noGroup : name, sum })
  }
  for (const { reason, receipts: made, sum } of trade.discounts) {
    yield row(words.byReason, { name: reason || words.noReason, receipts: made, sum })
  }
  for (const { name, receipts: made, turnover: sum } of trade.cashiers) {
    yield row(words.byCashier, { name, receipts: made, sum })
  }
  for (const { at, surplus } of trade.cashUps) {
    if (surplus !== null) yield row(words.counts, { name: printedMoment(at), sum: surplus })
  }
}
