import { useState } from 'preact/hooks'
import { LONGEST_REASON } from '#core/operator/measure.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { operator, told } from '../operator.ts'
import { momentIn } from './typed.ts'

export type MeasureAct = 'warn' | 'unwarn' | 'block' | 'unblock'
/** A register as the dialog names it. */
export type Named = { registerNumber: number; company: string; place: string }

/** `ahead`: what is lifted includes what has a date ahead. */
type Typed = { reason: string; from: string; till: string; ahead: boolean }
/** What became of one register; undefined: not yet asked. */
type Result = { register: Named; fault: string | null }

const nothingTyped: Typed = { reason: '', from: '', till: '', ahead: false }

const ofLaying = (act: MeasureAct): act is 'warn' | 'block' => act === 'warn' || act === 'block'

type Wish = { act: MeasureAct; measure: number | undefined; typed: Typed }

async function carryOut({ registerNumber: register }: Named, { act, measure, typed }: Wish) {
  const reason = typed.reason.trim()
  const lifted = { register, measure, ahead: typed.ahead, reason }
  if (act === 'unwarn') return operator.unwarn(lifted)
  if (act === 'unblock') return operator.unblock(lifted)
  const from = momentIn(typed.from) ?? undefined
  const asked = { register, reason, from, till: momentIn(typed.till) }
  return act === 'warn' ? operator.warn(asked) : operator.block(asked)
}

/** What of the typed makes no sense. */
function faultsOf({ reason, from, till }: Typed, words: StaffWords['measures']) {
  const [start, end] = [momentIn(from), momentIn(till)]
  return {
    reason: reason.trim() === '' ? words.reasonMissing : undefined,
    till: start !== null && end !== null && end <= start ? words.badDates : undefined,
  }
}

/**
 * The one confirmation of a warning, a block or their lifting: it names the registers and what
 * follows, takes the reason, and tells what became of each.
 */
