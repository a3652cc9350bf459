import { useState } from 'preact/hooks'
import type { TariffPriceView } from '#core/api/office-tariffs.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { parseMoney } from '#core/money.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Select } from '#web/ui/Select.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { office, told } from '../office.ts'
import { periodOf } from '../screens/still.tsx'
import { ActForm } from './act-form.tsx'

type Words = OfficeWords['tariffs']

/** Tariffs and their prices by date: past, present and ahead. */
export function StaffTariffs() {
  const words = useWords(officeWords).tariffs
  const [answer, again] = useLoad('tariff prices', () => office.tariffPrices({}))
  const [undone, setUndone] = useState<TariffPriceView | null>(null)
  const done = () => {
    setUndone(null)
    again()
  }
  return (
    <>
      <h1>{words.heading}</h1>
      <Loaded answer={answer} told={told} again={again}>
        {({ prices, earliest }) => (
          <>
            <Table
              label={words.heading}
              columns={columnsIn(words, setUndone)}
              rows={prices}
              keyOf={({ tariff, from, id }) => `${tariff} ${from} ${id}`}
              toneOf={({ state }) => (state === 'future' ? 'amber' : null)}
            />
            {undone && <Undoing key={undone.id} price={undone} onDone={done} />}
            <NewPrice prices={prices} earliest={earliest} onDone={again} />
            <NewTariff onDone={again} />
          </>
        )}
      </Loaded>
    </>
  )
}

const columnsIn = (
  words: Words,
  undo: (price: TariffPriceView) => void,
): readonly Column<TariffPriceView>[] => [
  { head: words.name, cell: ({ name, tariff }) => `${name} (${tariff})`, width: 'minmax(0, 2fr)' },
  { head: words.period, cell: (row) => periodOf(words, row), width: '90px' },
  {
    head: words.from,
    cell: ({ from }) => (from === null ? words.always : printedDay(from)),
    width: '110px',
  },
  { head: words.price, cell: ({ price }) => <Money sum={price} />, width: '110px', right: true },
  { head: words.state, cell: ({ state }) => words.states[state], width: '110px' },
  { head: words.person, cell: ({ person }) => person, width: 'minmax(0, 1fr)' },
  {
    head: '',
    cell: (row) =>
      row.state === 'future' && (
        <Button
          tone="quiet"
          label={`${words.undoAct} ${row.tariff} ${row.from}`}
          onClick={() => undo(row)}
        >
          {words.undo}
        </Button>
      ),
    width: '150px',
  },
]

function Undoing({ price: { id, tariff, from }, onDone }: Undone) {
  const words = useWords(officeWords).tariffs
  return (
    <section class="card" aria-label={words.undoAct}>
      <h2>
        {words.undoAct}: {tariff}, {from && printedDay(from)}
      </h2>
      <ActForm
        act={words.undoAct}
        danger
        fields={{ reason: { label: words.undoReason } }}
        send={({ reason }) => (id === null ? null : office.undoPrice({ price: id, reason }))}
        onDone={onDone}
      />
    </section>
  )
}
type Undone = { price: TariffPriceView; onDone: () => void }

type NewPriceProps = { prices: readonly TariffPriceView[]; earliest: string; onDone: () => void }

function NewPrice({ prices, earliest, onDone }: NewPriceProps) {
  const words = useWords(officeWords).tariffs
  const known = new Map(prices.map(({ tariff, name }) => [tariff, name]))
  const [tariff, setTariff] = useState(prices[0]?.tariff ?? '')
  return (
    <section class="card form" aria-label={words.change}>
      <h2>{words.change}</h2>
      <p class="soft small">{words.changeHow(printedDay(earliest))}.</p>
      <Select
        label={words.name}
        value={tariff}
        options={[...known].map(([value, text]) => ({ value, text }))}
        onChoice={setTariff}
      />
      <ActForm
        act={words.change}
        fields={{
          price: { label: words.price, money: true },
          from: { label: words.from, date: true },
        }}
        send={({ price: text, from }) => {
          const price = parseMoney(text)
          return price ? office.changePrice({ tariff, price, from: from.trim() }) : null
        }}
        onDone={onDone}
      />
    </section>
  )
}

function NewTariff({ onDone }: { onDone: () => void }) {
  const words = useWords(officeWords).tariffs
  return (
    <section class="card" aria-label={words.add}>
      <h2>{words.add}</h2>
      <ActForm
        act={words.add}
        fields={{
          tariff: { label: words.id },
          name: { label: words.name },
          price: { label: words.price, money: true },
          months: { label: words.monthsField, value: '1' },
          days: { label: words.daysField, value: '0' },
          from: { label: words.from, date: true },
        }}
        send={({ tariff, name, price: text, months, days, from }) => {
          const price = parseMoney(text)
          const isWhole = /^\d{1,3}$/.test(months.trim()) && /^\d{1,3}$/.test(days.trim())
          if (!price || !isWhole) return null
          const period = { months: Number(months), days: Number(days) }
          const of = { tariff: tariff.trim(), name, price, from: from.trim() }
          return office.addTariff(Object.assign(of, period))
        }}
        onDone={onDone}
      />
    </section>
  )
}
