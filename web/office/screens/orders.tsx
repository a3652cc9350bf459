import { useState } from 'preact/hooks'
import { v7 as newId } from 'uuid'
import type { Reply } from '#core/api/contract.ts'
import type {
  ContractView,
  EntryView,
  EquipmentView,
  OrderView,
  officeCabinetApi,
  QuoteView,
  TariffView,
} from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { formatMoney, parseMoney } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { amount } from '#core/words/figures.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { office, told, useEntitled } from '../office.ts'
import { periodOf } from './still.tsx'

type View = {
  contract: ContractView | null
  tills: readonly EquipmentView[]
  tariffs: readonly TariffView[]
  orders: Reply<(typeof officeCabinetApi)['orders']>
  entries: readonly EntryView[]
}

async function load(): Promise<{ kind: 'done'; value: View } | Trouble> {
  const [contracts, equipment, tariffs, orders, entries] = await Promise.all([
    office.contracts({}),
    office.equipment({}),
    office.tariffs({}),
    office.orders({}),
    office.entries({ limit: 20 }),
  ])
  if (contracts.kind !== 'done') return contracts
  if (equipment.kind !== 'done') return equipment
  if (tariffs.kind !== 'done') return tariffs
  if (orders.kind !== 'done') return orders
  if (entries.kind !== 'done') return entries
  const value = {
    contract: contracts.value.contracts[0] ?? null,
    tills: equipment.value.equipment,
    tariffs: tariffs.value.tariffs,
    orders: orders.value,
    entries: entries.value.entries,
  }
  return { kind: 'done', value }
}

/** C4: the personal account, what is ordered and what it costs. */
export function Orders({ serial }: { serial: string }) {
  const words = useWords(officeWords).orders
  const [answer, again] = useLoad('orders', load)
  const mayOrder = useEntitled('orders.place')
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {(view) => (
          <>
            <Account view={view} again={again} />
            {mayOrder && view.tills.length > 0 && view.tariffs.length > 0 && (
              <NewOrder view={view} serial={serial} again={again} />
            )}
            <OrderList view={view} />
            <EntryList view={view} />
          </>
        )}
      </Loaded>
    </>
  )
}

type Props = { view: View; again: () => void }

function Account({ view: { contract, orders }, again }: Props) {
  const words = useWords(officeWords).orders
  const [isOpen, setOpen] = useState(false)
  const mayOrder = useEntitled('orders.place')
  if (!contract) return null
  return (
    <section class="card account" aria-label={words.account(contract.account)}>
      <span>{words.account(contract.account)}</span>
      <strong class="account-sum nowrap">
        <Money sum={contract.balance} /> BYN
      </strong>
      {mayOrder && orders.demoPayments && (
        <Button onClick={() => setOpen(true)}>{words.topUp}</Button>
      )}
      {isOpen && (
        <TopUp
          onClose={() => {
            setOpen(false)
            again()
          }}
        />
      )}
    </section>
  )
}

