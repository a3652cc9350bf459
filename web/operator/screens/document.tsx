import { receiptRows } from '#core/document/print.ts'
import { parseUid } from '#core/document/uid.ts'
import { printedMoment } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { Paper } from '#web/ui/Paper.tsx'
import { operator, told } from '../operator.ts'

/** C1: a document, its electronic receipt, and what proves it. */
export function Document({ uid }: { uid: string }) {
  const [answer, again] = useLoad(uid, () => operator.document({ uid }))
  const language = useLanguage()
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <Alert tone="red" title={told(answer)}>
        <Button onClick={again}>Повторить</Button>
        <Button onClick={() => history.back()}>Назад</Button>
      </Alert>
    )
  }
  const { document, hash, signature, storedAt } = answer.value
  const known = parseUid(answer.value.uid)
  const { issuer } = document
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label="Назад" onClick={() => history.back()} />
        <h1>
          {operationsWords[language].kinds[document.kind]} № {document.number}
        </h1>
      </div>
      <div class="document">
        {known && (
          <Paper
            label="Электронный кассовый чек"
            rows={receiptRows({ is: 'document', document, uid: known }, language)}
          />
        )}
        <Facts
          rows={[
            ['УИ', <code key="uid">{answer.value.uid}</code>],
            ['Дата и время', printedMoment(document.at)],
            ['Сумма', <Money key="sum" sum={document.sum} />],
            ['Смена', `№ ${document.shift}`],
            ['Кассир', document.cashier],
            ['РН СККО', issuer.registerNumber],
            ['СКО', issuer.device],
            ['Место', `${issuer.place}, ${issuer.address}`],
            ['Принят оператором', printedMoment(storedAt)],
            ['Хеш документа', <code key="hash">{hash}</code>],
            ['Подпись СКО', <code key="signature">{signature}</code>],
          ]}
        />
      </div>
    </>
  )
}
