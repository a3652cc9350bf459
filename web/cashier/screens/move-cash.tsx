import { useState } from 'preact/hooks'
import { formatMoney, parseMoney } from '#core/money.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useKeys, useStore } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { Money } from '#web/ui/Money.tsx'
import { carryOut } from '../operations.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'

/** N5: «Внесение» and «Изъятие». `kopecks` prefills the sum when another screen led here. */
export function MoveCash({ kind, kopecks }: { kind: 'deposit' | 'withdrawal'; kopecks: string }) {
  const { status, sending } = useStore(till)
  const [text, setText] = useState(/^\d+$/.test(kopecks) ? formatMoney(Number(kopecks)) : '')
  const field = useFocus()
  const sum = parseMoney(text)
  const short = kind === 'withdrawal' && sum !== null && status !== null && sum > status.cash
  const ready = sum !== null && sum > 0 && !short && sending === null
  useKeys({ Escape: () => goBack({ at: kind, sum: '' }) })
  return (
    <>
      <h1>{kind === 'deposit' ? 'Внесение' : 'Изъятие'}</h1>
      <form
        class="move"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) carryOut({ id: newId(), kind, sum })
        }}
      >
        <p class="move-cash">
          <span class="soft">Сейчас в кассе</span>
          <strong>{status && <Money sum={status.cash} />}</strong>
          {kind === 'withdrawal' && status && status.cash > 0 && (
            <Button tone="quiet" onClick={() => setText(formatMoney(status.cash))}>
              Изъять всё
            </Button>
          )}
        </p>
        <Field
          label="Сумма"
          big
          inputMode="decimal"
          placeholder="0.00"
          value={text}
          onText={setText}
          field={field}
          error={
            short
              ? 'Столько наличных в кассе нет'
              : sum === null && text !== ''
                ? 'Сумма в рублях, например 20 или 20.50'
                : undefined
          }
        />
        <Keypad dot text={text} onText={setText} />
        <Button
          tone="main"
          big
          wide
          type="submit"
          disabled={!ready}
          busy={sending?.request.kind === kind}
        >
          Провести
        </Button>
      </form>
    </>
  )
}
