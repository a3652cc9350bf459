import { useState } from 'preact/hooks'
import type { EvidenceView } from '#core/api/evidence.ts'
import type { OperationView } from '#core/api/register.ts'
import { readClaim, type Typed } from '#core/register/claim.ts'
import { printedMoment } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useHearer, useLedToFault, useLoad } from '#web/ui/hooks.ts'
import { useInSight } from '#web/ui/hooks-sight.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { sentenceOf, type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { hear } from '../operations.ts'
import { register } from '../register.ts'
import { answerTakers } from '../scans.ts'
import { meansOf } from '../screens/receipts.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { AnswerField, CarriedAnswer, HowToAsk } from './carried-answer.tsx'
import { keepClaim, keptClaim } from './kept-claim.ts'

type Word = 'confirm' | 'deny'

/** The form of a red receipt: what is known, what the others answer, and the person's word. */
export function ResolveRed({ view }: { view: OperationView }) {
  // D18: what was typed outlives the form.
  const [typed, setTyped] = useState(() => keptClaim(view.id))
  const [answer, setAnswer] = useState('')
  const [document, setDocument] = useState<Found>(null)
  const [asked, setAsked] = useState<Word | null>(null)
  const [wrong, setWrong] = useState<Trouble | null>(null)
  const [tries, setTries] = useState(0)
  const form = useLedToFault(tries)
  const language = useLanguage()
  const words = useWords(tillWords).red
  const field = fieldIn(wrong)
  const said = wrong && field === null ? troubleOf('register', wrong, language) : null
  const told = useInSight<HTMLDivElement>(said?.title ?? null)
  useHearer(answerTakers, async (code) => {
    setAnswer(code)
    return null
  })
  const say = async (word: Word) => {
    const refusal = await speak(view.id, word, typed)
    setAsked(null)
    tell(refusal)
  }
  const tell = (found: Trouble | null) => {
    setWrong(found)
    setTries((before) => before + 1)
  }
  const type = (next: Typed) => {
    keepClaim(view.id, next)
    setTyped(next)
    setWrong(null)
  }
  const confirm = () => {
    const unread = unreadIn(typed)
    if (unread) tell(unread)
    else setAsked('confirm')
  }
  const part = (name: keyof Typed) => ({
    value: typed[name],
    onText: (text: string) => type({ ...typed, [name]: text }),
    error: wrong && field === name ? sentenceOf('register', wrong, language) : undefined,
    loud: true,
  })
  return (
    <div class="resolve">
      <div class="resolve-known">
        <Known view={view} />
        <Answers id={view.id} onDocument={setDocument} onWord={setAnswer} />
        <HowToAsk view={view} />
      </div>
      <form
        ref={form}
        class="resolve-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (answer === '') confirm()
        }}
      >
        <h2>{words.document}</h2>
        {answer === '' && (
          <>
            {document && (
              <Button onClick={() => type(typedOf(document))}>
                {document.by === 'sko' ? words.takeSko : words.takeOperator}
              </Button>
            )}
            <Fields field={part} />
            {said && (
              <div ref={told}>
                <Alert tone="red" {...said} />
              </div>
            )}
            <div class="resolve-words steps">
              <Button tone="main" big type="submit">
                {words.success}
              </Button>
              <Button tone="danger" big onClick={() => setAsked('deny')}>
                {words.failure}
              </Button>
            </div>
          </>
        )}
        <AnswerField text={answer} onText={setAnswer} />
        {answer !== '' && <CarriedAnswer view={view} text={answer} onClear={() => setAnswer('')} />}
      </form>
      {asked && <Sure word={asked} onSay={() => say(asked)} onClose={() => setAsked(null)} />}
    </div>
  )
}

function Fields({ field }: { field: (name: keyof Typed) => FieldPart }) {
  const first = useFocus()
  const words = useWords(tillWords).red
  return (
    <>
      <Field
        label={words.number}
        inputMode="numeric"
        maxLength={9}
        {...field('number')}
        field={first}
      />
      <Field
        label={words.at}
        digits="moment"
        placeholder={words.atHint}
        maxLength={19}
        {...field('at')}
      />
      <Field
        label={words.uid}
        digits="hex"
        placeholder={words.uidHint}
        maxLength={40}
        {...field('uid')}
      />
    </>
  )
}
type FieldPart = Pick<Parameters<typeof Field>[0], 'value' | 'onText' | 'error' | 'loud'>

