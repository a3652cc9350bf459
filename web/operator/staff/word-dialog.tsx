import { useState } from 'preact/hooks'
import { kindNames } from '#core/document/kinds.ts'
import { parseUid } from '#core/document/uid.ts'
import { parseMoney } from '#core/money.ts'
import { type StaffEvidence, staffEvidence } from '#core/operator/statement.ts'
import { parseTypedTime } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told } from '../operator.ts'
import { codeIn } from '../screens/answer.tsx'

type Verdict = 'done' | 'never'
type Typed = {
  device: string
  code: string
  verdict: Verdict
  evidence: StaffEvidence
  reason: string
  kind: (typeof kindNames)[number]
  number: string
  day: string
  time: string
  sum: string
  uid: string
}
type Name = 'code' | 'reason' | 'number' | 'day' | 'time' | 'sum' | 'uid'

/** The document is typed where it is said to be there and the operator does not hold it. */
const hasDocument = ({ verdict, evidence }: Typed) => verdict === 'done' && evidence !== 'document'

function wrongIn(typed: Typed): Name | null {
  if (codeIn(typed.code) === null) return 'code'
  if (typed.reason.trim() === '') return 'reason'
  if (!hasDocument(typed)) return null
  if (!/^[1-9]\d{0,8}$/.test(typed.number.trim())) return 'number'
  if (typed.day === '') return 'day'
  if (parseTypedTime(typed.time) === null) return 'time'
  if (parseMoney(typed.sum) === null) return 'sum'
  return parseUid(typed.uid) === null ? 'uid' : null
}

async function say(typed: Typed) {
  const { device, verdict, evidence, reason, kind, number, day, time, uid } = typed
  const { operation, expected } = codeIn(typed.code) ?? { operation: '' }
  const word = { device, operation, expected, verdict, evidence, reason: reason.trim() }
  if (!hasDocument(typed)) return operator.sayOfOperation(word)
  const document = { kind, number: Number(number), day, time: time.trim(), uid }
  const sum = parseMoney(typed.sum) ?? undefined
  return operator.sayOfOperation(Object.assign({ sum }, document, word))
}

/** Decides a red operation on the client's behalf: what became of it, on what, and why. */
export function WordDialog(props: {
  devices: readonly string[]
  /** `isSaid`: the word was given. */
  onClose: (isSaid: boolean) => void
}) {
  const words = useWords(staffWords).words
  const [typed, setTyped] = useState<Typed>(() => nothing(props.devices[0] ?? ''))
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const wrong = isTried ? wrongIn(typed) : null
  const change = (part: Partial<Typed>) => {
    setTyped(Object.assign({}, typed, part))
    setTrouble(null)
  }
  const confirm = async (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (isBusy || wrongIn(typed) !== null) return
    setBusy(true)
    const answer = await say(typed)
    setBusy(false)
    if (answer.kind === 'done') props.onClose(true)
    else setTrouble(answer)
  }
  return (
    <Dialog title={words.title} class="measure" onClose={() => !isBusy && props.onClose(false)}>
      <form class="measure-form" onSubmit={(event) => void confirm(event)}>
        <p class="soft">{words.consequence}</p>
        <Fields devices={props.devices} typed={typed} wrong={wrong} onTyped={change} />
        {trouble && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          <Button type="submit" tone="main" busy={isBusy}>
            {words.give}
          </Button>
          <Button disabled={isBusy} onClick={() => props.onClose(false)}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const nothing = (device: string): Typed => ({
  device,
  code: '',
  verdict: 'done',
  evidence: 'journal',
  reason: '',
  kind: 'sale',
  number: '',
  day: '',
  time: '',
  sum: '',
  uid: '',
})

type Part = { typed: Typed; wrong: Name | null; onTyped: (part: Partial<Typed>) => void }

function Fields({ devices, typed, wrong, onTyped }: Part & { devices: readonly string[] }) {
  const words = useWords(staffWords).words
  const first = useFocus()
  const missing = (name: Name) => (wrong === name ? words.missing : undefined)
  return (
    <>
      {devices.length > 1 && (
        <Select
          label={words.device}
          value={typed.device}
          options={devices.map((device) => ({ value: device, text: device }))}
          onChoice={(device) => onTyped({ device })}
        />
      )}
      <Field
        label={words.code}
        hint={words.codeHint}
        value={typed.code}
        maxLength={64}
        field={first}
        error={missing('code')}
        onText={(code) => onTyped({ code })}
      />
      <div class="word-parts">
        <Select
          label={words.verdict}
          value={typed.verdict}
          options={(['done', 'never'] as const).map((value) => ({ value, text: words[value] }))}
          onChoice={(verdict) => onTyped({ verdict: verdict === 'never' ? verdict : 'done' })}
        />
        <Select
          label={words.evidence}
          value={typed.evidence}
          options={staffEvidence.map((value) => ({ value, text: words.evidences[value] }))}
          onChoice={(chosen) =>
            onTyped({ evidence: staffEvidence.find((each) => each === chosen) ?? 'journal' })
          }
        />
      </div>
      {hasDocument(typed) && <DocumentFields typed={typed} wrong={wrong} onTyped={onTyped} />}
      <Field
        label={words.reason}
        hint={words.reasonHint}
        value={typed.reason}
        maxLength={500}
        error={missing('reason')}
        onText={(reason) => onTyped({ reason })}
      />
    </>
  )
}

function DocumentFields({ typed, wrong, onTyped }: Part) {
  const words = useWords(staffWords).words
  const { kinds } = useWords(operationsWords)
  const missing = (name: Name) => (wrong === name ? words.missing : undefined)
  return (
    <fieldset class="word-document">
      <legend class="soft small">{words.documentHow}</legend>
      <div class="word-parts">
        <Select
          label={words.kind}
          value={typed.kind}
          options={kindNames.map((value) => ({ value, text: kinds[value] }))}
          onChoice={(chosen) =>
            onTyped({ kind: kindNames.find((each) => each === chosen) ?? 'sale' })
          }
        />
        <Field
          label={words.number}
          inputMode="numeric"
          value={typed.number}
          error={missing('number')}
          onText={(number) => onTyped({ number })}
        />
        <Field
          label={words.day}
          type="date"
          value={typed.day}
          error={missing('day')}
          onText={(day) => onTyped({ day })}
        />
        <Field
          label={words.time}
          value={typed.time}
          error={missing('time')}
          onText={(time) => onTyped({ time })}
        />
        <Field
          label={words.sum}
          inputMode="decimal"
          value={typed.sum}
          error={missing('sum')}
          onText={(sum) => onTyped({ sum })}
        />
      </div>
      <Field
        label={words.uid}
        value={typed.uid}
        maxLength={40}
        error={missing('uid')}
        onText={(uid) => onTyped({ uid })}
      />
    </fieldset>
  )
}
