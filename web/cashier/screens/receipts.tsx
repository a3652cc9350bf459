import { useState } from 'preact/hooks'
import type { OperationBrief } from '#core/api/register.ts'
import { isSiLike } from '#core/document/mark.ts'
import { parseUid } from '#core/document/uid.ts'
import { asLatinKeys } from '#core/keyboard.ts'
import { printedMoment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { tillWords } from '#core/words/till.ts'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useHearer, useKeys, usePages, useStore } from '#web/ui/hooks.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { isUnitCode } from '../marking/units.ts'
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

const columnsIn = (words: TillWords): readonly Column<OperationBrief>[] => [
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
    cell: (row) => <span class={`state state-${row.state}`}>{wordsOf(row)}</span>,
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

/** N6, N8: newest first; further pages as they come into sight. */
export function Receipts() {
  const all = useWords(tillWords)
  const words = all.receipts
  const { loading } = useWords(controlsWords)
  const [text, setText] = useState('')
  const { status } = useStore(till)
  const field = useFocus()
  const search = text.trim()
  const nothing = search === '' ? words.none : words.notFound
  const { rows, told, isEmpty, onEnd } = usePages<OperationBrief, number>(
    { key: `${status?.revision}`, search, idOf: ({ id }) => id },
    async (before) => {
      const answer = await register.operations({ search, before })
      if (answer.kind !== 'done') return { told: answerOf(answer) }
      return { rows: answer.value.operations, next: answer.value.next }
    },
  )
  useHearer(takers, openScanned)
  useKeys({ F2: () => field.current?.focus(), Escape: () => goBack({ at: 'receipts' }) })
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Field
          label={words.search}
          bare
          type="search"
          icon="search"
          placeholder={words.searchHint}
          value={text}
          onText={setText}
          maxLength={64}
          field={field}
        />
      </div>
      <Table
        label={words.heading}
        columns={columnsIn(all)}
        rows={rows}
        keyOf={(row) => row.id}
        hrefOf={(row) => `#/receipts/${row.id}`}
        toneOf={toneOf}
        end={told ?? (onEnd ? loading : isEmpty ? nothing : undefined)}
        onEnd={onEnd}
      />
    </>
  )
}

/** The QR of a paper holds the uid of its document. */
const openScanned: Taker = async (code) => {
  // A scanner types under whatever keyboard is on (H3).
  if (isUnitCode(code)) return openSaleOf(code)
  const uid = parseUid(code) ?? parseUid(asLatinKeys(code))
  if (uid === null) return 'no-uid'
  const answer = await register.operations({ search: uid, limit: 1 })
  if (answer.kind !== 'done') return 'no-answer'
  const [found] = answer.value.operations
  if (!found) return 'no-receipt'
  go(`#/receipts/${found.id}`)
  return null
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
