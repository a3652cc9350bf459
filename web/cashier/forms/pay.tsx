import { useState } from 'preact/hooks'
import type { Payment } from '#core/document/totals.ts'
import { settle } from '#core/document/totals.ts'
import { formatMoney, type Kopecks, kopecks, parseMoney } from '#core/money.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useFocus, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { Keypad } from '#web/ui/Keypad.tsx'
import { Money } from '#web/ui/Money.tsx'
import { priced, saleRequest } from '../basket.ts'
import { carryOut } from '../operations.ts'
import { till } from '../till.ts'
import { Told } from './find-goods.tsx'

/** Paying: by what means, then how much was handed over. */
export function Pay({ step, told }: { step: 'means' | 'cash' | 'other'; told: string | null }) {
  const { basket, sending } = useStore(till)
  const total = priced(basket).totals?.total
  const busy = sending?.request.kind === 'sale'
  const pay = (payments: Payment[]) => {
    const { basket: now } = till.get()
    if (now.id !== null) carryOut(saleRequest({ ...now, id: now.id }, payments))
  }
  return (
    <section class="pay" aria-label="Оплата">
      <p class="pay-due">
        <span>К оплате</span>
        <strong>
          <Money sum={total ?? 0} />
        </strong>
      </p>
      {told !== null && <Told text={told} />}
      {total === undefined ? (
        <p class="soft">
          Чек пуст. <a href="#/sale">Вернуться к товарам</a>
        </p>
      ) : step === 'means' ? (
        <MeansChoice />
      ) : step === 'cash' ? (
        <CashForm total={total} busy={busy} onPay={(sum) => pay([{ means: 'cash', sum }])} />
      ) : (
        <OtherForm busy={busy} onPay={() => pay([{ means: 'other', sum: total }])} />
      )}
    </section>
  )
}

const LATER = 'появится с подключением терминала'

const MeansChoice = () => (
  <div class="means">
    <MeansTile icon="cash" text="Наличные" onClick={() => go('#/sale/cash')} />
    <MeansTile icon="card" text="Карта" hint={LATER} />
    <MeansTile icon="mixed" text="Смешанная" hint={LATER} />
    <MeansTile
      icon="gift"
      text="Иное"
      note="Сертификат, аванс"
      onClick={() => go('#/sale/other')}
    />
  </div>
)

function MeansTile(props: {
  icon: IconName
  text: string
  note?: string
  hint?: string
  onClick?: () => void
}) {
  const note = props.hint ?? props.note
  return (
    <button
      type="button"
      class="tile"
      aria-label={props.text}
      aria-description={note}
      disabled={!props.onClick}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={30} />
      <span class="tile-text">{props.text}</span>
      {note && <span class="tile-note" data-note={note} />}
    </button>
  )
}

const NOTES = [5, 10, 20, 50, 100, 200, 500] as const

function CashForm(props: { total: Kopecks; busy: boolean; onPay: (sum: Kopecks) => void }) {
  const { total, busy } = props
  // Null until touched: the exact sum, which any typing replaces.
  const [typed, setTyped] = useState<string | null>(null)
  const field = useFocus()
  const received = typed === null ? total : parseMoney(typed)
  const settled = received === null ? null : settle(total, [{ means: 'cash', sum: received }])
  const enough = settled !== null && !('fault' in settled)
  const note = (roubles: number) =>
    setTyped(formatMoney((typed === null ? 0 : (parseMoney(typed) ?? 0)) + roubles * 100))
  return (
    <form
      class="cash"
      onSubmit={(event) => {
        event.preventDefault()
        if (enough && received !== null && !busy) props.onPay(received)
      }}
    >
      <div class="cash-sums">
        <Field
          label="Получено"
          big
          inputMode="decimal"
          value={typed ?? formatMoney(total)}
          onText={setTyped}
          field={field}
          disabled={busy}
          error={received === null ? 'Сумма в рублях, например 20 или 20.50' : undefined}
        />
        <p class={enough ? 'change' : 'change change-short'}>
          <span>{enough ? 'Сдача' : 'Не хватает'}</span>
          <output aria-label={enough ? 'Сдача' : 'Не хватает'}>
            <Money sum={enough ? settled.change : kopecks(total - (received ?? 0))} />
          </output>
        </p>
      </div>
      <div class="notes">
        {NOTES.map((roubles) => (
          <Button key={roubles} disabled={busy} onClick={() => note(roubles)}>
            {roubles}
          </Button>
        ))}
        <Button class="notes-exact" disabled={busy} onClick={() => setTyped(null)}>
          Без сдачи
        </Button>
      </div>
      <Keypad dot text={typed ?? ''} onText={setTyped} />
      <Button tone="main" big wide type="submit" busy={busy} disabled={!enough}>
        Провести
        <span class="key-hint" aria-hidden="true">
          Enter
        </span>
      </Button>
    </form>
  )
}

function OtherForm({ busy, onPay }: { busy: boolean; onPay: () => void }) {
  return (
    <form
      class="cash"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onPay()
      }}
    >
      <p class="soft">Сертификат, аванс и другие средства на всю сумму чека. Сдачи не бывает.</p>
      <Button tone="main" big wide type="submit" busy={busy}>
        Провести
      </Button>
    </form>
  )
}
