import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { type Split, splits } from '#core/card/turnover.ts'
import { answerOfBank } from '#core/words/bank.ts'
import type { Language } from '#core/words/language.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead, useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { office, told } from '../office.ts'
import { type Bar, TradeBars } from './trade-bars.tsx'

type View = Reply<(typeof officeCabinetApi)['statistics']>

/** C4: trade by card, by day and by what it is parted by. */
export function Statistics({ from, to }: { from: string; to: string }) {
  const words = useWords(officeWords).statistics
  const asked = { from: from || undefined, to: to || undefined }
  const [answer, again] = useLoad(`${from} ${to}`, () => office.statistics(asked))
  return (
    <>
      <h1>{words.heading}</h1>
      <Loaded answer={answer} told={told} again={again}>
        {(view) => (
          <>
            <Period key={`${view.from} ${view.to}`} view={view} />
            {view.forgotten > 0 && <Alert tone="red" title={words.forgotten(view.forgotten)} />}
            {view.total.count === 0 ? <p class="soft">{words.none}</p> : <Charts view={view} />}
          </>
        )}
      </Loaded>
    </>
  )
}

function Period({ view }: { view: View }) {
  const words = useWords(officeWords).statistics
  const [from, setFrom] = useState(view.from)
  const [to, setTo] = useState(view.to)
  const isWrong = from === '' || to === '' || from > to
  const ask = (event: Event) => {
    event.preventDefault()
    if (!isWrong) goInstead(`#/statistics?${new URLSearchParams({ from, to })}`)
  }
  return (
    <form class="filters period" onSubmit={ask}>
      <Field label={words.from} type="date" value={from} onText={setFrom} />
      <Field
        label={words.to}
        type="date"
        value={to}
        error={isWrong ? words.wrong : undefined}
        onText={setTo}
      />
      <Button type="submit" disabled={isWrong}>
        {words.ask}
      </Button>
    </form>
  )
}

function Charts({ view: { total, days, splits: parted } }: { view: View }) {
  const language = useLanguage()
  const words = officeWords[language].statistics
  return (
    <>
      <dl class="counts">
        {(['paid', 'back'] as const).map((name) => (
          <div key={name} class="card count">
            <dt>{words[name]}</dt>
            <dd>
              <Money sum={total[name]} />
            </dd>
          </div>
        ))}
        {(['count', 'declined'] as const).map((name) => (
          <div key={name} class="card count">
            <dt>{words[name]}</dt>
            <dd>{total[name]}</dd>
          </div>
        ))}
      </dl>
      <TradeBars
        title={words.byDay}
        bars={days.map((day) => namedBar(day, printedDay(day.value)))}
      />
      {splits.map((split) => (
        <TradeBars
          key={split}
          title={words.splits[split]}
          isFlat={split !== 'hour'}
          by={split === 'code' ? 'count' : 'paid'}
          bars={barsOf(split, parted[split], language)}
        />
      ))}
    </>
  )
}

type Cell = View['days'][number]

const namedBar = ({ count, declined, paid, back }: Cell, name: string): Bar => ({
  name,
  count,
  declined,
  paid,
  back,
})

function barsOf(split: Split, cells: readonly Cell[], language: Language): Bar[] {
  switch (split) {
    case 'hour': {
      const known = new Map(cells.map((cell) => [cell.value, cell]))
      const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
      const quiet = { count: 0, declined: 0, paid: 0, back: 0 } as Omit<Cell, 'value'>
      return hours.map((value) =>
        namedBar(known.get(value) ?? Object.assign({ value }, quiet), value),
      )
    }
    case 'code':
      return cells.map((cell) =>
        namedBar(cell, `${cell.value} ${answerOfBank(language, cell.value)}`),
      )
    case 'issuer':
      return cells.map((cell) =>
        namedBar(cell, cell.value || officeWords[language].statistics.unknownIssuer),
      )
    case 'terminal':
      return cells.map((cell) => namedBar(cell, cell.value))
    default:
      return split satisfies never
  }
}
