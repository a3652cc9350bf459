import type { OperationBrief, OperationRow } from '#core/api/register.ts'
import { isSiLike } from '#core/document/mark.ts'
import { uidsMeant } from '#core/document/uid.ts'
import { printedMoment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import { receiptSearchWords } from '#core/words/receipt-search.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { tillWords } from '#core/words/till.ts'
import { go, useHearer, useKeys, useStore } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { isUnitCode } from '../marking/units.ts'
import { askedOf, type ListFilter, queryOf, toldOf } from '../receipts/filter.ts'
import { FailedLetters } from '../receipts/letters.tsx'
import { ReceiptFilters } from '../receipts/receipt-filters.tsx'
import { register } from '../register.ts'
import { type Taker, takers } from '../scans.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

/** The state with what backs it: a person's word that nobody could check is no success yet. */
export function wordsOf({ state, proof }: Pick<OperationBrief, 'state' | 'proof'>): string {
  const words = wordsNow(tillWords).receipts
  if (proof === 'unproved' && state === 'registered') return words.unproved
  if (proof === 'attested') return words.attested
  return proof === 'disproved' ? words.disproved : words.states[state]
}

const amber = new Set<OperationBrief['state']>(['warned', 'waiting', 'asking', 'reversing'])

/** Amber: it goes on by itself or waits for a word; red: a person must clear it up. */
export function toneOf({ state, proof }: OperationBrief): 'red' | 'amber' | null {
  if (state === 'red' || proof === 'disproved') return 'red'
  if (proof === 'unproved') return 'amber'
  return amber.has(state) ? 'amber' : null
}

export function meansOf(brief: OperationBrief): string {
  const { means } = wordsNow(operationsWords)
  return [...new Set(brief.payments.map((payment) => means[payment.means]))].join(' + ')
}

/** The state of a sale that came back is that it did. */
const stateOf = (row: OperationRow): string =>
  row.returned === null ? wordsOf(row) : wordsNow(tillWords).receipts.returned[row.returned]

const columnsIn = (words: TillWords): readonly Column<OperationRow>[] => [
  {
    head: words.receipts.kind,
    cell: (row) => wordsNow(operationsWords).kinds[row.kind],
    width: 'minmax(120px, 1.4fr)',
  },
  {
    head: words.receipts.number,
    cell: (row) => (row.number === null ? '—' : words.number(row.number)),
    width: '90px',
  },
  {
    head: words.receipts.time,
    cell: (row) => <span class="soft nowrap">{printedMoment(row.at).slice(0, 16)}</span>,
    width: '150px',
  },
  { head: words.receipts.paid, cell: meansOf, width: 'minmax(90px, 1fr)', right: true },
  {
    head: words.receipts.state,
    cell: (row) => <span class={`state state-${row.state}`}>{stateOf(row)}</span>,
    width: 'minmax(110px, 1fr)',
    right: true,
  },
  {
    head: words.receipts.sum,
    cell: (row) =>
      row.sum !== 0 && (
        <strong>
          <Money sum={row.sum} />
        </strong>
      ),
    width: '120px',
    right: true,
  },
]

/** N6, N8, N14: newest first; further pages as they come into sight. The address is the filter. */
export function Receipts({ filter }: { filter: ListFilter }) {
  const all = useWords(tillWords)
  const words = all.receipts
  const { loading } = useWords(controlsWords)
  const { status } = useStore(till)
  const asked = askedOf(filter)
  const query = queryOf(filter)
  const { rows, told, isEmpty, onEnd } = usePages<OperationRow, number>(
    { key: `${status?.revision}`, search: JSON.stringify(asked), idOf: ({ id }) => id },
    async (before) => {
      const answer = await register.operations({ ...asked, before })
      if (answer.kind !== 'done') return { told: answerOf(answer) }
      return { rows: answer.value.operations, next: answer.value.next }
    },
  )
  useHearer(takers, openScanned)
  useKeys({ Escape: () => goBack({ at: 'receipts', filter }) })
  return (
    <>
      <FailedLetters />
      <ReceiptFilters filter={filter} />
      <Table
        label={words.heading}
        columns={columnsIn(all)}
        rows={rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `#/receipts/${row.id}${query}`}
        toneOf={toneOf}
        end={told ?? (onEnd ? loading : isEmpty ? nothingOf(filter) : undefined)}
        onEnd={onEnd}
      />
    </>
  )
}

/** That there is nothing, and what was looked for. */
function nothingOf(filter: ListFilter): string {
  const words = wordsNow(receiptSearchWords)
  const { search } = askedOf(filter)
  const asked = toldOf(filter, words.told, wordsNow(operationsWords).kinds).map(({ text }) => text)
  if (search !== undefined) asked.unshift(words.told.search(search))
  return asked.length === 0 ? wordsNow(tillWords).receipts.none : words.notFound(asked.join(', '))
}

/** The QR of a paper holds the uid of its document. */
const openScanned: Taker = async (code) => {
  if (isUnitCode(code)) return openSaleOf(code)
  const uids = uidsMeant(code)
  if (uids.length === 0) return 'no-uid'
  for (const uid of uids) {
    const answer = await register.operations({ search: uid, limit: 1 })
    if (answer.kind !== 'done') return 'no-answer'
    const [found] = answer.value.operations
    if (!found) continue
    go(`#/receipts/${found.id}`)
    return null
  }
  return 'no-receipt'
}

/** The sale that a marked unit was sold in: where its refund begins. */
const openSaleOf: Taker = async (code) => {
  const mark = isSiLike(code) ? { si: code } : { ukz: code }
  const answer = await register.unit({ mark })
  if (answer.kind === 'invalid') return 'mark-wrong'
  if (answer.kind === 'unsent' || answer.kind === 'unknown') return 'no-answer'
  const id = answer.kind === 'done' ? answer.value.sold?.operation : answer.operation
  if (id === undefined) return answer.kind === 'done' ? 'no-receipt' : 'mark-parked'
  go(`#/receipts/${id}`)
  return null
}
