import { useMemo, useRef, useState } from 'preact/hooks'
import type { Outcome, Refused } from '#core/api/contract.ts'
import type { Goods } from '#core/api/register.ts'
import type { RungGoods } from '#core/api/register-parked.ts'
import { isSiLike, isUkzLike, readSi } from '#core/document/mark.ts'
import { type Thousandths, thousandths } from '#core/money.ts'
import { isWhole } from '#core/units.ts'
import { tillWords } from '#core/words/till.ts'
import {
  go,
  useHearer,
  useInstead,
  useKeys,
  useLatest,
  useStart,
  useStore,
  useTypedElsewhere,
} from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { addGoods, priced } from '../basket.ts'
import { BasketPane } from '../forms/basket-pane.tsx'
import { FindGoods } from '../forms/find-goods.tsx'
import { FreePriceDialog } from '../forms/free-price.tsx'
import { Pay } from '../forms/pay.tsx'
import { PermitDialog } from '../forms/permit.tsx'
import { WeighDialog } from '../forms/weigh.tsx'
import { type AskedUnit, MarkDialog, type PutUnit } from '../marking/mark-dialog.tsx'
import {
  askUnit,
  isWhole as isComplete,
  isInBasket,
  type Needed,
  NO_MARK,
  needsMark,
  refusalOfUnit,
  whyOf,
  withScan,
} from '../marking/units.ts'
import type { Why } from '../missed.ts'
import { payByCard } from '../paying.ts'
import { askForReceipt, asWanting, wantingNow } from '../permits.ts'
import { register } from '../register.ts'
import { type Route, routeOf } from '../routes.ts'
import { heralds, miss, scanned, takers } from '../scans.ts'
import { goBack } from '../standing-header.tsx'
import { changeBasket, isTaken, newId, type Till, till } from '../till.ts'

type Step = Extract<Route, { at: 'sale' }>['step']
const ONE = thousandths(1000)
type Unit = Parameters<PutUnit>[0]
/** What a tile, a search or a scan tells of goods. */
type Told = { quantity: Thousandths | null; code: string }

