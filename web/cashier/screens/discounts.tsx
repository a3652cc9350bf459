import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import { type DiscountButton, discountGoesOn } from '#core/api/register-discounts.ts'
import { parseMoney } from '#core/money.ts'
import { isPrintable } from '#core/printable.ts'
import { amountOf } from '#core/register/discount.ts'
import { fieldsWords } from '#core/words/fields.ts'
import { sellingWords } from '#core/words/selling.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useKeys, useLedToFault, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { useForm } from '../form-state.ts'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

const MOST = 24

/** N10: the discounts that the shop gives by one press, and what each is for. */
export function Discounts() {
  const { session } = useStore(till)
  const words = useWords(sellingWords).discounts
  useKeys({ Escape: () => goBack({ at: 'discounts' }) })
  const [answer] = useLoad('discounts', () => register.discounts({}))
  if (!may(session, 'settings.edit')) return <p role="alert">{words.byRight}</p>
  return (
    <>
      <h1>{words.heading}</h1>
      <p class="soft">{words.does}</p>
      {answer?.kind === 'done' && <Kept buttons={answer.value.buttons} />}
      {answer && answer.kind !== 'done' && <p role="alert">{answerOf(answer)}</p>}
    </>
  )
}

function Kept(props: { buttons: readonly DiscountButton[] }) {
  const words = useWords(sellingWords).discounts
  const [buttons, setButtons] = useState(props.buttons)
  const remove = async (place: number) => {
    const answer = await register.changeDiscounts({ buttons: buttons.toSpliced(place, 1) })
    if (answer.kind === 'done') setButtons(answer.value.buttons)
    else till.set({ trouble: answer })
  }
  return (
    <>
      {buttons.length === 0 && <p class="soft">{words.none}</p>}
      <ul class="functions">
        {buttons.map((button, place) => (
          <li key={`${place} ${button.title}`} class="function">
            <span>
              <strong>
                {button.title}: {amountOf(button)}
              </strong>
              <span class="soft small">
                {words.goesOn[button.on]} · {button.reason}
              </span>
            </span>
            <Button aria-label={words.removeOf(button.title)} onClick={() => remove(place)}>
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {buttons.length < MOST && (
        <NewButton key={buttons.length} buttons={buttons} onAdded={setButtons} />
      )}
    </>
  )
}

const nothing = { title: '', kind: 'percent', value: '', reason: '', on: 'line' }
type Typed = typeof nothing

function NewButton(props: {
  buttons: readonly DiscountButton[]
  onAdded: (buttons: readonly DiscountButton[]) => void
}) {
  const words = useWords(sellingWords).discounts
  const { missing, fields } = useFaults()
  const { typed, faults, tries, trouble, busy, put, save } = useForm(nothing)
  const form = useLedToFault(tries)
  const add = () =>
    save({
      check: (now) => ({
        title: missing(now.title),
        reason: missing(now.reason),
        value: buttonOf(now) ? undefined : words.valueLike,
      }),
      send: (now) => {
        const button = buttonOf(now)
        return register.changeDiscounts({
          buttons: [...props.buttons, ...(button ? [button] : [])],
        })
      },
      saved: ({ buttons }) => props.onAdded(buttons),
      fieldOf: fields,
    })
  return (
    <form
      ref={form}
      class="people-form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <h2>{words.newHeading}</h2>
      <Told trouble={trouble} />
      <Field
        label={words.title}
        value={typed.title}
        maxLength={32}
        onText={(title) => put({ title })}
        error={faults.title}
      />
      <Select
        label={words.kind}
        value={typed.kind}
        options={(['percent', 'sum'] as const).map((value) => ({
          value,
          text: words.kinds[value],
        }))}
        onChoice={(kind) => put({ kind })}
      />
      <Field
        label={words.value}
        inputMode="decimal"
        value={typed.value}
        maxLength={12}
        onText={(value) => put({ value })}
        error={faults.value}
      />
      <Field
        label={words.reason}
        value={typed.reason}
        maxLength={64}
        onText={(reason) => put({ reason })}
        error={faults.reason}
      />
      <Select
        label={words.on}
        value={typed.on}
        options={discountGoesOn.map((value) => ({ value, text: words.goesOn[value] }))}
        onChoice={(on) => put({ on })}
      />
      <Button tone="main" big wide type="submit" busy={busy}>
        {words.add}
      </Button>
    </form>
  )
}

/** What is wrong with a text, and the form's field of one of the contract («buttons.2.title»). */
function useFaults() {
  const words = useWords(sellingWords).discounts
  const { faults } = useWords(fieldsWords)
  const missing = (text: string) =>
    text.trim() === '' ? words.missing : isPrintable(text) ? undefined : faults.unprintable({})
  const fields = (field: string) => {
    const name = field.split('.').at(-1) ?? ''
    return name in nothing ? (name as keyof Typed) : undefined
  }
  return { missing, fields }
}

/** What was typed as a button; null: its value is none. */
function buttonOf({ title, kind, value, reason, on }: Typed): DiscountButton | null {
  const read = parseMoney(value.replace('%', ''))
  if (read === null || read === 0 || (kind === 'percent' && read > 10_000)) return null
  return {
    title: title.trim(),
    kind: kind === 'sum' ? 'sum' : 'percent',
    value: read,
    reason: reason.trim(),
    on: discountGoesOn.find((each) => each === on) ?? 'line',
  }
}
