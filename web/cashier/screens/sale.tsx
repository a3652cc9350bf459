import { useRef, useState } from 'preact/hooks'
import type { Goods } from '#core/api/register.ts'
import { type Thousandths, thousandths } from '#core/money.ts'
import { go, useInstead, useKeys, useScanner, useStart, useStore } from '#web/ui/hooks.ts'
import { addGoods, priced } from '../basket.ts'
import { BasketPane } from '../forms/basket-pane.tsx'
import { FindGoods } from '../forms/find-goods.tsx'
import { Pay } from '../forms/pay.tsx'
import { register } from '../register.ts'
import type { Route } from '../routes.ts'
import { goBack } from '../standing-header.tsx'
import { isTaken, newId, setBasket, till } from '../till.ts'
import { answerOf } from '../trouble.ts'

type Step = Extract<Route, { at: 'sale' }>['step']
const ONE = thousandths(1000)

/** N3: goods on the one side, the receipt on the other; paying takes the place of the goods. */
export function Sale({ step }: { step: Step }) {
  const state = useStore(till)
  const { basket } = state
  const search = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [pane, setPane] = useState<'goods' | 'basket'>('goods')
  const [told, setTold] = useState<string | null>(null)
  const frozen = isTaken(state)
  const put = (item: Goods, quantity: Thousandths = ONE) => {
    if (isTaken(till.get())) return
    const added = addGoods(till.get().basket, { item, quantity, newId })
    setBasket(added.basket)
    setChosen(added.key)
    setTold(null)
  }
  const scan = async (code: string) => {
    if (step !== 'goods') {
      setTold('Идёт оплата. Чтобы добавить товар, вернитесь к чеку.')
      return
    }
    const refusal = await findByCode(code, put)
    setTold(refusal)
    if (refusal === null) setPane('basket')
  }
  useScanner(search, scan)
  useStart(() => void takeScanned(scan))
  const isPaid = basket.lines.length === 0 && state.sending === null
  useInstead(step !== 'goods' && isPaid ? { of: '#/sale/', to: '#/sale' } : null)
  const pay = () => priced(till.get().basket).fault === null && go('#/sale/means')
  useKeys({
    F2: () => search.current?.focus(),
    F4: pay,
    '+': (event) => step === 'goods' && !isTyping(event) && pay(),
    Escape: () => goBack({ at: 'sale', step }),
  })
  return (
    <div class={`sale sale-shows-${step === 'goods' ? pane : 'pay'}`}>
      <h1 class="unseen">Продажа</h1>
      {step === 'goods' ? (
        <>
          <FindGoods field={search} told={told} onTold={setTold} onPut={put} onCode={scan} />
          <PaneSwitch pane={pane} count={basket.lines.length} onPane={setPane} />
        </>
      ) : (
        <Pay step={step} told={told} />
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

/** What was scanned before this screen stood, one code after another. */
async function takeScanned(scan: (code: string) => Promise<void>): Promise<void> {
  const { scanned } = till.get()
  till.set({ scanned: [] })
  for (const code of scanned) await scan(code)
}

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLInputElement && event.target.value !== ''

/** Returns what to tell when nothing was added. */
async function findByCode(
  code: string,
  put: (item: Goods, quantity: Thousandths) => void,
): Promise<string | null> {
  const answer = await register.goodsByCode({ code })
  if (answer.kind !== 'done') return answerOf(answer)
  put(answer.value.goods, answer.value.quantity)
  return null
}

function PaneSwitch(props: {
  pane: 'goods' | 'basket'
  count: number
  onPane: (pane: 'goods' | 'basket') => void
}) {
  const tab = (pane: 'goods' | 'basket', text: string) => (
    <button type="button" aria-pressed={props.pane === pane} onClick={() => props.onPane(pane)}>
      {text}
    </button>
  )
  return (
    <div class="pane-switch">
      {tab('goods', 'Товары')}
      {tab('basket', props.count > 0 ? `Чек · ${props.count}` : 'Чек')}
    </div>
  )
}
