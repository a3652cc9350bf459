import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { Goods, registerApi } from '#core/api/register.ts'
import { shownCodes, type UnitMark } from '#core/document/mark.ts'
import { printedMoment } from '#core/time.ts'
import { fieldsWords } from '#core/words/fields.ts'
import { markingWords } from '#core/words/marking.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useHearer, useShown } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { askers } from '../scans.ts'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { askUnit, isInBasket, isWhole, type Needed, withScan } from './units.ts'

export type Sold = NonNullable<Reply<(typeof registerApi)['unit']>['sold']>
/** A unit that is being rung up: what of it was scanned, and the sale that it is in already. */
export type AskedUnit = { item: Goods; needed: Needed; mark: UnitMark; sold: Sold | null }
export type PutUnit = (unit: { mark: UnitMark; resold: boolean }) => void

/** Asks for the codes of one unit, and says what is known of it: nothing is put in without. */
export function MarkDialog(props: { of: AskedUnit; onUnit: PutUnit; onClose: () => void }) {
  const { of, onUnit, onClose } = props
  const language = useLanguage()
  const words = markingWords[language]
  const { mark, sold, typed, error, onTyped, take } = useMark(of, onUnit)
  const field = useFocus('always')
  const next = of.needed.si && mark.si === null ? 'si' : 'ukz'
  useHearer(askers, take)
  const put = () => void take(typed)
  return (
    <Dialog
      class="number-dialog"
      title={of.item.name}
      onClose={onClose}
      actions={
        <>
          {sold ? (
            <Button tone="danger" onClick={() => onUnit({ mark, resold: true })}>
              {words.sellAgain}
            </Button>
          ) : (
            <Button tone="main" onClick={put}>
              {words.put}
            </Button>
          )}
          <Button autofocus={sold !== null} onClick={onClose}>
            {words.leave}
          </Button>
        </>
      }
    >
      {shownCodes(mark).map((code) => (
        <p key={code} class="mark-code soft small">
          {words.read(code)}
        </p>
      ))}
      {sold ? (
        <Alert
          tone="amber"
          title={words.sold(sold.number, printedMoment(sold.at).slice(0, 16))}
          next={words.soldNext}
        />
      ) : (
        <>
          <p>{words.scan[next]}</p>
          <Field
            label={words.field}
            hint={words.typed}
            value={typed}
            maxLength={256}
            onText={onTyped}
            onEnter={put}
            error={error ?? undefined}
            loud
            field={field}
          />
        </>
      )}
    </Dialog>
  )
}

/** The codes as they come in, until the unit is known. */
function useMark({ item, needed, mark: begun, sold: before }: AskedUnit, onUnit: PutUnit) {
  const language = useLanguage()
  const { faults } = fieldsWords[language]
  const [mark, setMark] = useState(begun)
  const [sold, setSold] = useState(before)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const isShown = useShown()
  const wrong = (text: string) => {
    setError(text)
    return 'told' as const
  }
  const take = async (code: string) => {
    // A scan is never a yes (H1).
    if (sold) return 'dialog' as const
    const more = withScan(mark, code, needed)
    if ('fault' in more) return wrong(faults[more.fault]({}))
    setTyped('')
    setError(null)
    if (!isWhole(more, needed)) {
      setMark(more)
      return null
    }
    if (isInBasket(till.get().basket, more)) return wrong(faults['mark-twice']({ name: item.name }))
    const answer = await askUnit(more, item.id)
    if (!isShown()) return 'dialog' as const
    if (answer.kind !== 'done') return wrong(answerOf(answer, language))
    setMark(answer.value.mark)
    if (answer.value.sold) setSold(answer.value.sold)
    else onUnit({ mark: answer.value.mark, resold: false })
    return null
  }
  const onTyped = (text: string) => {
    setTyped(text)
    setError(null)
  }
  return { mark, sold, typed, error, onTyped, take }
}
