import { useMemo, useState } from 'preact/hooks'
import type { DiscountButton } from '#core/api/register-discounts.ts'
import type { BasketLine } from '#core/api/register-parked.ts'
import { tailOf, type UnitMark } from '#core/document/mark.ts'
import { type Line, lineCost } from '#core/document/totals.ts'
import { formatMoney, formatQuantity, MAX_QUANTITY, parseMoney, thousandths } from '#core/money.ts'
import { isWhole } from '#core/units.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { CutName } from '#web/ui/CutName.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLater, useLatest } from '#web/ui/hooks.ts'
import { useInSight } from '#web/ui/hooks-sight.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { NumberField } from '#web/ui/NumberField.tsx'
import { changeLine, removeLine } from '../basket.ts'
import type { PriceNow } from '../prices-now.ts'
import { changeBasket } from '../till.ts'
import { shownQuantity, typedQuantity } from '../typed.ts'
import { DiscountButtons } from './discount-buttons.tsx'

const PIECE = 1000
const MOST_PIECES = MAX_QUANTITY - (MAX_QUANTITY % PIECE)

type Shown = {
  line: BasketLine
  chosen: boolean
  frozen: boolean
  /** What a narrow screen shows: this line may have been hidden before. */
  pane: string
  /** What its goods cost now, where that is another price than it was rung up with. */
  now: PriceNow
  /** Discounts of the shop. */
  buttons: readonly DiscountButton[]
  onChoose: () => void
}

/** A line of the receipt; the chosen one shows what may be changed in it. */
export function BasketRow({ priced, ...props }: Shown & { priced: Line | undefined }) {
  const { line, chosen, frozen, pane, now, buttons } = props
  const { discount = 0, markup = 0 } = priced ?? {}
  const choose = useLatest(props.onChoose)
  // The same element is left alone: what is rung up draws no line but its own.
  return useMemo(() => {
    const onChoose = () => choose.current()
    const shown = { line, chosen, frozen, pane, now, buttons, onChoose }
    return <Row {...shown} more={markup - discount} />
  }, [line, chosen, frozen, pane, now, buttons, discount, markup])
}

/** `more`: what the line costs beside its goods, in kopecks. */
function Row(props: Shown & { more: number }) {
  const { line, frozen, pane } = props
  const words = useWords(tillWords).sale
  const { units } = useWords(operationsWords)
  // The line itself is painted first, then what may be changed in it.
  const [ready, getReady] = useState(false)
  useLater(props.chosen, 0, () => getReady(props.chosen))
  const chosen = props.chosen && ready
  // What was just rung up is seen, however long the receipt.
  const row = useInSight<HTMLLIElement>(props.chosen ? `${pane} ${line.quantity} ${chosen}` : null)
  const cost = lineCost(line.price, line.quantity)
  const total = cost + props.more
  const change = (part: Partial<BasketLine>) =>
    changeBasket((basket) => changeLine(basket, line.key, part))
  return (
    <li ref={row} class={chosen ? 'line line-chosen' : 'line'}>
      <button
        type="button"
        class="line-name"
        aria-expanded={chosen}
        disabled={frozen}
        onClick={props.onChoose}
      >
        <CutName name={line.goods.name} most={44} />
        {line.mark && <Marked mark={line.mark} />}
      </button>
      <Quantity
        line={line}
        frozen={frozen || line.mark !== null}
        chosen={chosen && line.mark === null}
        onChange={change}
      />
      <span class="line-sums">
        <strong class="line-total">
          <Money sum={Math.max(0, total)} />
        </strong>
        <span class="soft small nowrap">
          {units[line.goods.unit]} × <Money sum={line.price} />
        </span>
      </span>
      {!frozen && (
        <Button
          tone="quiet"
          icon="close"
          class="line-remove"
          label={words.remove(line.goods.name)}
          onClick={() => changeBasket((basket) => removeLine(basket, line.key))}
        />
      )}
      {total !== cost && (
        <span class="line-note small soft">
          {total < cost ? words.lineDiscount : words.lineMarkup}
          <Money sum={Math.abs(total - cost)} />
          {line.reason !== null && ` · ${line.reason}`}
        </span>
      )}
      {props.now && !frozen && <Changed now={props.now} />}
      {chosen && <Adjust line={line} buttons={props.buttons} onChange={change} />}
    </li>
  )
}

