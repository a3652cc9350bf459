import { useId } from 'preact/hooks'
import {
  type CountName,
  countName,
  type Faults,
  type SwitchName,
  switchName,
} from '#core/api/stand.ts'
import { type BillingState, billingStates } from '#core/billing/state.ts'
import { answerOfBank } from '#core/words/bank.ts'
import type { StandWords } from '#core/words/stand/ru.ts'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { Badge } from './badge.tsx'
import { stand, told } from './stand.ts'

const activeOf = (faults: Faults): number =>
  switchName.options.filter((name) => faults[name].on).length +
  countName.options.filter((name) => faults[name].count > 0).length +
  (faults['bank.decline'].code === null ? 0 : 1) +
  (faults['billing.state'].state === 'ok' ? 0 : 1)

/** At the head of the page: the panel itself may be out of sight. */
export function FaultSummary({ faults }: { faults: Faults }) {
  const words = useWords(standWords).faults
  const active = activeOf(faults)
  return (
    <a href="#faults" class={`badge badge-${active > 0 ? 'amber' : 'green'}`}>
      {active > 0 ? words.active(active) : words.none}
    </a>
  )
}

/** What may be broken on purpose, and what is broken now. */
export function FaultPanel({ faults }: { faults: Faults }) {
  const words = useWords(standWords).faults
  const active = activeOf(faults)
  const turn = (name: SwitchName) => (on: boolean) => void told(stand.fault({ name, on }))
  const row = (name: SwitchName) => (
    <li class="panel-row">
      <Switch label={words.names[name].title} on={faults[name].on} onChange={turn(name)}>
        {words.names[name].does}
      </Switch>
    </li>
  )
  const count = (name: CountName) => <CountRow name={name} count={faults[name].count} />
  return (
    <section id="faults" class="stand-faults" aria-label={words.heading}>
      <div class="section-head">
        <h2>{words.heading}</h2>
        <span role="status">
          {active === 0 ? (
            <Badge tone="green" text={words.allSound} />
          ) : (
            <Badge tone="amber" text={words.on(active)} />
          )}
        </span>
        <Button onClick={() => void told(stand.reset({}))}>{words.reset}</Button>
      </div>
      <ul class="panel">
        {row('sko.unplugged')}
        {count('sko.answer-lost')}
        {count('sko.request-lost')}
        {row('internet.down')}
        {row('operator.down')}
        {row('billing.down')}
        <BillingRow state={faults['billing.state'].state} />
        {count('bank.answer-lost')}
        {count('bank.request-lost')}
        <DeclineRow code={faults['bank.decline'].code} />
        {row('printer.no-paper')}
        <ClockRow clock={faults.clock} />
      </ul>
    </section>
  )
}

const MOST = 99

function CountRow({ name, count }: { name: CountName; count: number }) {
  const id = useId()
  const words = useWords(standWords).faults
  const { title, does } = words.names[name]
  const set = (next: number) => void told(stand.fault({ name, count: next }))
  return (
    <li class="panel-row fault-row" aria-labelledby={id}>
      <div class="switch-text">
        <span id={id} class="switch-label">
          {title}
        </span>
        <span class="soft small">{does}</span>
      </div>
      <div class="stepper">
        <Button
          icon="minus"
          label={words.fewer(title)}
          disabled={count === 0}
          onClick={() => set(count - 1)}
        />
        <output class={count > 0 ? 'stepper-on' : ''} aria-label={words.left(title)}>
          {count}
        </output>
        <Button
          icon="plus"
          label={words.more(title)}
          disabled={count >= MOST}
          onClick={() => set(count + 1)}
        />
      </div>
    </li>
  )
}

const NO_CODE = ''
/** Refusals that a cashier meets. */
const declines = ['126', '116', '117', '121', '104', '101', '120', '208']

function DeclineRow({ code }: { code: string | null }) {
  const language = useLanguage()
  const words = useWords(standWords).faults
  const codes = code === null || declines.includes(code) ? declines : [code, ...declines]
  const options = codes.map((value) => ({
    value,
    text: `${value} ${answerOfBank(language, value)}`,
  }))
  return (
    <li class="panel-row">
      <Select
        label={words.decline}
        value={code ?? NO_CODE}
        options={[{ value: NO_CODE, text: words.noDecline }, ...options]}
        onChoice={(chosen) =>
          void told(stand.fault({ name: 'bank.decline', code: chosen === NO_CODE ? null : chosen }))
        }
      />
    </li>
  )
}

/** What the office's data are arranged to. */
function BillingRow({ state }: { state: BillingState }) {
  const words = useWords(standWords).faults
  const options = billingStates.map((value) => ({ value, text: words.billingStates[value] }))
  return (
    <li class="panel-row">
      <Select
        label={words.billing}
        value={state}
        options={options.toReversed()}
        onChoice={(chosen) => {
          const wished = billingStates.find((each) => each === chosen)
          if (wished) void told(stand.fault({ name: 'billing.state', state: wished }))
        }}
      />
    </li>
  )
}

const leaps = [
  ['hour', 1],
  ['dayAndHour', 25],
  ['eightDays', 8 * 24],
] as const

function ClockRow({ clock }: { clock: Faults['clock'] }) {
  const words = useWords(standWords).faults
  const id = useId()
  return (
    <li class="panel-row fault-row" aria-labelledby={id}>
      <div class="switch-text">
        <span id={id} class="switch-label">
          {words.clock}{' '}
          {isAhead(clock) && <span class="nowrap">{words.ahead(lead(clock, words.units))}</span>}
        </span>
        <span class="soft small">{words.clockDoes}</span>
      </div>
      <div class="leaps">
        {leaps.map(([leap, advanceHours]) => (
          <Button
            key={leap}
            onClick={() => void told(stand.fault({ name: 'clock', advanceHours }))}
          >
            {words.leap[leap]}
          </Button>
        ))}
      </div>
    </li>
  )
}

const isAhead = ({ advanceHours, advanceSeconds = 0 }: Faults['clock']): boolean =>
  advanceHours > 0 || advanceSeconds > 0

/** “8 d 1 h 5 min 30 s”: what is nothing is left out. */
function lead(
  { advanceHours, advanceSeconds = 0 }: Faults['clock'],
  units: StandWords['faults']['units'],
): string {
  return [
    [Math.floor(advanceHours / 24), units.days],
    [advanceHours % 24, units.hours],
    [Math.floor(advanceSeconds / 60), units.minutes],
    [Math.floor(advanceSeconds % 60), units.seconds],
  ]
    .filter(([value]) => value !== 0)
    .map((part) => part.join(' '))
    .join(' ')
}
