import { useRef, useState } from 'preact/hooks'
import type { Outcome } from '#core/api/contract.ts'
import type { Goods } from '#core/api/register.ts'
import { type Thousandths, thousandths } from '#core/money.ts'
import { tillWords } from '#core/words/till.ts'
import {
  go,
  useHearer,
  useInstead,
  useKeys,
  useStart,
  useStore,
  useTypedElsewhere,
} from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { addGoods, priced } from '../basket.ts'
import { BasketPane } from '../forms/basket-pane.tsx'
import { FindGoods } from '../forms/find-goods.tsx'
import { Pay } from '../forms/pay.tsx'
import type { Why } from '../missed.ts'
import { register } from '../register.ts'
import { type Route, routeOf } from '../routes.ts'
import { heralds, miss, scanned, takers } from '../scans.ts'
import { goBack } from '../standing-header.tsx'
import { changeBasket, isTaken, newId, till } from '../till.ts'

type Step = Extract<Route, { at: 'sale' }>['step']
const ONE = thousandths(1000)

/** N3: goods on the one side, the receipt on the other; paying takes the place of the goods. */
export function Sale({ step }: { step: Step }) {
  const state = useStore(till)
  const { basket } = state
  const field = useRef<HTMLInputElement>(null)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<number | null>(null)
  const [pane, setPane] = useState<'goods' | 'basket'>('goods')
  const frozen = isTaken(state)
  const put = (item: Goods, quantity: Thousandths = ONE): Why | null => {
    if (isTaken(till.get())) return 'taken'
    let why: Why | null = null
    changeBasket((before) => {
      const added = addGoods(before, { item, quantity, newId })
      why = added ? null : 'full'
      if (added) setChosen(added.key)
      return added?.basket ?? before
    })
    return why
  }
  const putByHand = (item: Goods, quantity?: Thousandths) => {
    // D5: told as it is rung up.
    if (put(item, quantity) === 'full') miss({ code: item.name, why: 'full' })
  }
  useTypedElsewhere(field)
  // A code stands for what was typed before it, and for nothing that is typed after.
  useHearer(heralds, () => setSearch(''))
  useHearer(takers, async (code) => {
    const before = cannotAdd()
    if (before !== null) return before
    const answer = await register.goodsByCode({ code })
    // The answer may have lasted: there may be no receipt to add to any more.
    const refusal = refusalOf(answer) ?? cannotAdd()
    if (answer.kind !== 'done' || refusal !== null) return refusal
    setPane('basket')
    return put(answer.value.goods, answer.value.quantity)
  })
  useStart(() => {
    const begun = till.get().scanned
    till.set({ scanned: [] })
    for (const code of begun) scanned(code)
  })
  const isPaid = basket.lines.length === 0 && state.sending === null
  useInstead(step !== 'goods' && isPaid ? { of: '#/sale/', to: '#/sale' } : null)
  const pay = () => priced(till.get().basket).fault === null && go('#/sale/means')
  useKeys({
    F2: () => field.current?.focus(),
    F4: pay,
    '+': (event) => step === 'goods' && !isTyping(event) && pay(),
    // D22: the receipt is not left by a key that is pressed to clear a field.
    Escape: () => step !== 'goods' && goBack({ at: 'sale', step }),
  })
  return (
    <div class={`sale sale-shows-${step === 'goods' ? pane : 'pay'}`}>
      <h1 class="unseen">{useWords(tillWords).sale.heading}</h1>
      {step === 'goods' ? (
        <>
          <FindGoods field={field} text={search} onText={setSearch} onPut={putByHand} />
          <PaneSwitch pane={pane} count={basket.lines.length} onPane={setPane} />
        </>
      ) : (
        <Pay step={step} />
      )}
      <BasketPane
        chosen={chosen}
        onChoose={setChosen}
        frozen={frozen || step !== 'goods'}
        paying={step !== 'goods'}
        pane={pane}
        onPay={pay}
      />
    </div>
  )
}

/** Why nothing can be added to the receipt now. */
function cannotAdd(): Why | null {
  if (isTaken(till.get())) return 'taken'
  const route = routeOf(location.hash)
  return route.at === 'sale' && route.step !== 'goods' ? 'paying' : null
}

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLInputElement && event.target.value !== ''

function refusalOf(answer: Outcome<unknown>): Why | null {
  switch (answer.kind) {
    case 'done':
      return null
    case 'refused':
      return answer.code === 'goods.unknown' ? 'unknown' : 'no-answer'
    case 'invalid':
      return 'no-code'
    case 'unsent':
    case 'unknown':
      return 'no-answer'
  }
}

function PaneSwitch(props: {
  pane: 'goods' | 'basket'
  count: number
  onPane: (pane: 'goods' | 'basket') => void
}) {
  const words = useWords(tillWords).sale
  const tab = (pane: 'goods' | 'basket', text: string) => (
    <button type="button" aria-pressed={props.pane === pane} onClick={() => props.onPane(pane)}>
      {text}
    </button>
  )
  return (
    <div class="pane-switch">
      {tab('goods', words.goods)}
      {tab('basket', props.count > 0 ? words.basketOf(props.count) : words.basket)}
    </div>
  )
}
