import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { PaperLines } from '#core/api/register-paper.ts'
import { MOST_FOOTER_LINES, MOST_HEADER_LINES, receiptRows } from '#core/document/print.ts'
import { isPrintable } from '#core/printable.ts'
import type { ReceiptFormWords } from '#core/words/receipt-form/ru.ts'
import { receiptFormWords } from '#core/words/receipt-form.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useKeys, useLedToFault, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Paper } from '#web/ui/Paper.tsx'
import { TextArea } from '#web/ui/TextArea.tsx'
import { type Faults, useForm } from '../form-state.ts'
import { Told } from '../people/person-editor.tsx'
import { LetterSwitch } from '../receipts/letters.tsx'
import { register } from '../register.ts'
import { PaperLanguageChoice } from '../screens/settings.tsx'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { sampleSale } from './sample-sale.ts'

const LONGEST_LINE = 48

/** K4: the shop's own lines and the language of its papers, with the paper beside them. */
export function ReceiptForm() {
  const { session, status } = useStore(till)
  const words = useWords(receiptFormWords)
  useKeys({ Escape: () => goBack({ at: 'receipt-form' }) })
  const [answer] = useLoad('paper-lines', () => register.paperLines({}))
  if (!may(session, 'settings.edit')) return <p role="alert">{words.byRight}</p>
  return (
    <>
      <h1>{words.heading}</h1>
      {status && (
        <ul class="functions">
          <PaperLanguageChoice chosen={status.paperLanguage} />
          <LetterSwitch are={status.letters.are} />
        </ul>
      )}
      {answer?.kind === 'done' && <Lines lines={answer.value} />}
      {answer && answer.kind !== 'done' && <p role="alert">{answerOf(answer)}</p>}
    </>
  )
}

type Typed = { header: string; footer: string }

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const shownLines = ({ header, footer }: Typed): PaperLines => ({
  header: linesIn(header),
  footer: linesIn(footer),
})

function Lines({ lines }: { lines: PaperLines }) {
  const { status } = useStore(till)
  const words = useWords(receiptFormWords)
  const [isSaved, setSaved] = useState(false)
  const { typed, faults, tries, trouble, busy, put, save } = useForm({
    header: lines.header.join('\n'),
    footer: lines.footer.join('\n'),
  })
  const form = useLedToFault(tries)
  const trySave = () =>
    save({
      check: (now) => faultsIn(now, words),
      send: (now) => register.changePaperLines(shownLines(now)),
      saved: () => setSaved(true),
    })
  const change = (typing: Partial<Typed>) => {
    setSaved(false)
    put(typing)
  }
  const language = status?.paperLanguage ?? 'ru'
  const sample = sampleSale(status?.issuer ?? null, receiptFormWords[language].goods)
  return (
    <div class="receipt-form">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void trySave()
        }}
      >
        <TextArea
          label={words.header}
          hint={words.headerHint}
          rows={MOST_HEADER_LINES}
          value={typed.header}
          onText={(header) => change({ header })}
          error={faults.header}
        />
        <TextArea
          label={words.footer}
          hint={words.footerHint}
          rows={MOST_FOOTER_LINES}
          value={typed.footer}
          onText={(footer) => change({ footer })}
          error={faults.footer}
        />
        <p class="soft small">{words.fixed}</p>
        <Told trouble={trouble} />
        {isSaved && <Alert tone="green" title={words.saved} next={words.savedDoes} />}
        <Button tone="main" big type="submit" busy={busy}>
          {words.save}
        </Button>
      </form>
      <Paper
        label={words.preview}
        language={language}
        rows={receiptRows(Object.assign(sample, { own: shownLines(typed) }), language)}
      />
    </div>
  )
}

const faultsIn = ({ header, footer }: Typed, words: ReceiptFormWords): Faults<Typed> => ({
  header: faultOf(linesIn(header), MOST_HEADER_LINES, words),
  footer: faultOf(linesIn(footer), MOST_FOOTER_LINES, words),
})

function faultOf(lines: readonly string[], most: number, words: ReceiptFormWords) {
  if (lines.length > most) return words.tooMany
  if (lines.some((line) => line.length > LONGEST_LINE)) return words.tooLong
  return lines.every(isPrintable) ? undefined : words.unprintable
}
