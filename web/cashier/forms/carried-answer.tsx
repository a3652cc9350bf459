import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { readCarried } from '#core/operator/carried.ts'
import type { AnswerStatement } from '#core/operator/statement.ts'
import { printedMoment } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useInSight } from '#web/ui/hooks-sight.ts'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { hear } from '../operations.ts'
import { register } from '../register.ts'
import { till } from '../till.ts'

/** The field that takes the operator's answer by paste; a scan comes here by itself (C2b). */
export function AnswerField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const words = useWords(tillWords).red
  const isBroken = text.trim() !== '' && readCarried(text) === null
  return (
    <Field
      label={words.answer}
      placeholder={words.answerHint}
      inputMode="numeric"
      value={text}
      onText={onText}
      error={isBroken ? words.answerBroken : undefined}
    />
  )
}

/** What a carried answer says, and the one step it leaves. The register checks who signed it. */
export function CarriedAnswer(props: { view: OperationView; text: string; onClear: () => void }) {
  const { view, text, onClear } = props
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ text: string; trouble: Trouble } | null>(null)
  const language = useLanguage()
  const words = useWords(tillWords).red
  const said = wrong?.text === text ? troubleOf('register', wrong.trouble, language) : null
  const told = useInSight<HTMLDivElement>(said?.title ?? null)
  const carried = readCarried(text)
  const take = async () => {
    setBusy(true)
    const answer = await register.answer({ id: view.id, answer: text })
    setBusy(false)
    if (answer.kind !== 'done') {
      setWrong({ text, trouble: answer })
      return
    }
    hear(answer.value)
    till.set({ trouble: null })
  }
  return (
    <>
      {carried && <Said statement={carried.statement} />}
      {said && (
        <div ref={told}>
          <Alert tone="red" {...said} />
        </div>
      )}
      <div class="carried-steps steps">
        {carried && (
          <Button tone="main" big busy={busy} onClick={() => void take()}>
            {words.answerTake}
          </Button>
        )}
        <Button big onClick={onClear}>
          {words.answerClear}
        </Button>
      </div>
    </>
  )
}

function Said({ statement }: { statement: AnswerStatement }) {
  const words = useWords(tillWords)
  const { document, verdict, at, staff } = statement
  const said = { done: words.red.answerDone, never: words.red.answerNever }
  const heading = verdict === 'cannot-tell' ? words.red.answerCannotTell : said[verdict]
  return (
    <section class="carried" aria-label={words.red.answer} aria-live="polite">
      <strong>{heading}</strong>
      {document && (
        <Facts
          rows={[
            [words.red.found, wordsNow(operationsWords).kinds[document.kind]],
            [words.red.number, words.number(document.number)],
            [words.red.at, printedMoment(document.at)],
            [words.red.sum, <Money key="sum" sum={document.sum} />],
            [words.red.uid, <code key="uid">{document.uid}</code>],
          ]}
        />
      )}
      {staff && (
        <span>
          {words.red.answerBy(staff.by)}, {words.red.wordEvidence[staff.evidence]}
        </span>
      )}
      <span class="soft small">{words.red.answerOf(printedMoment(at))}</span>
    </section>
  )
}

/** How to get an answer while the till's own line is cut: what the operator is asked by. */
export function HowToAsk({ view }: { view: OperationView }) {
  const words = useWords(tillWords).red
  return (
    <section class="ask-code">
      <p class="soft small">{words.answerHow}</p>
      <Facts rows={[[words.answerAsk, <code key="code">{askCode(view)}</code>]]} />
    </section>
  )
}

/** Id and expected number in one: with both the operator may prove that there is no document. */
const askCode = ({ id, expected }: OperationView): string =>
  expected === null ? id : `${id}/${expected}`
