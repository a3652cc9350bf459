import type { OperationView } from '#core/api/register.ts'
import { titleOf } from '#core/document/kinds.ts'
import { receiptRows } from '#core/document/print.ts'
import { parseUid } from '#core/document/uid.ts'
import { Paper } from '#web/ui/Paper.tsx'

/** The document of an operation as it was printed; nothing while there is none. */
export function OperationPaper({ view }: { view: OperationView }) {
  const uid = view.uid === null ? null : parseUid(view.uid)
  if (!view.document || uid === null) return null
  return (
    <Paper
      label={`Документ «${titleOf(view.kind)}»`}
      rows={receiptRows({ is: 'document', document: view.document, uid })}
    />
  )
}
