import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { operationId } from '#core/id.ts'
import { parseMoney } from '#core/money.ts'
import { grouped } from '#core/operator/carried.ts'
import { parseTypedTime, printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { operationsWords } from '#core/words/operations.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useLoad, useStart } from '#web/ui/hooks.ts'
import { useInSight } from '#web/ui/hooks-sight.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Qr } from '#web/ui/Paper.tsx'
import { Select } from '#web/ui/Select.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told } from '../operator.ts'
import { StaffWords } from '../words.tsx'

type Answered = Reply<(typeof operatorCabinetApi)['answer']>
type Typed = { device: string; by: By; day: string; time: string; sum: string; code: string }
type By = 'moment' | 'operation'
type Asked = Parameters<typeof operator.answer>[0]

/** C1, C2b: what became of an operation, as an answer that a person carries to the till. */
export function AnswerScreen({ uid, device }: { uid: string; device: string }) {
  const words = useWords(clientWords).answer
  const [registers] = useLoad('registers', () => operator.registers({}))
  const known = registers?.kind === 'done' ? registers.value.registers : []
  const [answer, setAnswer] = useState<Answered | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async (asked: Asked) => {
    setBusy(true)
    const heard = await operator.answer(asked)
    setBusy(false)
    setAnswer(heard.kind === 'done' ? heard.value : null)
    setTrouble(heard.kind === 'done' ? null : heard)
  }
  const place = useInSight<HTMLDivElement>(answer?.text ?? null)
  const [asked, setAsked] = useState(device)
  useStart(() => {
    if (uid !== '') void ask({ device, uid })
  })
  return (
    <>
      <div class="title-row">
        <h1>{words.section}</h1>
      </div>
      <p class="soft answer-how">{words.how}</p>
      <div class="answer">
        <Question
          registers={known}
          device={asked || likeliest(known)}
          busy={busy}
          onDevice={(next) => {
            setAsked(next)
            setAnswer(null)
          }}
          onAsk={ask}
        />
        <div ref={place} class="answer-place" aria-live="polite">
          {trouble && <Alert tone="red" title={told(trouble)} />}
          {answer && (
            <AnswerCard
              answer={answer}
              onChoose={(chosen) => void ask({ device: chosen.device, uid: chosen.uid })}
            />
          )}
        </div>
      </div>
      <StaffWords />
    </>
  )
}

/** The one that works now, until a person says otherwise. */
const likeliest = (registers: Registers): string =>
  registers.toSorted((a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0))[0]?.device ?? ''

type Registers = Reply<(typeof operatorCabinetApi)['registers']>['registers']

function Question(props: {
  registers: Registers
  device: string
  busy: boolean
  onDevice: (device: string) => void
  onAsk: (asked: Asked) => Promise<void>
}) {
  const { registers, device, busy, onDevice, onAsk } = props
  const words = useWords(clientWords).answer
  const { faults } = useWords(cabinetWords).list
  const [typed, setTyped] = useState<Omit<Typed, 'device'>>(nothing)
  const [shown, setShown] = useState(false)
  const change = (part: Partial<Typed>) => setTyped({ ...typed, ...part })
  const wrong = shown ? wrongIn(typed) : null
  return (
    <form
      class="card answer-form"
      onSubmit={(event) => {
        event.preventDefault()
        setShown(true)
        const asked = questionOf({ ...typed, device })
        if (asked && !busy) void onAsk(asked)
      }}
    >
      <Select
        label={words.register}
        value={device}
        options={registers.map((row) => ({
          value: row.device,
          text: `${row.registerNumber}, ${row.place}`,
        }))}
        onChoice={onDevice}
      />
      <Select
        label={words.by}
        value={typed.by}
        options={[
          { value: 'moment', text: words.byMoment },
          { value: 'operation', text: words.byOperation },
        ]}
        onChoice={(by) => change({ by: by === 'operation' ? by : 'moment' })}
      />
      {typed.by === 'moment' ? (
        <>
          <Field
            label={words.day}
            type="date"
            value={typed.day}
            error={wrong === 'day' ? faults.dayMissing : undefined}
            onText={(day) => change({ day })}
          />
          <div class="answer-pair">
            <Field
              label={words.time}
              placeholder={words.timeHint}
              value={typed.time}
              error={wrong === 'time' ? faults.time : undefined}
              onText={(time) => change({ time })}
            />
            <Field
              label={words.sum}
              inputMode="decimal"
              value={typed.sum}
              error={wrong === 'sum' ? faults.sum : undefined}
              onText={(sum) => change({ sum })}
            />
          </div>
        </>
      ) : (
        <Field
          label={words.code}
          hint={words.codeHint}
          value={typed.code}
          maxLength={64}
          error={wrong === 'code' ? words.codeWrong : undefined}
          onText={(code) => change({ code })}
        />
      )}
      <Button type="submit" tone="main" big busy={busy} disabled={device === ''}>
        {words.ask}
      </Button>
    </form>
  )
}

const nothing = { by: 'moment' as By, day: '', time: '', sum: '', code: '' }

/** The first field that says nothing. */
function wrongIn({ by, day, time, sum, code }: Omit<Typed, 'device'>) {
  if (by === 'operation') return codeIn(code) ? null : 'code'
  if (day === '') return 'day'
  if (parseTypedTime(time) === null) return 'time'
  return parseMoney(sum) === null ? 'sum' : null
}

function questionOf(typed: Typed): Asked | null {
  if (wrongIn(typed) !== null) return null
  const { device, by, day, time, sum, code } = typed
  if (by === 'operation') {
    const known = codeIn(code)
    return known && { device, operation: known.operation, expected: known.expected }
  }
  return { device, day, time: time.trim(), sum: parseMoney(sum) ?? undefined }
}

/** What the form of a red receipt shows: the operation's id, behind it the number expected. */
export function codeIn(text: string) {
  const [id = '', number = ''] = text.replace(/\s/g, '').split('/')
  const operation = operationId(id)
  if (!operation || !/^(?:[1-9]\d{0,8})?$/.test(number)) return null
  return { operation, expected: number === '' ? undefined : Number(number) }
}

function AnswerCard(props: { answer: Answered; onChoose: (document: DocumentBrief) => void }) {
  const { answer, onChoose } = props
  const { verdict, document, several, head, word } = answer
  const all = useWords(clientWords)
  const words = all.answer
  const said = { done: words.done, never: words.never, 'cannot-tell': words.cannotTell }
  const how = { done: words.doneHow, never: words.neverHow, 'cannot-tell': words.cannotTellHow }
  if (word && verdict !== 'cannot-tell') return <ByStaff answer={answer} word={word} />
  if (several.length > 0) return <Several documents={several} onChoose={onChoose} />
  return (
    <section class={`card answer-card answer-${verdict}`} aria-label={said[verdict]}>
      <h2>{said[verdict]}</h2>
      <p>{how[verdict]}</p>
      {document && <DocumentFacts document={document} />}
      {verdict === 'cannot-tell' ? (
        <p class="soft">
          {head.lastAt === null
            ? words.noHead
            : words.head(head.number, printedMoment(head.lastAt))}{' '}
          {words.neverNeeds}
        </p>
      ) : (
        <Carried answer={answer} />
      )}
    </section>
  )
}

/** It is a person's word, with what it rests on, and no proof. */
function ByStaff({ answer, word }: { answer: Answered; word: NonNullable<Answered['word']> }) {
  const words = useWords(clientWords).answer
  const all = useWords(staffWords).words
  const said = answer.verdict === 'done' ? words.wordDone : words.wordNever
  const { document } = word
  return (
    <section class={`card answer-card answer-${answer.verdict}`} aria-label={said}>
      <h2>{said}</h2>
      <p>{words.wordBy(word.person, all.evidences[word.evidence])}</p>
      <p class="soft">{word.reason}</p>
      {document && <p>{all.of(document.number, printedMoment(document.at))}</p>}
      <p class="soft">{words.wordHow}</p>
      <Carried answer={answer} />
    </section>
  )
}

function DocumentFacts({ document }: { document: DocumentBrief }) {
  const words = useWords(clientWords).answer
  const { kind, number, at, sum, uid } = document
  return (
    <Facts
      rows={[
        [words.kind, kind && wordsNow(operationsWords).kinds[kind]],
        [words.number, <a href={`#/documents/${uid}`} key="number">{`№ ${number}`}</a>],
        [words.at, printedMoment(at)],
        [words.sum, sum !== null && <Money key="sum" sum={sum} />],
        [words.uid, <code key="uid">{uid}</code>],
      ]}
    />
  )
}

/** The answer as a till takes it: to be scanned from the screen or from paper, or to be pasted. */
function Carried({ answer: { text, at } }: { answer: Answered }) {
  const words = useWords(clientWords).answer
  const [copied, setCopied] = useState('')
  const digits = grouped(text)
  const copy = () => {
    void navigator.clipboard?.writeText(digits).then(
      () => setCopied(text),
      () => setCopied(''),
    )
  }
  return (
    <div class="answer-carried">
      <Qr text={text} label={words.qr} />
      <div class="answer-text">
        <span class="soft small">{words.given(printedMoment(at))}</span>
        <textarea
          class="field-input answer-digits"
          readOnly
          rows={9}
          aria-label={words.digits}
          value={digits}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div class="answer-steps">
          <Button onClick={copy}>{copied === text ? words.copied : words.copy}</Button>
          <Button onClick={() => print()}>{words.print}</Button>
        </div>
      </div>
    </div>
  )
}

function Several(props: {
  documents: readonly DocumentBrief[]
  onChoose: (document: DocumentBrief) => void
}) {
  const words = useWords(clientWords).answer
  const { kinds } = wordsNow(operationsWords)
  return (
    <section class="card answer-card" aria-label={words.several}>
      <h2>{words.several}</h2>
      <ul class="answer-several">
        {props.documents.map((row) => (
          <li key={row.uid}>
            <span>
              {row.kind && kinds[row.kind]} № {row.number}, {printedMoment(row.at)},{' '}
              {row.sum !== null && <Money sum={row.sum} />}
            </span>
            <Button
              onClick={() => props.onChoose(row)}
              aria-label={`${words.choose}: № ${row.number}`}
            >
              {words.choose}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
