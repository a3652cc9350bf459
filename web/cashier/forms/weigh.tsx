import { useState } from 'preact/hooks'
import type { Goods } from '#core/api/register.ts'
import { MAX_QUANTITY, type Thousandths, thousandths } from '#core/money.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { operationsWords } from '#core/words/operations.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useLoad, useShown } from '#web/ui/hooks.ts'
import { Keypad } from '#web/ui/Keypad.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { typedQuantity } from '../typed.ts'

/** N10: how much there is of goods that are not counted in pieces; nothing is put in without. */
export function WeighDialog(props: {
  item: Goods
  onQuantity: (quantity: Thousandths) => void
  onClose: () => void
}) {
  const { item, onQuantity, onClose } = props
  const language = useLanguage()
  const words = sellingWords[language].weigh
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const field = useFocus('always')
  const unit = operationsWords[language].units[item.unit]
  const bounds = { unit: item.unit, min: 1, max: MAX_QUANTITY }
  const read = typedQuantity(typed, bounds, tillWords[language].typed)
  const put = () => {
    if (typeof read === 'string') setTried(true)
    else onQuantity(read)
  }
  return (
    <Dialog
      class="number-dialog"
      title={item.name}
      onClose={onClose}
      actions={
        <>
          <Button tone="main" onClick={put}>
            {words.put}
          </Button>
          <Button onClick={onClose}>{words.leave}</Button>
        </>
      }
    >
      <p class="soft">
        <Money sum={item.price} /> {tillWords[language].sale.per(unit)}
      </p>
      <Field
        label={words.quantity(unit)}
        big
        inputMode="decimal"
        placeholder="0.000"
        value={typed}
        maxLength={12}
        onText={setTyped}
        onEnter={put}
        error={(tried || typed !== '') && typeof read === 'string' ? read : undefined}
        field={field}
      />
      {(item.unit === 'kg' || item.unit === 'g') && (
        <OnScale unit={item.unit} onQuantity={onQuantity} />
      )}
      <Keypad dot text={typed} onText={setTyped} />
    </Dialog>
  )
}

/** Takes the weight that stands on the scale now, or says why there is none. */
function OnScale(props: { unit: 'kg' | 'g'; onQuantity: (quantity: Thousandths) => void }) {
  const words = useWords(equipmentWords)
  const [scale] = useLoad('scale', () => register.scale({}))
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<{ title: string; next: string } | null>(null)
  const isShown = useShown()
  const weigh = async () => {
    setBusy(true)
    setWhy(null)
    const answer = await register.weigh({})
    // What was weighed for goods that nobody puts in any more is nobody's weight.
    if (!isShown()) return
    setBusy(false)
    if (answer.kind !== 'done') return setWhy(troubleOf('register', answer))
    const { heard, grams } = answer.value
    if (grams === null) return setWhy(words.weighed[heard])
    props.onQuantity(thousandths(props.unit === 'kg' ? grams : grams * 1000))
  }
  if (scale?.kind !== 'done' || !scale.value.isSet) return null
  return (
    <>
      <Button wide busy={busy} onClick={() => void weigh()}>
        {busy ? words.weighing : words.weigh}
      </Button>
      {why && <Alert tone="amber" title={why.title} next={why.next} />}
    </>
  )
}
