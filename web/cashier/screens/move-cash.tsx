import { useState } from 'preact/hooks'
import { formatMoney, type Kopecks } from '#core/money.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useKeys, useStore } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { isBlind } from '../cash-up.ts'
import { UnusualSum } from '../forms/unusual-sum.tsx'
import { carryOut } from '../operations.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { isUnusual, typedSum } from '../typed.ts'

/** N5: deposit and withdrawal. `kopecks` prefills the sum when another screen led here. */
export function MoveCash({ kind, kopecks }: { kind: 'deposit' | 'withdrawal'; kopecks: string }) {
  const { status, sending, session } = useStore(till)
  const { move: words, typed, carryOut: carryOutText } = useWords(tillWords)
  const [text, setText] = useState(/^\d+$/.test(kopecks) ? formatMoney(Number(kopecks)) : '')
  const field = useFocus()
  const sum = typedSum(text, typed)
  const isShort =
    kind === 'withdrawal' && typeof sum === 'number' && status !== null && sum > status.cash
  const fault = isShort ? words.notEnough : typeof sum === 'string' ? sum : null
  const [asked, setAsked] = useState<Kopecks | null>(null)
  const move = (wanted: Kopecks) => carryOut({ id: newId(), kind, sum: wanted })
  useKeys({ Escape: () => goBack({ at: kind, sum: '' }) })
  return (
    <>
      <h1>{words[kind]}</h1>
      <form
        class="move"
        onSubmit={(event) => {
          event.preventDefault()
          if (typeof sum !== 'number' || fault !== null || sending) return
          if (isUnusual(sum)) setAsked(sum)
          else move(sum)
        }}
      >
        {!isBlind({ session, status }) && (
          <p class="move-cash">
            <span class="soft">{words.now}</span>
            <strong>{status && <Money sum={status.cash} currency />}</strong>
            {kind === 'withdrawal' && status && status.cash > 0 && (
              <Button tone="quiet" onClick={() => setText(formatMoney(status.cash))}>
                {words.all}
              </Button>
            )}
          </p>
        )}
        <Field
          label={words.sum}
          big
          inputMode="decimal"
          placeholder="0.00"
          value={text}
          onText={setText}
          field={field}
          error={fault !== null && text !== '' ? fault : undefined}
        />
        <Keypad dot text={text} onText={setText} />
        <Button
          tone="main"
          big
          wide
          type="submit"
          disabled={fault !== null || sending !== null}
          busy={sending?.request.kind === kind}
        >
          {carryOutText}
        </Button>
      </form>
      {asked !== null && (
        <UnusualSum
          what={words[kind]}
          sum={asked}
          onYes={() => move(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
