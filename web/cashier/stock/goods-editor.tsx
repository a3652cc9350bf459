import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { markings } from '#core/document/mark.ts'
import { printedMoment } from '#core/time.ts'
import { invalidIn } from '#core/words/fields.ts'
import type { Language } from '#core/words/language.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { stockWords } from '#core/words/stock.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import {
  go,
  useFocus,
  useHearer,
  useKeys,
  useLedToFault,
  useLoad,
  useStore,
} from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { sentenceOf, type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { takers } from '../scans.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import {
  doubtfulCode,
  type FormFaults,
  formOf,
  newGoods,
  type TypedGoods,
  typedOf,
  unitsInOrder,
  vatNames,
  withCode,
} from './goods-form.ts'
import { forgetGoods } from './goods-pages.ts'
import { TileLook } from './tile-look.tsx'

type Known = Reply<(typeof registerApi)['stockOne']>

/** K1: goods that are added, with the code that was scanned for them, if any. */
export function NewGoods({ code }: { code: string }) {
  const { session } = useStore(till)
  const words = useWords(stockWords)
  const [request] = useState(newId)
  useKeys({ Escape: () => goBack({ at: 'new-goods', code }) })
  if (!may(session, 'goods.edit')) return <p role="alert">{words.byRight}</p>
  return (
    <>
      <h1>{words.newHeading}</h1>
      <Editor
        begun={newGoods(code)}
        save={(form) => register.addGoods({ request, ...form })}
        onSaved={leave}
      />
    </>
  )
}

/** K1: goods that are there: what they are, and what they cost when. */
export function OneGoods({ id }: { id: number }) {
  const { session } = useStore(till)
  const words = useWords(stockWords)
  useKeys({ Escape: () => goBack({ at: 'goods', id }) })
  return may(session, 'goods.edit') ? <Opened id={id} /> : <p role="alert">{words.byRight}</p>
}

function Opened({ id }: { id: number }) {
  const words = useWords(stockWords)
  const [answer, again] = useLoad(`${id}`, () => register.stockOne({ id }))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const language = useLanguage()
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{sentenceOf('register', answer)}</p>
  const { goods } = answer.value
  const retire = async () => {
    const told = await register.retireGoods({ id, retired: goods.retiredAt === null })
    setTrouble(told.kind === 'done' ? null : told)
    if (told.kind !== 'done') return
    forgetGoods()
    again()
  }
  return (
    <>
      <div class="title-row">
        <h1>{goods.name}</h1>
        <Button tone="quiet" onClick={retire}>
          {goods.retiredAt === null ? words.retire : words.restore}
        </Button>
      </div>
      {goods.retiredAt !== null && (
        <Alert tone="amber" title={words.isRetired(printedMoment(goods.retiredAt).slice(0, 16))} />
      )}
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
      <div class="goods-one">
        <Editor
          key={goods.revision}
          begun={typedOf(goods)}
          save={(form) => register.changeGoods({ id, revision: goods.revision, ...form })}
          onSaved={leave}
          onAnew={again}
        />
        <History prices={answer.value.prices} />
      </div>
    </>
  )
}

const leave = (): void => {
  forgetGoods()
  go('#/settings/goods')
}

type Form = Parameters<typeof register.changeGoods>[0]

type EditorProps = {
  begun: TypedGoods
  save: (
    form: Omit<Form, 'id' | 'revision'>,
  ) => ReturnType<typeof register.addGoods | typeof register.changeGoods>
  onSaved: () => void
  /** Shows what somebody else has made of them meanwhile. */
  onAnew?: () => void
}

/** What is typed, what is wrong with it, and what became of the last try to save it. */
function useEditing({ begun, save, onSaved }: EditorProps) {
  const words = useWords(stockWords)
  const { typed: sums } = useWords(tillWords)
  const language = useLanguage()
  const [typed, setTyped] = useState(begun)
  const [faults, setFaults] = useState<FormFaults>({})
  const [tries, setTries] = useState(0)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<TypedGoods>) => {
    setTyped((before) => ({ ...before, ...change }))
    const named = Object.keys(change).map((field) => [field, undefined])
    setFaults((before) => ({ ...before, ...Object.fromEntries(named) }))
  }
  const wrong = (found: FormFaults) => {
    setFaults(found)
    setTries((before) => before + 1)
  }
  useHearer(takers, async (code) => {
    setTyped((before) => ({ ...before, codes: withCode(before.codes, code) }))
    return null
  })
  const trySave = async () => {
    const read = formOf(typed, words, sums)
    setTrouble(null)
    if ('faults' in read) return wrong(read.faults)
    setBusy(true)
    const answer = await save(read.form)
    setBusy(false)
    if (answer.kind === 'done') return onSaved()
    const fault = faultOf(answer, language)
    if (fault) wrong(fault)
    else setTrouble(answer)
  }
  return { typed, faults, tries, trouble, busy, put, trySave }
}

