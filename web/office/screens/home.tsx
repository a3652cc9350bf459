import type { Reply } from '#core/api/contract.ts'
import type { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import type { BillingState } from '#core/billing/state.ts'
import { formatMoney } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { office, told } from '../office.ts'
import { hashOf } from '../routes.ts'

type View = Reply<(typeof officeCabinetApi)['home']>
type Till = View['tills'][number]

/** C4: what needs attention today. */
export function Home() {
  const all = useWords(officeWords)
  const words = all.home
  const [answer, again] = useLoad('home', () => office.home({}))
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={again}>
          {all.refresh}
        </Button>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {(view) => (
          <>
            <Attention view={view} />
            <Today view={view} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Attention({ view: { tills, unbalanced, forgotten, parted } }: { view: View }) {
  const { home: words, row } = useWords(officeWords)
  const troubled = tills.filter(({ state }) => state !== 'ok')
  const repriced = tills.flatMap((till) =>
    till.repriced ? [Object.assign({ till }, till.repriced)] : [],
  )
  if (troubled.length + repriced.length + unbalanced.length + parted.length + forgotten === 0) {
    return (
      <div class="card home-fine">
        <strong>{words.fine}</strong>
        <span class="soft">{words.fineHow}</span>
      </div>
    )
  }
  return (
    <ul class="attention">
      {troubled.map((till) => (
        <TroubledTill key={till.serial} till={till} />
      ))}
      {repriced.map(({ till: { serial }, on, price, before }) => (
        <li key={`price ${serial}`} class="card attention-row attention-amber">
          <strong>
            {words.repriced({
              serial,
              day: printedDay(on),
              price: formatMoney(price),
              before: formatMoney(before),
            })}
          </strong>
          <a href="#/tariffs">{words.open}</a>
        </li>
      ))}
      {parted.map(({ how, serial, at, sum, receipt, transaction }) => (
        <li key={`parted ${serial} ${at} ${receipt}`} class="card attention-row attention-red">
          <div class="attention-what">
            <strong>
              {words.parted({
                how: row.parted[how],
                serial,
                day: printedMoment(at),
                receipt,
                sum: formatMoney(sum),
              })}
            </strong>
            <span>{row.partedHow[how]}</span>
          </div>
          {transaction !== null && <a href={`#/transactions/${transaction}`}>{words.open}</a>}
        </li>
      ))}
      {forgotten > 0 && (
        <li class="card attention-row attention-red">
          <strong>{words.forgotten(forgotten)}</strong>
          <a href={hashOf({ result: 'forgotten' })}>{words.open}</a>
        </li>
      )}
      {unbalanced.map(({ terminal, day, closedAt }) => (
        <li key={`${terminal} ${day} ${closedAt}`} class="card attention-row attention-amber">
          <strong>{words.unbalanced(terminal, day)}</strong>
          <a href={`#/days/${terminal}/${day}`}>{words.open}</a>
        </li>
      ))}
    </ul>
  )
}

function TroubledTill({ till: { serial, state, forbids, endsOn } }: { till: Till }) {
  const words = useWords(officeWords).home
  const step = stepOf(state, words, serial)
  return (
    <li class={`card attention-row attention-${forbids ? 'red' : 'amber'}`}>
      <div class="attention-what">
        <strong>
          {words.till(serial)}: {words.states[state]}
        </strong>
        {forbids && <span>{words.forbids}</span>}
        {endsOn !== null && <span class="soft">{words.until(printedDay(endsOn))}</span>}
      </div>
      {step.href ? <a href={step.href}>{step.text}</a> : <span>{step.text}</span>}
    </li>
  )
}

/** What a client mends by itself is a link; the rest is mended by the office's people (R18). */
function stepOf(state: BillingState, words: OfficeWords['home'], serial: string) {
  const { order, staff, update, topUp } = words.steps
  switch (state) {
    case 'no-subscription':
    case 'ending':
      return { text: order, href: `#/orders?serial=${encodeURIComponent(serial)}` }
    case 'ending-no-funds':
      return { text: topUp, href: '#/orders' }
    case 'update-required':
      return { text: update, href: null }
    case 'ok':
    case 'serial-unknown':
    case 'no-contract':
    case 'unp-mismatch':
      return { text: staff, href: null }
    default:
      return state satisfies never
  }
}

function Today({ view: { today, account } }: { view: View }) {
  const all = useWords(officeWords)
  const { statistics: names, home: words } = all
  return (
    <section class="home-part" aria-labelledby="today">
      <h2 id="today">{words.today}</h2>
      <dl class="counts">
        <Count name={names.paid} value={<Money sum={today.paid} />} />
        <Count name={names.back} value={<Money sum={today.back} />} />
        <Count name={names.declined} value={today.declined} />
        {account && (
          <Count
            name={`${words.balance} ${account.account}`}
            value={<Money sum={account.balance} />}
          />
        )}
      </dl>
    </section>
  )
}

const Count = ({ name, value }: { name: string; value: preact.ComponentChildren }) => (
  <div class="card count">
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)
