import type { ComponentChildren } from 'preact'
import type { FiscalDocument } from '#core/document/document.ts'
import { receiptRows } from '#core/document/print.ts'
import { parseUid } from '#core/document/uid.ts'
import type { DocumentMark } from '#core/operator/ingest.ts'
import { printedMoment } from '#core/time.ts'
import type { CabinetWords } from '#core/words/cabinet/ru.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { controlsWords } from '#core/words/controls.ts'
import { markingWords } from '#core/words/marking.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { marksShown } from '#web/ui/marks.tsx'
import { Paper } from '#web/ui/Paper.tsx'
import { operator, told } from '../operator.ts'

/** C1: a document, its electronic receipt, and what proves it. */
export function Document({ uid }: { uid: string }) {
  const [answer, again] = useLoad(uid, () => operator.document({ uid }))
  const language = useLanguage()
  const all = cabinetWords[language]
  const words = all.document
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <Alert tone="red" title={told(answer)}>
        <Button onClick={again}>{controlsWords[language].retry}</Button>
        <Button onClick={() => history.back()}>{all.back}</Button>
      </Alert>
    )
  }
  const { document, number, hash, signature, storedAt, marks } = answer.value
  const known = parseUid(answer.value.uid)
  const kind = document ? operationsWords[language].kinds[document.kind] : words.unreadable
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label={all.back} onClick={() => history.back()} />
        <h1>
          {kind} {all.number(number)}
        </h1>
        {document && known && (
          <span class="downloads">
            <a
              class="button button-quiet"
              href={`#/answer?device=${encodeURIComponent(document.issuer.device)}&uid=${known}`}
            >
              {clientWords[language].document.answer}
            </a>
            <Button tone="quiet" onClick={() => printAs(`${kind} ${number} ${known}`)}>
              {clientWords[language].document.print}
            </Button>
          </span>
        )}
      </div>
      <div class="document">
        {document && known && (
          <Paper
            label={words.receipt}
            language={language}
            rows={receiptRows({ is: 'document', document, uid: known }, language)}
          />
        )}
        <Facts
          rows={[
            [words.uid, <code key="uid">{answer.value.uid}</code>],
            ...(document ? contentRows(document, all) : []),
            ...marksShown(document?.lines ?? [], markingWords[language].codes),
            ...(marks.length > 0 ? [marksRow(marks, all)] : []),
            [words.stored, printedMoment(storedAt)],
            [words.hash, <code key="hash">{hash}</code>],
            [words.signature, <code key="signature">{signature}</code>],
            ...(document ? [] : [bodyRow(answer.value.body, all)]),
          ]}
        />
      </div>
    </>
  )
}

/** The browser prints, and makes PDF of it under the name of the page. */
function printAs(name: string): void {
  const before = globalThis.document.title
  globalThis.document.title = name
  print()
  globalThis.document.title = before
}

type Row = [label: string, value: ComponentChildren]

function contentRows(document: FiscalDocument, all: CabinetWords): Row[] {
  const { document: words } = all
  const { issuer } = document
  return [
    [words.at, printedMoment(document.at)],
    [words.sum, <Money key="sum" sum={document.sum} />],
    [words.shift, all.number(document.shift)],
    [words.cashier, document.cashier],
    [words.registerNumber, issuer.registerNumber],
    [words.device, issuer.device],
    [words.place, `${issuer.place}, ${issuer.address}`],
  ]
}

/** R29: what is odd about it; it was taken all the same. */
const marksRow = (marks: readonly DocumentMark[], all: CabinetWords): Row => [
  all.document.marks,
  marks.map((mark) => all.marks[mark]).join(', '),
]

const bodyRow = (body: string, { document }: CabinetWords): Row => [
  document.body,
  <code key="body">{body}</code>,
]