/** N3: goods on the one side, the receipt on the other; paying takes the place of the goods. */
export function Sale({ step }: { step: Step }) {
  const state = useStore(till)
  const { basket } = state
  const field = useRef<HTMLInputElement>(null)
  const [search, setSearch] = useState('')
  const { chosen, setChosen, put } = usePutting()
  const [pane, setPane] = useState<'goods' | 'basket'>('goods')
  const frozen = isTaken(state)
  const [asking, setAsking] = useState<Goods | 'free' | AskedUnit | null>(null)
  /** N10: what is not counted in pieces is weighed, never taken for one; a marked unit is known. */
  const choose = async (item: Goods, { quantity, code }: Told): Promise<Why | null> => {
    if (isTaken(till.get())) return 'taken'
    const needed = needsMark(item)
    const unit = needed && (await findUnit(item, needed, code))
    if (typeof unit === 'string') return unit
    if (unit && 'resold' in unit) return cannotAdd() ?? put(item, ONE, unit)
    if (!unit && quantity !== null) return put(item, quantity)
    setAsking(unit ?? item)
    return null
  }
  // D5: told as it is rung up.
  const tellFull = (why: Why | null, name: string) => {
    if (why === 'full') miss({ code: name, why })
  }
  const chooseByHand = async (
    item: Goods,
    quantity: Thousandths | null = isWhole(item.unit) ? ONE : null,
  ) => tellFull(await choose(item, { quantity, code: '' }), item.name)
  const putAsked = (item: RungGoods, quantity: Thousandths, unit?: Unit) => {
    setAsking(null)
    tellFull(put(item, quantity, unit), item.name)
  }
  useTypedElsewhere(field)
  // A code stands for what was typed before it, and for nothing that is typed after.
  useHearer(heralds, () => setSearch(''))
  useHearer(takers, async (code) => {
    const before = cannotAdd()
    if (before !== null) return before
    const answer = await register.goodsByCode({ code })
    // The answer may have lasted: there may be no receipt to add to any more.
    const refusal = refusalOf(answer, code) ?? cannotAdd()
    if (answer.kind !== 'done' || refusal !== null) return refusal
    setPane('basket')
    return choose(answer.value.goods, { quantity: answer.value.quantity, code })
  })
  useStart(() => {
    const begun = till.get().scanned
    till.set({ scanned: [] })
    for (const code of begun) scanned(code)
  })
  const isPaid = basket.lines.length === 0 && state.sending === null
  useInstead(step !== 'goods' && isPaid ? { of: '#/sale/', to: '#/sale' } : null)
  const { pay, permit } = usePaying(state.trouble)
  useKeys({
    F2: () => field.current?.focus(),
    F4: () => void pay(),
    '+': (event) => (step === 'goods' && !isTyping(event) ? void pay() : false),
    // D22: the receipt is not left by a key that is pressed to clear a field.
    Escape: () => step !== 'goods' && goBack({ at: 'sale', step }),
  })
  const byHand = useLatest(chooseByHand)
  // The same element is left alone: a line that is rung up draws nothing of the goods.
  const goods = useMemo(
    () => (
      <FindGoods
        field={field}
        text={search}
        onText={setSearch}
        onPut={(item, quantity) => void byHand.current(item, quantity)}
        onFree={() => !isTaken(till.get()) && setAsking('free')}
      />
    ),
    [search],
  )
  return (
    <div class={`sale sale-shows-${step === 'goods' ? pane : 'pay'}`}>
      <h1 class="unseen">{useWords(tillWords).sale.heading}</h1>
      {step === 'goods' ? (
        <>
          {goods}
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
        onPay={() => void pay()}
        onCard={state.status?.terminal ? () => void pay('card') : null}
      />
      <Asking of={asking} onPut={putAsked} onClose={() => setAsking(null)} />
      {permit && <PermitDialog {...permit} ask={askForReceipt} />}
    </div>
  )
}

/** Puts goods into the receipt, and chooses their line. */
function usePutting() {
  const [chosen, setChosen] = useState<number | null>(null)
  const put = (item: RungGoods, quantity: Thousandths, unit?: Unit): Why | null => {
    if (isTaken(till.get())) return 'taken'
    let why: Why | null = null
    changeBasket((before) => {
      const added = addGoods(before, { item, quantity, unit, newId })
      why = added ? null : 'full'
      if (added) setChosen(added.key)
      return added?.basket ?? before
    })
    return why
  }
  return { chosen, setChosen, put }
}

/** What has to be said of goods before they stand in the receipt. */
function Asking(props: {
  of: Goods | 'free' | AskedUnit | null
  onPut: (item: RungGoods, quantity: Thousandths, unit?: Unit) => void
  onClose: () => void
}) {
  const { of, onPut, onClose } = props
  if (of === null) return null
  if (of === 'free') {
    return <FreePriceDialog onPut={(item) => onPut(item, ONE)} onClose={onClose} />
  }
  return 'needed' in of ? (
    <MarkDialog of={of} onUnit={(unit) => onPut(of.item, ONE, unit)} onClose={onClose} />
  ) : (
    <WeighDialog item={of} onQuantity={(quantity) => onPut(of, quantity)} onClose={onClose} />
  )
}

/** N10: the way to the payment, and whom it leads by where a right is wanting. */
function usePaying(trouble: Till['trouble']) {
  const [lack, setLack] = useState<{ why: Refused; to: 'means' | 'card' } | null>(null)
  const refused = asWanting(trouble)
  const lead = (to: 'means' | 'card') => {
    go(`#/sale/${to}`)
    if (to === 'card') payByCard()
  }
  const pay = async (to: 'means' | 'card' = 'means') => {
    if (priced(till.get().basket).fault !== null) return
    const found = await wantingNow()
    if (found) setLack({ why: found, to })
    else lead(to)
  }
  const onClose = () => {
    setLack(null)
    if (refused) till.set({ trouble: null })
  }
  const onGranted = () => {
    onClose()
    if (lack) lead(lack.to)
  }
  const wanting = lack?.why ?? refused
  return { pay, permit: wanting && { wanting, onClose, onGranted } }
}

/** Why nothing can be added to the receipt now. */
function cannotAdd(): Why | null {
  if (isTaken(till.get())) return 'taken'
  const route = routeOf(location.hash)
  return route.at === 'sale' && route.step !== 'goods' ? 'paying' : null
}

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLInputElement && event.target.value !== ''

function refusalOf(answer: Outcome<unknown>, code: string): Why | null {
  switch (answer.kind) {
    case 'done':
      return null
    case 'refused':
      return answer.code === 'goods.unknown' ? whyUnknown(code) : 'no-answer'
    case 'invalid':
      return 'no-code'
    case 'unsent':
    case 'unknown':
      return 'no-answer'
  }
}

/** A code of a unit may say by itself why it names no goods. */
function whyUnknown(code: string): Why {
  if (isUkzLike(code)) return 'mark-first'
  const read = isSiLike(code) ? readSi(code) : null
  return read && 'fault' in read ? whyOf(read.fault) : 'unknown'
}

/** The unit that was scanned, what is still to be asked of it, or why it cannot be sold. */
async function findUnit(
  item: Goods,
  needed: Needed,
  code: string,
): Promise<Unit | AskedUnit | Why> {
  const begun = needed.si && isSiLike(code) ? withScan(NO_MARK, code, needed) : NO_MARK
  if ('fault' in begun) return whyOf(begun.fault)
  if (!isComplete(begun, needed)) return { item, needed, mark: begun, sold: null }
  if (isInBasket(till.get().basket, begun)) return 'mark-twice'
  const answer = await askUnit(begun, item.id)
  const why = refusalOfUnit(answer)
  if (answer.kind !== 'done' || why !== null) return why ?? 'no-answer'
  const { mark, sold } = answer.value
  return sold ? { item, needed, mark, sold } : { mark, resold: false }
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