export const Known = ({ view }: { view: OperationView }) => {
  const words = useWords(tillWords).red
  return (
    <Facts
      rows={[
        [words.sum, <Money key="sum" sum={view.sum} />],
        ...(view.payments.length > 0 ? [[words.paid, meansOf(view)] as const] : []),
        [words.begun, printedMoment(view.at)],
        [words.cashier, view.cashier],
      ]}
    />
  )
}

/** What device, operator and bank answer now, so that nobody has to phone while they do. */
export function Answers(props: {
  id: string
  onDocument?: (found: Found) => void
  onBank?: (said: BankSaid | null) => void
  /** Takes the answer that carries a word of the operator's people. */
  onWord: (answer: string) => void
}) {
  const { id, onDocument, onBank, onWord } = props
  const [answer, again] = useLoad(id, async () => {
    const heard = await register.evidence({ id })
    const said = heard.kind === 'done' ? heard.value : null
    onDocument?.(said?.document ?? null)
    onBank?.(said === null || said.bank === 'silent' ? null : said.bank)
    return heard
  })
  const { evidence } = useWords(operationsWords)
  const words = useWords(tillWords)
  if (!answer) return <p class="calm">{words.red.asking}</p>
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const { device, operator, bank, unsent, discrepancy, document, word } = answer.value
  const none = words.noData
  return (
    <section class="answers" aria-label={words.red.answers}>
      <h2>{words.red.answersHeading}</h2>
      <Facts
        rows={[
          [words.red.sko, evidence.device[device]],
          [words.red.operator, evidence.operator[operator]],
          ...(word
            ? [
                [
                  words.red.word,
                  words.red.wordSaid(
                    word.verdict,
                    word.person,
                    words.red.wordEvidence[word.evidence],
                  ),
                ] as const,
              ]
            : []),
          ...(bank ? [[words.red.bank, evidence.bank[bank]] as const] : []),
          [
            words.red.discrepancy,
            discrepancy === null ? none : <Money key="gap" sum={discrepancy} />,
          ],
          [words.red.unsent, unsent ?? none],
          ...(document ? [[words.red.found, words.number(document.number)] as const] : []),
          ...(document ? [[words.red.foundAt, printedMoment(document.at)] as const] : []),
          ...(document
            ? [[words.red.foundUid, <code key="uid">{document.uid}</code>] as const]
            : []),
        ]}
      />
      {word && <Button onClick={() => onWord(word.answer)}>{words.red.wordTake}</Button>}
      <Button tone="quiet" onClick={again}>
        {words.red.askAgain}
      </Button>
    </section>
  )
}

type Found = EvidenceView['document']
/** A bank that knows. */
export type BankSaid = Exclude<EvidenceView['bank'], 'silent' | null>

const typedOf = ({ number, at, uid }: NonNullable<EvidenceView['document']>): Typed => ({
  number: String(number),
  at: printedMoment(at),
  uid,
})

function Sure(props: { word: Word; onSay: () => Promise<void>; onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const isDone = props.word === 'confirm'
  const words = useWords(tillWords)
  return (
    <Dialog
      title={isDone ? words.red.askSuccess : words.red.askFailure}
      onClose={props.onClose}
      actions={
        <>
          <Button
            tone={isDone ? 'main' : 'danger'}
            busy={busy}
            onClick={() => {
              setBusy(true)
              void props.onSay()
            }}
          >
            {words.sure}
          </Button>
          <Button disabled={busy} onClick={props.onClose}>
            {words.notSure}
          </Button>
        </>
      }
    >
      <p class="soft">{isDone ? words.red.successHow : words.red.failureHow}</p>
    </Dialog>
  )
}

/** Returns what is wrong, null when the word was taken. */
async function speak(id: string, word: Word, typed: Typed) {
  const answer =
    word === 'confirm' ? await register.confirm({ id, ...typed }) : await register.deny({ id })
  if (answer.kind !== 'done') return answer
  hear(answer.value)
  till.set({ trouble: null })
  return null
}

/** The field of the form that cannot be right; null: it is none of them. */
function fieldIn(wrong: Trouble | null): keyof Typed | null {
  const field = wrong?.kind === 'refused' || wrong?.kind === 'invalid' ? wrong.field : undefined
  return (['number', 'at', 'uid'] as const).find((name) => name === field) ?? null
}

/** What cannot be read at all is told before anybody is asked to be sure of it. */
function unreadIn(typed: Typed): Trouble | null {
  const claim = readClaim(typed)
  if (!('field' in claim)) return null
  const { field, fault } = claim
  return { kind: 'invalid', field, fault, facts: {} }
}
