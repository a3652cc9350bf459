import { useState } from 'preact/hooks'
import type { ImportView } from '#core/api/register-import.ts'
import type { GoodsForm } from '#core/api/register-stock.ts'
import { type FileColumn, fileColumns } from '#core/goods/file-columns.ts'
import type { ImportWords } from '#core/words/import/ru.ts'
import { importWords } from '#core/words/import.ts'
import { operationsWords } from '#core/words/operations.ts'
import { stockWords } from '#core/words/stock.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { ratesOf, unitsInOrder, type VatName, vatNames } from './goods-form.ts'

type Unsaid = Pick<GoodsForm, 'group' | 'unit' | 'vat'>

/** What new goods are as long as nobody has said otherwise. */
export const unsaidOf = ({ unsaidGroup }: ImportWords): Unsaid => ({
  group: unsaidGroup,
  unit: 'piece',
  vat: 20,
})

/** Where each column stands, by hand where the heads do not tell it, and what new goods get. */
export function ImportColumns(props: { view: ImportView; isOpen: boolean; again: () => void }) {
  const { view, isOpen, again } = props
  const words = useWords(importWords)
  const language = useLanguage()
  const [columns, setColumns] = useState(view.columns)
  const [isHeadless, setHeadless] = useState(view.isHeadless)
  const [unsaid, setUnsaid] = useState<Unsaid>(view.unsaid ?? unsaidOf(words))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const choose = (column: FileColumn, place: string) => {
    const rest = Object.entries(columns).filter(([each]) => each !== column)
    const chosen = place === '' ? [] : [[column, Number(place)]]
    setColumns(Object.fromEntries([...rest, ...chosen]))
  }
  const read = async () => {
    const answer = await register.readImport({ id: view.id, columns, isHeadless, unsaid })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') again()
  }
  return (
    <details class="import-columns" open={isOpen}>
      <summary>{words.columnsHeading}</summary>
      <p class="soft">{words.columnsNote}</p>
      <div class="import-fields">
        {fileColumns.map((column) => (
          <Select
            key={column}
            label={words.columns[column]}
            value={String(columns[column] ?? '')}
            options={[
              { value: '', text: words.absent },
              ...view.heads.map((head, place) => ({
                value: String(place),
                text: words.numbered(place + 1, head),
              })),
            ]}
            onChoice={(place) => choose(column, place)}
          />
        ))}
      </div>
      <Switch label={words.headless} on={isHeadless} onChange={setHeadless}>
        {words.headlessDoes}
      </Switch>
      <Unsaid unsaid={unsaid} onChange={(change) => setUnsaid({ ...unsaid, ...change })} />
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
      <div>
        <Button onClick={read}>{words.readAgain}</Button>
      </div>
    </details>
  )
}

function Unsaid(props: { unsaid: Unsaid; onChange: (change: Partial<Unsaid>) => void }) {
  const { unsaid, onChange } = props
  const words = useWords(importWords)
  const { noVat } = useWords(stockWords)
  const { units } = useWords(operationsWords)
  const rate = vatNames.find((name) => ratesOf[name] === unsaid.vat) ?? 'none'
  return (
    <fieldset class="import-unsaid">
      <legend>{words.unsaidHeading}</legend>
      <div class="import-fields">
        <Field
          label={words.columns.group}
          value={unsaid.group}
          maxLength={64}
          onText={(group) => onChange({ group })}
        />
        <Select
          label={words.columns.unit}
          value={unsaid.unit}
          options={unitsInOrder.map((value) => ({ value, text: units[value] }))}
          onChoice={(value) => onChange({ unit: unitsInOrder.find((u) => u === value) ?? 'piece' })}
        />
        <Select
          label={words.columns.vat}
          value={rate}
          options={vatNames.map((value) => ({
            value,
            text: value === 'none' ? noVat : `${value} %`,
          }))}
          onChoice={(value) => onChange({ vat: ratesOf[value as VatName] })}
        />
      </div>
    </fieldset>
  )
}