/** Which unit it is: goods of several lines have the same name. */
const Marked = ({ mark }: { mark: UnitMark }) => (
  <span class="line-mark soft">{useWords(markingWords).codeOf(tailOf(mark))}</span>
)

/** A7: the line keeps its price, and says so. */
function Changed({ now }: { now: NonNullable<PriceNow> }) {
  const words = useWords(sellingWords)
  return (
    <p class="line-changed small" role="status">
      {now.price === null ? words.goneNow : words.priceNow(formatMoney(now.price))}
    </p>
  )
}

function Quantity(props: {
  line: BasketLine
  frozen: boolean
  chosen: boolean
  onChange: (part: Partial<BasketLine>) => void
}) {
  const { line, frozen, chosen } = props
  const language = useLanguage()
  const words = tillWords[language]
  const { unit } = line.goods
  const max = isWhole(unit) ? MOST_PIECES : MAX_QUANTITY
  const set = (quantity: number) => props.onChange({ quantity: thousandths(quantity), wrong: null })
  return (
    <div class="line-quantity">
      {chosen && (
        <Button
          icon="minus"
          label={words.sale.less}
          disabled={line.quantity <= PIECE}
          onClick={() => set(line.quantity - PIECE)}
        />
      )}
      <NumberField
        label={words.sale.quantity}
        value={line.quantity}
        wrong={line.wrong}
        min={isWhole(unit) ? PIECE : 1}
        max={max}
        step={PIECE}
        format={isWhole(unit) ? shownQuantity : formatQuantity}
        read={(text) => typedQuantity(text, { unit, min: 1, max }, words.typed)}
        onValue={set}
        onWrong={(wrong) => props.onChange({ wrong })}
        disabled={frozen}
      />
      {chosen && (
        <Button
          icon="plus"
          label={words.sale.more}
          disabled={line.quantity + PIECE > max}
          onClick={() => set(line.quantity + PIECE)}
        />
      )}
    </div>
  )
}

function Adjust(props: {
  line: BasketLine
  buttons: readonly DiscountButton[]
  onChange: (part: Partial<BasketLine>) => void
}) {
  const { line, buttons, onChange } = props
  const words = useWords(tillWords).sale
  return (
    <fieldset class="adjust line-adjust">
      <legend class="unseen">{line.goods.name}</legend>
      <DiscountButtons buttons={buttons} on="line" given={line} onGive={onChange} />
      <Field
        label={words.discount}
        digits="share"
        placeholder={words.adjustHint}
        value={line.discount}
        onText={(discount) => onChange({ discount, reason: null })}
      />
      <Field
        label={words.markup}
        digits="share"
        placeholder={words.adjustHint}
        value={line.markup}
        onText={(markup) => onChange({ markup })}
      />
      {line.goods.id !== null && <Price line={line} onChange={onChange} />}
    </fieldset>
  )
}

/** The price is changed by right; the register checks it again. */
function Price(props: { line: BasketLine; onChange: (part: Partial<BasketLine>) => void }) {
  const words = useWords(tillWords).sale
  const [typed, setTyped] = useState<string | null>(null)
  const price = typed === null ? props.line.price : parseMoney(typed)
  return (
    <Field
      label={words.price}
      inputMode="decimal"
      value={typed ?? formatMoney(props.line.price)}
      error={price === null || price === 0 ? words.priceMissing : undefined}
      onText={(text) => {
        setTyped(text)
        const read = parseMoney(text)
        if (read !== null && read > 0) props.onChange({ price: read })
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
