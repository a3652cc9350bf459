import { useState } from 'preact/hooks'
import type { RungGoods } from '#core/api/register-parked.ts'
import { isPrintable } from '#core/printable.ts'
import { fieldsWords } from '#core/words/fields.ts'
import { sellingWords } from '#core/words/selling.ts'
import { stockWords } from '#core/words/stock.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { ratesOf, vatNames } from '../stock/goods-form.ts'
import { typedSum } from '../typed.ts'

const LONGEST_NAME = 128

/** N10: a line of no goods of the catalogue; it needs the right, or somebody who has it. */
export function FreePriceDialog(props: { onPut: (item: RungGoods) => void; onClose: () => void }) {
  const { onPut, onClose } = props
  const language = useLanguage()
  const words = sellingWords[language].free
  const stock = stockWords[language]
  const [name, setName] = useState('')
  const [price, setPrice] = useState('')
  const [vat, setVat] = useState<(typeof vatNames)[number]>('20')
  const [tried, setTried] = useState(false)
  const field = useFocus('always')
  const sum = typedSum(price, tillWords[language].typed)
  const nameFault =
    name.trim() === ''
      ? stock.missing
      : isPrintable(name)
        ? undefined
        : fieldsWords[language].faults.unprintable({})
  const put = () => {
    if (nameFault !== undefined || typeof sum === 'string') return setTried(true)
    const rest = { id: null, code: null, unit: 'piece', group: '' } as const
    onPut(Object.assign(rest, { name: name.trim(), price: sum, vat: ratesOf[vat] }))
  }
  return (
    <Dialog
      class="number-dialog"
      title={words.heading}
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
      <Field
        label={stock.name}
        value={name}
        maxLength={LONGEST_NAME}
        onText={setName}
        error={tried ? nameFault : undefined}
        field={field}
      />
      <Field
        label={stock.price}
        inputMode="decimal"
        placeholder="0.00"
        value={price}
        maxLength={16}
        onText={setPrice}
        onEnter={put}
        error={tried && typeof sum === 'string' ? sum : undefined}
      />
      <Select
        label={stock.vat}
        value={vat}
        options={vatNames.map((value) => ({
          value,
          text: value === 'none' ? stock.noVat : `${value} %`,
        }))}
        onChoice={(value) => setVat(vatNames.find((each) => each === value) ?? 'none')}
      />
    </Dialog>
  )
}
