import { useState } from 'preact/hooks'
import type { DiscountButton } from '#core/api/register-discounts.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Basket, faultIn, type Priced, priced } from '../basket.ts'
import { usePricesNow } from '../prices-now.ts'
import { register } from '../register.ts'
import { changeBasket, till } from '../till.ts'
import { BasketRow } from './basket-row.tsx'
import { BasketTools } from './basket-tools.tsx'
import { DiscountButtons } from './discount-buttons.tsx'

/** The receipt being rung up: lines, discounts, totals with VAT, the way to pay. */
export function BasketPane(props: {
  chosen: number | null
  onChoose: (key: number | null) => void
  frozen: boolean
  paying: boolean
  pane: string
  onPay: () => void
  /** N11: from the receipt to the reader by one touch; null: cards are not taken. */
  onCard: (() => void) | null
}) {
  const { basket, live } = useStore(till)
  const now = usePricesNow(basket)
  const [given] = useLoad(`${live}`, () => register.discounts({}))
  const buttons = given?.kind === 'done' ? given.value.buttons : NO_BUTTONS
  const words = useWords(tillWords).sale
  const prices = priced(basket)
  const chosen = props.frozen ? null : props.chosen
  const selling = useWords(sellingWords)
  const isFaulty = prices.totals === null || prices.fault !== null
  return (
    <section class="basket" aria-label={words.basket}>
      {!props.paying && <BasketTools />}
      {basket.lines.length === 0 ? (
        <Empty />
      ) : (
        <ol class="basket-lines">
          {basket.lines.map((line, place) => (
            <BasketRow
              key={line.key}
              line={line}
              priced={prices.lines[place]}
              chosen={chosen === line.key}
              frozen={props.frozen}
              pane={props.pane}
              now={now(line)}
              buttons={buttons}
              onChoose={() => props.onChoose(chosen === line.key ? null : line.key)}
            />
          ))}
        </ol>
      )}
      {basket.lines.length > 0 && (
        <div class="basket-more">
          {!props.frozen && (
            <WholeReceipt basket={basket} buttons={buttons} onOpen={() => props.onChoose(null)} />
          )}
          <Sums prices={prices} />
        </div>
      )}
      <div class="basket-foot">
        <p class="total">
          <span>{words.total}</span>
          <output aria-label={words.total}>
            <Money sum={prices.totals?.total ?? 0} currency />
          </output>
        </p>
        {!props.paying && (
          <div class="basket-pay">
            <Button tone="main" big wide disabled={isFaulty} onClick={props.onPay}>
              {words.toPay}
              <span class="key-hint" aria-hidden="true">
                F4
              </span>
            </Button>
            {props.onCard && (
              <Button
                big
                icon="card"
                label={selling.discounts.payCard}
                disabled={isFaulty || props.frozen}
                onClick={props.onCard}
              />
            )}
          </div>
        )}
      </div>
    </section>
  )
}

const NO_BUTTONS: readonly DiscountButton[] = []

const Empty = () => (
  <div class="basket-empty">
    <Icon name="receipt" size={44} />
    <p>{useWords(tillWords).sale.empty}</p>
  </div>
)

/** Discount and markup of the whole receipt, out of sight until wanted. */
function WholeReceipt(props: {
  basket: Basket
  buttons: readonly DiscountButton[]
  onOpen: () => void
}) {
  const { basket, onOpen } = props
  const words = useWords(tillWords).sale
  const [opened, setOpened] = useState(basket.discount !== '' || basket.markup !== '')
  if (!opened) {
    const open = () => {
      setOpened(true)
      onOpen()
    }
    return (
      <Button tone="quiet" icon="percent" class="whole-open" onClick={open}>
        {words.wholeReceipt}
      </Button>
    )
  }
  return (
    <fieldset class="adjust">
      <legend class="small soft">{words.wholeReceipt}</legend>
      <DiscountButtons
        buttons={props.buttons}
        on="receipt"
        given={basket}
        onGive={({ discount, reason }) =>
          changeBasket((before) => ({ ...before, discount, reason }))
        }
      />
      <Field
        label={words.discount}
        digits="share"
        placeholder={words.adjustHint}
        value={basket.discount}
        onText={(discount) => changeBasket((before) => ({ ...before, discount, reason: null }))}
      />
      <Field
        label={words.markup}
        digits="share"
        placeholder={words.adjustHint}
        value={basket.markup}
        onText={(markup) => changeBasket((before) => ({ ...before, markup }))}
      />
    </fieldset>
  )
}

function Sums({ prices }: { prices: Priced }) {
  const words = useWords(tillWords).sale
  const { totals, fault } = prices
  if (fault !== null)
    return (
      <p class="field-error" role="alert">
        {faultIn(words.faults, fault)}
      </p>
    )
  if (!totals) return null
  return (
    <dl class="sums">
      {totals.discounts > 0 && <Sum name={words.discount} sum={-totals.discounts} />}
      {totals.markups > 0 && <Sum name={words.markup} sum={totals.markups} />}
      {totals.vat.map(({ rate, vat }) => (
        <Sum key={rate} name={rate === null ? words.noVat : words.vat(rate)} sum={vat} />
      ))}
    </dl>
  )
}

const Sum = ({ name, sum }: { name: string; sum: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Money sum={sum} />
    </dd>
  </div>
)
