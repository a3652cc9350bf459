import { useId } from 'preact/hooks'
import {
  type CountName,
  countName,
  type Faults,
  type SwitchName,
  switchName,
} from '#core/api/stand.ts'
import { answerOfBank } from '#core/words/bank.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLanguage } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { Badge } from './badge.tsx'
import { stand, told } from './stand.ts'

type Words = { title: string; does: string }

const switches: Record<SwitchName, Words> = {
  'sko.unplugged': {
    title: 'СКО вынуто',
    does: 'Устройства кассы нет: ни команд, ни отправки документов, пока его не вернут.',
  },
  'internet.down': {
    title: 'Нет интернета',
    does: 'Из магазина не связаться ни с кем; кабинет оператора в браузере открывается.',
  },
  'operator.down': {
    title: 'Оператор недоступен',
    does: 'Интернет есть, но до оператора не доходят ни документы, ни вопросы.',
  },
  'printer.no-paper': {
    title: 'Нет бумаги',
    does: 'Принтер сообщает об этом и ничего не печатает.',
  },
}

const counts: Record<CountName, Words> = {
  'sko.answer-lost': {
    title: 'Ответ СКО теряется',
    does: 'Столько следующих команд будет выполнено, но ответа касса не услышит.',
  },
  'sko.request-lost': {
    title: 'Команда СКО теряется',
    does: 'Столько следующих команд до устройства не дойдёт.',
  },
  'bank.answer-lost': {
    title: 'Ответ банка теряется',
    does: 'Столько следующих операций банк выполнит, но ответа касса не услышит.',
  },
  'bank.request-lost': {
    title: 'Запрос в банк теряется',
    does: 'Столько следующих операций до банка не дойдёт.',
  },
}

const activeOf = (faults: Faults): number =>
  switchName.options.filter((name) => faults[name].on).length +
  countName.options.filter((name) => faults[name].count > 0).length +
  (faults['bank.decline'].code === null ? 0 : 1)

/** At the head of the page: the panel itself may be out of sight. */
export function FaultSummary({ faults }: { faults: Faults }) {
  const active = activeOf(faults)
  return (
    <a href="#faults" class={`badge badge-${active > 0 ? 'amber' : 'green'}`}>
      {active > 0 ? `Сбоев включено: ${active}` : 'Сбоев нет'}
    </a>
  )
}

/** What may be broken on purpose, and what is broken now. */
export function FaultPanel({ faults }: { faults: Faults }) {
  const active = activeOf(faults)
  const turn = (name: SwitchName) => (on: boolean) => void told(stand.fault({ name, on }))
  const row = (name: SwitchName) => (
    <li class="panel-row">
      <Switch label={switches[name].title} on={faults[name].on} onChange={turn(name)}>
        {switches[name].does}
      </Switch>
    </li>
  )
  const count = (name: CountName) => <CountRow name={name} count={faults[name].count} />
  return (
    <section id="faults" class="stand-faults" aria-label="Сбои">
      <div class="section-head">
        <h2>Сбои</h2>
        <span role="status">
          {active === 0 ? (
            <Badge tone="green" text="всё исправно" />
          ) : (
            <Badge tone="amber" text={`включено: ${active}`} />
          )}
        </span>
        <Button onClick={() => void told(stand.reset({}))}>Сбросить всё</Button>
      </div>
      <ul class="panel">
        {row('sko.unplugged')}
        {count('sko.answer-lost')}
        {count('sko.request-lost')}
        {row('internet.down')}
        {row('operator.down')}
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
  const { title, does } = counts[name]
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
          label={`${title}: меньше`}
          disabled={count === 0}
          onClick={() => set(count - 1)}
        />
        <output class={count > 0 ? 'stepper-on' : ''} aria-label={`${title}: осталось`}>
          {count}
        </output>
        <Button
          icon="plus"
          label={`${title}: больше`}
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
  const codes = code === null || declines.includes(code) ? declines : [code, ...declines]
  const options = codes.map((value) => ({
    value,
    text: `${value} ${answerOfBank(language, value)}`,
  }))
  return (
    <li class="panel-row">
      <Select
        label="Следующая оплата картой отклоняется"
        value={code ?? NO_CODE}
        options={[{ value: NO_CODE, text: 'нет' }, ...options]}
        onChoice={(chosen) =>
          void told(stand.fault({ name: 'bank.decline', code: chosen === NO_CODE ? null : chosen }))
        }
      />
    </li>
  )
}

const leaps = [
  ['+1 ч', 1],
  ['+25 ч', 25],
  ['+8 сут', 8 * 24],
] as const

function ClockRow({ clock }: { clock: Faults['clock'] }) {
  const id = useId()
  return (
    <li class="panel-row fault-row" aria-labelledby={id}>
      <div class="switch-text">
        <span id={id} class="switch-label">
          Часы {isAhead(clock) && <span class="nowrap">вперёд на {lead(clock)}</span>}
        </span>
        <span class="soft small">
          Это время видят все процессы. Назад оно не идёт, и сброс его не возвращает.
        </span>
      </div>
      <div class="leaps">
        {leaps.map(([text, advanceHours]) => (
          <Button
            key={text}
            onClick={() => void told(stand.fault({ name: 'clock', advanceHours }))}
          >
            {text}
          </Button>
        ))}
      </div>
    </li>
  )
}

const isAhead = ({ advanceHours, advanceSeconds = 0 }: Faults['clock']): boolean =>
  advanceHours > 0 || advanceSeconds > 0

/** «8 сут 1 ч 5 мин 30 с»: what is nothing is left out. */
function lead({ advanceHours, advanceSeconds = 0 }: Faults['clock']): string {
  return [
    [Math.floor(advanceHours / 24), 'сут'],
    [advanceHours % 24, 'ч'],
    [Math.floor(advanceSeconds / 60), 'мин'],
    [Math.floor(advanceSeconds % 60), 'с'],
  ]
    .filter(([value]) => value !== 0)
    .map((part) => part.join(' '))
    .join(' ')
}
