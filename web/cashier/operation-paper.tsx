import type { OperationView } from '#core/api/register.ts'
import { type Printable, receiptRows } from '#core/document/print.ts'
import { parseUid } from '#core/document/uid.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Paper } from '#web/ui/Paper.tsx'
import { till } from './till.ts'

/** An operation's paper in the shop's language, as it is printed; nothing while there is none. */
export function OperationPaper({ view }: { view: OperationView }) {
  const { status } = useStore(till)
  const language = useLanguage()
  const paper = printableOf(view, status?.issuer ?? null)
  if (!paper || !status) return null
  return (
    <Paper
      label={tillWords[language].receipt.paper(operationsWords[language].kinds[view.kind])}
      language={status.paperLanguage}
      rows={receiptRows(paper, status.paperLanguage)}
    />
  )
}

function printableOf(
  { document, uid: text, correction, at, cashier, sum }: OperationView,
  issuer: Extract<Printable, { is: 'correction' }>['issuer'],
): Printable | null {
  if (correction) return { is: 'correction', ...correction, amount: sum, at, cashier, issuer }
  const uid = text === null ? null : parseUid(text)
  return document && uid !== null ? { is: 'document', document, uid } : null
}
