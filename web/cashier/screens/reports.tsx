import { receiptRows } from '#core/document/print.ts'
import type { Language } from '#core/words/language.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Paper } from '#web/ui/Paper.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { register } from '../register.ts'
import { takeXReport } from '../session.ts'
import { till, type XReport as XReportTaken } from '../till.ts'
import { ReadReport } from '../trade/read-report.tsx'
import { answerOf } from '../trouble.ts'

/** The X-report last taken. Coming here by address takes none: each one is printed. */
export function XReport() {
  const { xReport, status } = useStore(till)
  const words = useWords(tillWords).reports
  return (
    <>
      <h1>{words.x}</h1>
      {xReport && status ? (
        <>
          <ReadReport x={xReport} />
          <Paper
            label={words.x}
            language={status.paperLanguage}
            rows={rowsOf(xReport, status.paperLanguage)}
          />
        </>
      ) : (
        <Button tone="main" onClick={() => void takeXReport()}>
          {words.x}
        </Button>
      )}
    </>
  )
}

const rowsOf = (x: XReportTaken, language: Language) =>
  receiptRows(Object.assign({}, x, { is: 'x-report', red: x.red.length } as const), language)

/** The last Z-report, while no shift is open. */
export function ZReport() {
  const words = useWords(tillWords).reports
  const [answer] = useLoad('z', async () => {
    const listed = await register.operations({ kind: 'shift-closing', limit: 10 })
    if (listed.kind !== 'done') return listed
    const last = listed.value.operations.find((brief) => brief.state === 'registered')
    return last ? register.operation({ id: last.id }) : 'none'
  })
  return (
    <>
      <h1>{words.z}</h1>
      {answer === 'none' && <p class="soft">{words.noneClosed}</p>}
      {answer !== undefined &&
        answer !== 'none' &&
        (answer.kind === 'done' ? (
          <OperationPaper view={answer.value} />
        ) : (
          <p role="alert">{answerOf(answer)}</p>
        ))}
    </>
  )
}