/** The field that an answer is about; null: none of the form. */
function faultOf(answer: Trouble, language: Language): FormFaults | null {
  if (answer.kind === 'refused' && answer.field === 'codes') {
    return { codes: sentenceOf('register', answer, language) }
  }
  if (answer.kind !== 'invalid') return null
  const field = fields.find((each) => each === answer.field.split('.')[0])
  return field ? { [field]: invalidIn(language, answer) } : null
}

function Editor(props: EditorProps) {
  const words = useWords(stockWords)
  const language = useLanguage()
  const { typed, faults, tries, trouble, busy, put, trySave } = useEditing(props)
  const form = useLedToFault(tries)
  const name = useFocus()
  const doubtful = doubtfulCode(typed.codes)
  const isOld = trouble?.kind === 'refused' && trouble.code === 'goods.changed'
  return (
    <form
      ref={form}
      class="goods-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void trySave()
      }}
    >
      {trouble && (
        <Alert tone="red" {...troubleOf('register', trouble, language)}>
          {isOld && props.onAnew && <Button onClick={props.onAnew}>{words.anew}</Button>}
        </Alert>
      )}
      <Field
        label={words.name}
        value={typed.name}
        onText={(text) => put({ name: text })}
        maxLength={128}
        error={faults.name}
        field={name}
      />
      <Field
        label={words.price}
        inputMode="decimal"
        placeholder="0.00"
        value={typed.price}
        onText={(price) => put({ price })}
        error={faults.price}
      />
      <Field
        label={words.codes}
        inputMode="numeric"
        value={typed.codes}
        onText={(codes) => put({ codes })}
        hint={doubtful === undefined ? words.codesHint : words.checkDigit(doubtful)}
        error={faults.codes}
      />
      <GroupField group={typed.group} fault={faults.group} onText={(group) => put({ group })} />
      <Chosen typed={typed} onChoice={put} />
      <Button tone="main" big wide type="submit" busy={busy}>
        {words.save}
      </Button>
    </form>
  )
}

type Put = (change: Partial<TypedGoods>) => void

function Chosen({ typed, onChoice }: { typed: TypedGoods; onChoice: Put }) {
  const words = useWords(stockWords)
  const marked = useWords(markingWords)
  const { units } = useWords(operationsWords)
  return (
    <>
      <div class="goods-pair">
        <Select
          label={words.unit}
          value={typed.unit}
          options={unitsInOrder.map((value) => ({ value, text: units[value] }))}
          onChoice={(value) => onChoice({ unit: unitsInOrder.find((u) => u === value) ?? 'piece' })}
        />
        <Select
          label={words.vat}
          value={typed.vat}
          options={vatNames.map((value) => ({
            value,
            text: value === 'none' ? words.noVat : `${value} %`,
          }))}
          onChoice={(value) => onChoice({ vat: vatNames.find((v) => v === value) ?? 'none' })}
        />
      </div>
      <Select
        label={marked.label}
        value={typed.marking}
        options={markings.map((value) => ({ value, text: marked.kinds[value] }))}
        onChoice={(value) => onChoice({ marking: markings.find((m) => m === value) ?? 'none' })}
      />
      <Switch
        label={words.favourite}
        on={typed.favourite}
        onChange={(favourite) => onChoice({ favourite })}
      >
        {words.favouriteDoes}
      </Switch>
      <TileLook look={typed} onLook={onChoice} />
    </>
  )
}

/** Groups that are there are offered; a new one is made by its name. */
function GroupField(props: {
  group: string
  fault: string | undefined
  onText: (text: string) => void
}) {
  const words = useWords(stockWords)
  const [answer] = useLoad('groups', () => register.goodsGroups({}))
  const groups = answer?.kind === 'done' ? answer.value.groups : []
  return (
    <>
      <Field
        label={words.group}
        value={props.group}
        onText={props.onText}
        maxLength={64}
        list="goods-groups"
        error={props.fault}
      />
      <datalist id="goods-groups">
        {groups.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

const fields = ['name', 'price', 'codes', 'group'] as const

type Price = Known['prices'][number]

function History({ prices }: Pick<Known, 'prices'>) {
  const words = useWords(stockWords)
  const columns: readonly Column<Price>[] = [
    {
      head: words.since,
      cell: ({ since }) => (since === 0 ? words.always : printedMoment(since).slice(0, 16)),
      width: 'minmax(140px, 1fr)',
    },
    { head: words.person, cell: ({ person }) => person ?? '—', width: 'minmax(100px, 1fr)' },
    { head: words.price, cell: ({ price }) => <Money sum={price} />, width: '120px', right: true },
  ]
  return (
    <section class="goods-history">
      <h2>{words.history}</h2>
      <Table
        label={words.history}
        columns={columns}
        rows={prices}
        keyOf={({ since, price }) => `${since} ${price}`}
      />
    </section>
  )
}
