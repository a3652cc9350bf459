import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import type { Refundable } from '#core/api/register-refundable.ts'
import { isSameUnit, tailOf } from '#core/document/mark.ts'
import { operationId } from '#core/id.ts'
import { type Thousandths, thousandths } from '#core/money.ts'
import { type Back, backOf } from '#core/register/refund.ts'
import { isWhole } from '#core/units.ts'
import { controlsWords } from '#core/words/controls.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useHearer, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { NumberField } from '#web/ui/NumberField.tsx'
import { MoneyBack } from '../forms/money-back.tsx'
import { isUnitCode, NO_MARK, whyOf, withScan } from '../marking/units.ts'
import { carryOut } from '../operations.ts'
import { register } from '../register.ts'
import { takers } from '../scans.ts'
import { newId, till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { shownQuantity, typedQuantity } from '../typed.ts'

type Left = Reply<(typeof registerApi)['refundable']>

/** N4: what of a sale comes back, in whole or in part, never more than is left of it. */
export function Refund({ id }: { id: string }) {
  const { open, status } = useStore(till)
  const [answer, again] = useLoad(`${id}/${open.length}/${status?.sko}`, () =>
    register.refundable({ id }),
  )
  useKeys({ Escape: () => go(`#/receipts/${id}`) })
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <p role="alert">
        {answerOf(answer)} <Button onClick={again}>{wordsNow(controlsWords).retry}</Button>
      </p>
    )
  }
  const rest = answer.value
  const words = wordsNow(tillWords).refund
  return (
    <>
      <h1>{words.heading}</h1>
      {rest.lines.some(({ left }) => left > 0) ? (
        <RefundForm key={id} id={id} rest={rest} />
      ) : (
        <p class="soft">{rest.unproved ? words.unproved : words.allBack}</p>
      )}
    </>
  )
}

type Wish = { quantity: Thousandths; wrong: string | null }
type Wishes = Record<number, Wish>

function RefundForm({ id, rest }: { id: string; rest: Left }) {
  const { refund: words, carryOut: carryOutText } = useWords(tillWords)
  const { sending } = useStore(till)
  // D16: nothing comes back until somebody says what; one press is all of it.
  const [wishes, setWishes] = useState<Wishes>({})
  const lines = rest.lines.filter(({ left }) => left > 0)
  const { wanted, back, fault } = refundWished(rest, wishes)
  const hint = useWords(markingWords).refundHow
  useHearer(takers, async (code) => {
    const mark = isUnitCode(code) ? withScan(NO_MARK, code, ANY) : null
    if (mark === null) return 'elsewhere'
    if ('fault' in mark) return whyOf(mark.fault)
    const unit = lines.find((line) => line.mark !== null && isSameUnit(line.mark, mark))
    if (!unit) return 'mark-not-here'
    setWishes((all) => ({ ...all, [unit.line]: { quantity: unit.left, wrong: null } }))
    return null
  })
  const setAll = (quantityOf: (line: Refundable) => Thousandths) =>
    setWishes(
      Object.fromEntries(
        lines.map((line) => [line.line, { quantity: quantityOf(line), wrong: null }]),
      ),
    )
  const ready = back !== null && sending === null
  return (
    <form
      class="refund"
      onSubmit={(event) => {
        event.preventDefault()
        const of = operationId(id)
        if (ready && of) carryOut({ id: newId(), kind: 'refund', of, lines: wanted })
      }}
    >
      {lines.some(({ mark }) => mark !== null) && <p class="soft">{hint}</p>}
      <ul class="refund-lines">
        {lines.map((line, place) => (
          <li key={line.line}>
            <RefundLine
              line={line}
              wish={wishOf(wishes, line)}
              wanted={place === 0}
              onWish={(wish) =>
                setWishes((all) => ({ ...all, [line.line]: { ...wishOf(all, line), ...wish } }))
              }
            />
          </li>
        ))}
      </ul>
      <div class="refund-end steps">
        <Button onClick={() => setAll(({ left }) => left)}>{words.all}</Button>
        <Button tone="quiet" onClick={() => setAll(() => NOTHING)}>
          {words.nothing}
        </Button>
        <Total back={back} fault={fault} />
        <Button
          tone="main"
          big
          type="submit"
          disabled={!ready}
          busy={sending?.request.kind === 'refund'}
        >
          {carryOutText}
        </Button>
      </div>
    </form>
  )
}

function Total({ back, fault }: { back: Back | null; fault: string | null }) {
  const words = useWords(tillWords).refund
  return (
    <>
      {fault !== null && (
        <p class="field-error" role="alert">
          {fault}
        </p>
      )}
      <div class="refund-total">
        <p>
          <span>{words.total}</span>
          <output aria-label={words.total}>
            {back ? <Money sum={back.total} currency /> : '—'}
          </output>
        </p>
        {back && <MoneyBack payments={back.payments} />}
      </div>
    </>
  )
}

const NOTHING = thousandths(0)
const ANY = { si: true, ukz: true }

const wishOf = (wishes: Wishes, line: Refundable): Wish =>
  wishes[line.line] ?? { quantity: NOTHING, wrong: null }

/** What is asked for, and what the register will give back for it; null: it cannot be asked. */
function refundWished(rest: Left, wishes: Wishes) {
  const words = wordsNow(tillWords).refund
  const wanted = rest.lines.flatMap((line) => {
    const { quantity } = wishOf(wishes, line)
    return quantity > 0 ? [{ line: line.line, quantity }] : []
  })
  const wrong = rest.lines.find((line) => wishOf(wishes, line).wrong !== null)
  const none = { wanted, back: null }
  if (wrong) return { ...none, fault: words.wrongQuantity(wrong.name) }
  if (wanted.length === 0) return { ...none, fault: null }
  const back = backOf(rest, wanted)
  if (!('fault' in back)) return { wanted, back, fault: null }
  return { ...none, fault: words.nothingLeft(rest.lines[back.line]?.name ?? '') }
}

function RefundLine(props: {
  line: Refundable
  wish: Wish
  wanted: boolean
  onWish: (wish: Partial<Wish>) => void
}) {
  const { line, wish, wanted, onWish } = props
  const { unit, left } = line
  const { units } = useWords(operationsWords)
  const { refund: words, typed } = useWords(tillWords)
  return (
    <div class="refund-line">
      <div class="refund-what">
        <strong>{line.name}</strong>
        {line.mark && (
          <span class="soft small">{useWords(markingWords).codeOf(tailOf(line.mark))}</span>
        )}
        <span class="soft small">
          {words.left(shownQuantity(left), units[unit])}
          <Money sum={line.sum} />
        </span>
      </div>
      <NumberField
        label={words.quantity}
        value={wish.quantity}
        wrong={wish.wrong}
        min={0}
        max={left}
        step={isWhole(unit) ? 1000 : 1}
        format={shownQuantity}
        read={(text) => typedQuantity(text, { unit, min: 0, max: left }, typed)}
        onValue={(quantity) => onWish({ quantity: thousandths(quantity), wrong: null })}
        onWrong={(wrong) => onWish({ wrong })}
        wanted={wanted ? 'fine' : 'never'}
      />
    </div>
  )
}
