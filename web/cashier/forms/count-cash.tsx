import type { CashCounting } from '#core/api/register-cash-up.ts'
import { formatMoney, kopecks, ZERO } from '#core/money.ts'
import { type CashCount, denominations, sumOfPieces } from '#core/register/cash-up.ts'
import { closingWords } from '#core/words/closing.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { typedSum } from '../typed.ts'

/** What was typed into the count, by the value of its notes and coins, or as a sum. */
export type TypedCount = { pieces: Readonly<Record<number, string>>; sum: string }
export const nothingTyped: TypedCount = { pieces: {}, sum: '' }

type Props = {
  typed: TypedCount
  onTyped: (typed: TypedCount) => void
  onCounted: (count: CashCount) => void
}

/** “Cash in the drawer”: fields start empty; nothing typed is held against the books here. */
export function CountCash({ by, ...props }: Props & { by: Exclude<CashCounting, 'skipped'> }) {
  return by === 'sum' ? <CountSum {...props} /> : <CountPieces {...props} />
}

const LONGEST = 6
const SMALLEST_NOTE = 500

/** Null: what stands there is no number. */
const countOf = (text: string): number | null =>
  text.trim() === '' ? 0 : /^\d{1,6}$/.test(text.trim()) ? Number(text) : null

function CountPieces({ typed, onTyped, onCounted }: Props) {
  const words = useWords(closingWords)
  const first = useFocus()
  const counts = denominations.map((value) => countOf(typed.pieces[value] ?? ''))
  const isWrong = counts.includes(null)
  const isEmpty = Object.values(typed.pieces).every((text) => text.trim() === '')
  const pieces = denominations.map((value, i) => ({ value, count: counts[i] ?? 0 }))
  const sum = sumOfPieces(pieces)
  const group = (name: string, values: readonly (typeof denominations)[number][]) => (
    <fieldset class="count-group">
      <legend>{name}</legend>
      {values.map((value) => (
        <div key={value} class="count-row">
          <Field
            label={words.piece(value)}
            inputMode="numeric"
            maxLength={LONGEST}
            value={typed.pieces[value] ?? ''}
            onText={(text) =>
              onTyped({
                sum: typed.sum,
                pieces: Object.assign({}, typed.pieces, { [value]: text }),
              })
            }
            error={countOf(typed.pieces[value] ?? '') === null ? words.wholeCount : undefined}
            field={value === denominations[0] ? first : undefined}
          />
          <span class="count-sum soft" aria-hidden="true">
            {formatMoney(value * (countOf(typed.pieces[value] ?? '') ?? 0))}
          </span>
        </div>
      ))}
    </fieldset>
  )
  return (
    <form
      class="count"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong && !isEmpty)
          onCounted({ sum, pieces: pieces.filter(({ count }) => count > 0) })
      }}
    >
      <p class="soft">{words.countHow}</p>
      <div class="count-groups">
        {group(
          words.notes,
          denominations.filter((value) => value >= SMALLEST_NOTE),
        )}
        {group(
          words.coins,
          denominations.filter((value) => value < SMALLEST_NOTE),
        )}
      </div>
      <Total sum={sum} isReady={!isWrong && !isEmpty} isEmpty={isEmpty} onCounted={onCounted} />
    </form>
  )
}

function CountSum({ typed, onTyped, onCounted }: Props) {
  const words = useWords(closingWords)
  const field = useFocus()
  const faults = useWords(tillWords).typed
  const isEmpty = typed.sum.trim() === ''
  const read = /^0*([.,]0*)?$/.test(typed.sum) && !isEmpty ? ZERO : typedSum(typed.sum, faults)
  const set = (sum: string) => onTyped({ sum, pieces: typed.pieces })
  const isReady = typeof read === 'number'
  return (
    <form
      class="count"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onCounted({ sum: kopecks(read), pieces: null })
      }}
    >
      <p class="soft">{words.countSumHow}</p>
      <Field
        label={words.sum}
        big
        inputMode="decimal"
        placeholder="0.00"
        value={typed.sum}
        onText={set}
        field={field}
        error={isReady || isEmpty ? undefined : read}
      />
      <Keypad dot text={typed.sum} onText={set} />
      <Total
        sum={isReady ? read : ZERO}
        isReady={isReady}
        isEmpty={isEmpty}
        onCounted={onCounted}
      />
    </form>
  )
}

/** Always in sight: the count and the way on. */
function Total(props: {
  sum: number
  isReady: boolean
  isEmpty: boolean
  onCounted: Props['onCounted']
}) {
  const words = useWords(closingWords)
  return (
    <div class="count-total">
      <p>
        <span class="soft">{words.total}</span>
        <output aria-label={words.total}>
          <Money sum={props.sum} />
        </output>
      </p>
      {props.isEmpty && (
        <Button tone="quiet" onClick={() => props.onCounted({ sum: ZERO, pieces: null })}>
          {words.nothing}
        </Button>
      )}
      <Button tone="main" type="submit" disabled={!props.isReady}>
        {words.next}
      </Button>
    </div>
  )
}