export function MeasureDialog(props: {
  act: MeasureAct
  /** Which is lifted; left out: what is in force, and by choice what is ahead as well. */
  measure?: number | undefined
  registers: readonly Named[]
  /** `changed`: something was done. */
  onClose: (changed: boolean) => void
}) {
  const { act, measure, registers, onClose } = props
  const words = useWords(staffWords).measures
  const [typed, setTyped] = useState<Typed>(nothingTyped)
  const [isTried, setTried] = useState(false)
  const [results, setResults] = useState<readonly Result[]>([])
  const [isBusy, setBusy] = useState(false)
  const faults = faultsOf(typed, words)
  const failed = results.filter(({ fault }) => fault !== null)
  const isOver = results.length > 0 && !isBusy
  const run = async (some: readonly Named[]) => {
    setBusy(true)
    let all: readonly Result[] = results.filter(({ register }) => !some.includes(register))
    for (const register of some) {
      const answer = await carryOut(register, { act, measure, typed })
      all = [...all, { register, fault: answer.kind === 'done' ? null : told(answer) }]
      setResults(all)
    }
    setBusy(false)
    // Of one register there is nothing to read where it came through.
    if (registers.length === 1 && all.every(({ fault }) => fault === null)) onClose(true)
  }
  const confirm = (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (isBusy || faults.reason !== undefined || faults.till !== undefined) return
    void run(isOver ? failed.map(({ register }) => register) : registers)
  }
  const close = () => {
    if (!isBusy) onClose(results.some(({ fault }) => fault === null))
  }
  return (
    <Dialog title={titleOf(act, registers, words)} class="measure" onClose={close}>
      <form class="measure-form" onSubmit={confirm}>
        <Objects registers={registers} />
        <p>{words.consequences[act]}</p>
        {results.length === 0 && (
          <Fields
            act={act}
            isOne={measure !== undefined}
            typed={typed}
            faults={isTried ? faults : {}}
            onTyped={(part) => setTyped(Object.assign({}, typed, part))}
          />
        )}
        {results.length > 0 && <Results results={results} of={registers.length} isOver={isOver} />}
        <div class="dialog-actions">
          {(!isOver || failed.length > 0) && (
            <Button type="submit" tone={act === 'block' ? 'danger' : 'main'} busy={isBusy}>
              {isOver ? words.again : words.titles[act]}
            </Button>
          )}
          <Button onClick={close}>{isOver ? words.close : words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}

const titleOf = (act: MeasureAct, registers: readonly Named[], words: StaffWords['measures']) =>
  registers.length === 1
    ? `${words.titles[act]}?`
    : `${words.titles[act]}: ${words.objects(registers.length)}?`

/** More of them are told by their number alone. */
const MOST_NAMED = 6

function Objects({ registers }: { registers: readonly Named[] }) {
  const words = useWords(staffWords).measures
  return (
    <ul class="measure-objects">
      {registers.slice(0, MOST_NAMED).map(({ registerNumber, company, place }) => (
        <li key={registerNumber}>
          <strong>{words.object(registerNumber, company, place)}</strong>
        </li>
      ))}
      {registers.length > MOST_NAMED && <li>+ {registers.length - MOST_NAMED}</li>}
    </ul>
  )
}

function Fields(props: {
  act: MeasureAct
  /** One is lifted that was pointed at. */
  isOne: boolean
  typed: Typed
  faults: { reason?: string | undefined; till?: string | undefined }
  onTyped: (part: Partial<Typed>) => void
}) {
  const { act, isOne, typed, faults, onTyped } = props
  const words = useWords(staffWords).measures
  const field = useFocus()
  const isLaid = ofLaying(act)
  const templates = words.templates[act === 'warn' ? 'warning' : 'block']
  return (
    <>
      {isLaid && (
        <Select
          label={words.template}
          value={templates.includes(typed.reason) ? typed.reason : ''}
          options={[
            { value: '', text: words.own },
            ...templates.map((text) => ({ value: text, text })),
          ]}
          onChoice={(reason) => onTyped({ reason })}
        />
      )}
      <Field
        label={isLaid ? words.reason : words.why}
        hint={isLaid ? words.reasonHint : words.whyHint}
        error={faults.reason}
        value={typed.reason}
        maxLength={LONGEST_REASON}
        field={field}
        onText={(reason) => onTyped({ reason })}
      />
      {!isLaid && !isOne && (
        <label class="measure-ahead-too">
          <input
            type="checkbox"
            checked={typed.ahead}
            onChange={(event) => onTyped({ ahead: event.currentTarget.checked })}
          />
          <span>{words.aheadToo}</span>
        </label>
      )}
      {isLaid && (
        <div class="measure-dates">
          <Field
            label={words.from}
            hint={words.fromHint}
            type="datetime-local"
            value={typed.from}
            onText={(from) => onTyped({ from })}
          />
          <Field
            label={words.till}
            hint={words.tillHint}
            error={faults.till}
            type="datetime-local"
            value={typed.till}
            onText={(till) => onTyped({ till })}
          />
        </div>
      )}
    </>
  )
}

function Results(props: { results: readonly Result[]; of: number; isOver: boolean }) {
  const { results, of, isOver } = props
  const words = useWords(staffWords).measures
  const failed = results.filter(({ fault }) => fault !== null).length
  const sum = failed === 0 ? words.allDone(results.length) : words.failed(failed)
  return (
    <>
      {isOver ? (
        <Alert tone={failed === 0 ? 'green' : 'red'} title={sum} />
      ) : (
        <progress aria-label={words.result} value={results.length} max={of}>
          {words.progress(results.length, of)}
        </progress>
      )}
      <ul class="measure-results" aria-label={words.result}>
        {results.map(({ register: { registerNumber }, fault }) => (
          <li key={registerNumber}>
            <span>{registerNumber}</span>
            <span class={fault === null ? 'soft' : 'bad'}>{fault ?? words.succeeded}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