/** The payment of the demo, under an id of its own, so that a repeat is the same payment. */
function TopUp({ onClose }: { onClose: () => void }) {
  const all = useWords(officeWords)
  const words = all.orders
  const [id] = useState(() => newId())
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const sum = parseMoney(text)
  const isWrong = text.trim() !== '' && !sum
  const pay = async (event: Event) => {
    event.preventDefault()
    if (!sum || busy) return
    setBusy(true)
    const answer = await office.demoPayment({ id: id as never, sum })
    setBusy(false)
    if (answer.kind === 'done') onClose()
    else setTrouble(answer)
  }
  return (
    <Dialog title={words.topUp} onClose={onClose}>
      <form class="form" onSubmit={pay}>
        <p class="soft">{words.topUpHow}</p>
        <Field
          label={words.sum}
          inputMode="decimal"
          maxLength={20}
          value={text}
          error={isWrong ? words.sumWrong : undefined}
          onText={setText}
        />
        {trouble && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{all.cancel}</Button>
          <Button type="submit" tone="main" busy={busy} disabled={!sum}>
            {words.topUp}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function NewOrder({ view: { tills, tariffs }, serial, again }: Props & { serial: string }) {
  const all = useWords(officeWords)
  const words = all.orders
  const known = tills.find((till) => till.serial === serial) ?? tills[0]
  const [till, setTill] = useState(known?.serial ?? '')
  const [tariff, setTariff] = useState(tariffs[0]?.id ?? '')
  const [quote, setQuote] = useState<QuoteView | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    const answer = await office.quote({ serial: till, tariff })
    setBusy(false)
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') setQuote(answer.value)
  }
  const nameOf = (each: TariffView) =>
    `${each.name}, ${periodOf(all.tariffs, each)}, ${formatMoney(each.price)} BYN`
  return (
    <section class="card order-form" aria-label={words.place}>
      <Select
        label={words.till}
        value={till}
        options={tills.map((each) => ({ value: each.serial, text: each.serial }))}
        onChoice={setTill}
      />
      <Select
        label={words.tariff}
        value={tariff}
        options={tariffs.map((each) => ({ value: each.id, text: nameOf(each) }))}
        onChoice={setTariff}
      />
      <Button tone="main" busy={busy} onClick={() => void show()}>
        {words.show}
      </Button>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      {quote && (
        <Quoted
          quote={quote}
          onClose={() => {
            setQuote(null)
            again()
          }}
        />
      )}
    </section>
  )
}

/** The price as it is stored; the order names it and is charged that or nothing. */
function Quoted({ quote, onClose }: { quote: QuoteView; onClose: () => void }) {
  const all = useWords(officeWords)
  const words = all.orders
  const [renews, setRenews] = useState(true)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const wanting = quote.sum - quote.balance
  const place = async () => {
    setBusy(true)
    const answer = await office.order({ quote: quote.id, renews })
    setBusy(false)
    if (answer.kind === 'done') onClose()
    else setTrouble(answer)
  }
  return (
    <Dialog
      title={words.kinds[quote.kind]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{all.cancel}</Button>
          <Button tone="main" busy={busy} onClick={() => void place()}>
            {words.place}
          </Button>
        </>
      }
    >
      <Facts
        rows={[
          [words.till, quote.serial],
          [words.price, <Money key="price" sum={quote.price} />],
          ...(quote.credit > 0 ? [credited(words, quote)] : []),
          [words.toPay, <Money key="sum" sum={quote.sum} />],
          [words.balance, <Money key="balance" sum={quote.balance} />],
        ]}
      />
      <p>{wanting > 0 ? words.wanting(amount(wanting)) : words.enough}</p>
      <p class="soft">{words.good(printedDay(quote.lastDay))}</p>
      <Switch label={words.renews} on={renews} onChange={setRenews} />
      {trouble && <Alert tone="red" title={told(trouble)} />}
    </Dialog>
  )
}

const credited = (words: OfficeWords['orders'], { credit }: QuoteView) =>
  [words.credit, <Money key="credit" sum={credit} />] as const

const orderColumns = (words: OfficeWords['orders']): readonly Column<OrderView>[] => [
  { head: words.number, cell: ({ number }) => number, width: '60px' },
  {
    head: words.at,
    cell: ({ placedAt }) => <span class="nowrap">{printedMoment(placedAt).slice(0, 16)}</span>,
    width: '150px',
  },
  { head: words.till, cell: ({ serial }) => serial },
  { head: words.tariff, cell: ({ kind, name }) => `${words.kinds[kind]}: ${name}` },
  { head: words.state, cell: ({ state }) => words.states[state], width: '140px' },
  { head: words.toPay, cell: ({ sum }) => <Money sum={sum} />, width: '110px', right: true },
  {
    head: words.invoice,
    cell: ({ number, sum }) =>
      sum > 0 && (
        <a
          href={`/api/orders/${number}/invoice`}
          download
          aria-label={`${words.invoice} ${words.number} ${number}`}
        >
          PDF
        </a>
      ),
    width: '110px',
  },
]

function OrderList({ view: { orders } }: { view: View }) {
  const words = useWords(officeWords).orders
  return (
    <Table
      label={words.heading}
      columns={orderColumns(words)}
      rows={orders.orders}
      keyOf={({ number }) => String(number)}
      toneOf={({ state }) => (state === 'waiting' ? 'amber' : null)}
      end={orders.orders.length === 0 ? words.none : undefined}
    />
  )
}

/** What an entry was made for. */
export const groundOf = ({ note, charge }: EntryView): string | null =>
  charge ? `${charge.serial}, ${charge.tariff}, ${printedDay(charge.on)}` : note

const entryColumns = (words: OfficeWords['orders']): readonly Column<EntryView>[] => [
  { head: words.entry, cell: ({ kind }) => words.entryKinds[kind] },
  {
    head: words.at,
    cell: ({ at }) => <span class="nowrap">{printedMoment(at).slice(0, 16)}</span>,
    width: '150px',
  },
  { head: words.note, cell: groundOf },
  { head: words.sum, cell: ({ sum }) => <Money sum={sum} />, width: '120px', right: true },
]

function EntryList({ view: { entries } }: { view: View }) {
  const words = useWords(officeWords).orders
  return (
    <section class="home-part" aria-labelledby="entries">
      <h2 id="entries">{words.entries}</h2>
      <Table
        label={words.entries}
        columns={entryColumns(words)}
        rows={entries}
        keyOf={({ id }) => String(id)}
        end={entries.length === 0 ? words.noEntries : undefined}
      />
    </section>
  )
}
