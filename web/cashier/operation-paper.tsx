import { useMemo } from 'preact/hooks'
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
  const paperLanguage = status?.paperLanguage
  // A document says by itself whose it is.
  const issuer = view.correction ? (status?.issuer ?? null) : null
  // The same paper is drawn once, however often the register tells how it stands.
  return useMemo(() => {
    const paper = printableOf(view, issuer)
    if (!paper || !paperLanguage) return null
    return (
      <Paper
        label={tillWords[language].receipt.paper(operationsWords[language].kinds[view.kind])}
        language={paperLanguage}
        rows={receiptRows(paper, paperLanguage)}
      />
    )
  }, [view, issuer, language, paperLanguage])
}

function printableOf(
  { document, uid: text, correction, at, cashier, sum }: OperationView,
  issuer: Extract<Printable, { is: 'correction' }>['issuer'],
): Printable | null {
  if (correction) return { is: 'correction', ...correction, amount: sum, at, cashier, issuer }
  const uid = text === null ? null : parseUid(text)
  return document && uid !== null ? { is: 'document', document, uid } : null
}
