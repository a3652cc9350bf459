import type { Reply } from '#core/api/contract.ts'
import type { officeCabinetApi } from '#core/api/office-cabinet.ts'
import type { TillWordView, TransactionView } from '#core/api/office-trade.ts'
import { isDisagreement } from '#core/card/till-report.ts'
import { printedMoment } from '#core/time.ts'
import { answerOfBank, operationOfBank } from '#core/words/bank.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { office, told } from '../office.ts'
import { NO_RRN } from './transactions.tsx'

type View = Reply<(typeof officeCabinetApi)['transaction']>

/** A transaction, whole, and what belongs to it. */
export function Transaction({ id }: { id: number }) {
  const [answer, again] = useLoad(String(id), () => office.transaction({ id }))
  return (
    <Loaded answer={answer} told={told} again={again}>
      {(view) => <Whole view={view} />}
    </Loaded>
  )
}

function Whole({ view }: { view: View }) {
  const { transaction: row, related, till, agreement } = view
  const language = useLanguage()
  const { row: words, list, back } = officeWords[language]
  const { columns } = list
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label={back} onClick={() => history.back()} />
        <h1>
          {operationOfBank(language, row)} <Money sum={row.sum} />
        </h1>
      </div>
      {row.undone && <Alert tone="amber" title={words.undoneHow} />}
      {row.forgottenAt !== null && (
        <Alert tone="red" title={words.forgottenHow(printedMoment(row.forgottenAt))} />
      )}
      {isDisagreement(agreement) && (
        <Alert tone="red" title={words.parted[agreement]}>
          {words.partedHow[agreement]}
        </Alert>
      )}
      {agreement === 'agrees' && <p class="soft">{words.agrees}</p>}
      <section class="home-part" aria-labelledby="result">
        <h2 id="result">{words.result}</h2>
        <Facts
          rows={[
            [columns.code, row.code],
            [columns.description, answerOfBank(language, row.code)],
            [columns.at, printedMoment(row.at)],
            [columns.terminal, `${row.serial} (${row.terminal})`],
            [columns.bank, row.bank],
            [columns.receipt, row.receipt],
            [columns.card, row.masked ?? '-'],
            [columns.issuer, row.issuer ?? '-'],
            [columns.rrn, row.rrn ?? NO_RRN],
            [columns.auth, row.auth ?? '-'],
            [
              words.day,
              <a key="day" href={`#/days/${row.terminal}/${row.day}`}>
                {row.day}
              </a>,
            ],
            [words.merchant, row.merchant],
            [words.operation, <code key="operation">{row.operation}</code>],
          ]}
        />
      </section>
      <TillSays till={till} />
      <OperatorSays till={till} />
      {related.length > 0 && <Related rows={related} />}
    </>
  )
}

function TillSays({ till }: { till: TillWordView | null }) {
  const { till: words } = useWords(officeWords).row
  return (
    <section class="home-part" aria-labelledby="till">
      <h2 id="till">{words.heading}</h2>
      {till ? (
        <Facts
          rows={[
            [words.serial, till.serial],
            [words.state, words.states[till.state]],
            [words.sum, <Money key="sum" sum={till.sum} />],
            [words.number, till.document?.number ?? '-'],
            [words.uid, till.document ? <code key="uid">{till.document.uid}</code> : '-'],
            [words.at, till.document ? printedMoment(till.document.at) : '-'],
            [words.toldAt, printedMoment(till.takenAt)],
          ]}
        />
      ) : (
        <p class="card">{words.unheard}</p>
      )}
    </section>
  )
}

/** By the operator's signed word that the till has shown. */
function OperatorSays({ till }: { till: TillWordView | null }) {
  const { operator: words, till: tillWords } = useWords(officeWords).row
  const told = () => {
    if (!till) return tillWords.unheard
    if (till.storedAt !== null) return words.stored(printedMoment(till.storedAt))
    return till.document || till.state === 'open' ? words.notYet : words.nothing
  }
  return (
    <section class="home-part" aria-labelledby="operator">
      <h2 id="operator">{words.heading}</h2>
      <p class="card">{told()}</p>
    </section>
  )
}

function Related({ rows }: { rows: readonly TransactionView[] }) {
  const language = useLanguage()
  return (
    <section class="home-part" aria-labelledby="related">
      <h2 id="related">{wordsNow(officeWords).row.related}</h2>
      <TransactionList rows={rows} language={language} />
    </section>
  )
}

/** A few transactions, each a link to its page. */
export const TransactionList = ({
  rows,
  language,
}: {
  rows: readonly TransactionView[]
  language: ReturnType<typeof useLanguage>
}) => (
  <ul class="card few">
    {rows.map((row) => (
      <li key={row.id}>
        <span>
          <a href={`#/transactions/${row.id}`}>{operationOfBank(language, row)}</a>
          {row.disagrees && <strong class="under">{officeWords[language].row.disagrees}</strong>}
          {row.forgottenAt !== null && (
            <strong class="under">{officeWords[language].row.forgotten}</strong>
          )}
        </span>
        <span class="soft nowrap">{printedMoment(row.at)}</span>
        <span class="soft">
          {row.code} {answerOfBank(language, row.code)}
        </span>
        <strong>
          <Money sum={row.sum} />
        </strong>
      </li>
    ))}
  </ul>
)
