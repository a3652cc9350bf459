import type { TariffView } from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { formatMoney } from '#core/money.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { office, told } from '../office.ts'

/** How long a tariff's period is. */
export const periodOf = (
  words: OfficeWords['tariffs'],
  { months, days }: Pick<TariffView, 'months' | 'days'>,
): string => (months > 0 ? words.months(months) : words.days(days))

const columnsIn = (words: OfficeWords['tariffs']): readonly Column<TariffView>[] => [
  { head: words.name, cell: ({ name }) => name },
  { head: words.period, cell: (tariff) => periodOf(words, tariff), width: '120px' },
  {
    head: words.price,
    cell: ({ price, ahead }) => (
      <>
        <Money sum={price} />
        {ahead.map((each) => (
          <span key={each.from} class="soft small under">
            {words.ahead(printedDay(each.from), formatMoney(each.price))}
          </span>
        ))}
      </>
    ),
    width: '190px',
    right: true,
  },
]

export function Tariffs() {
  const words = useWords(officeWords).tariffs
  const [answer, again] = useLoad('tariffs', () => office.tariffs({}))
  return (
    <>
      <h1>{words.heading}</h1>
      <Loaded answer={answer} told={told} again={again}>
        {({ tariffs }) => (
          <Table
            label={words.heading}
            columns={columnsIn(words)}
            rows={tariffs}
            keyOf={({ id }) => id}
          />
        )}
      </Loaded>
    </>
  )
}

const SITE = 'https://zpos.by'

export function Contacts() {
  const words = useWords(officeWords).contacts
  return (
    <>
      <h1>{words.heading}</h1>
      <section class="card">
        <Facts
          rows={[
            [words.who, words.supplier],
            [
              words.site,
              <a key="site" href={SITE} rel="noreferrer">
                {SITE}
              </a>,
            ],
            [words.operator, words.operatorHow],
          ]}
        />
      </section>
    </>
  )
}

export function Questions() {
  const { heading, list } = useWords(officeWords).questions
  return (
    <>
      <h1>{heading}</h1>
      {list.map(({ ask, answer }) => (
        <details key={ask} class="card question">
          <summary>{ask}</summary>
          <p>{answer}</p>
        </details>
      ))}
    </>
  )
}
