import { receiptRows } from '#core/document/print.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Paper } from '#web/ui/Paper.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { register } from '../register.ts'
import { takeXReport } from '../session.ts'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'

/** The X-report last taken. Coming here by address takes none: each one is printed. */
export function XReport() {
  const { xReport } = useStore(till)
  const language = useLanguage()
  return (
    <>
      <h1>X-отчёт</h1>
      {xReport ? (
        <Paper label="X-отчёт" rows={receiptRows({ is: 'x-report', ...xReport }, language)} />
      ) : (
        <Button tone="main" onClick={() => void takeXReport()}>
          X-отчёт
        </Button>
      )}
    </>
  )
}

/** The last Z-report, while no shift is open. */
export function ZReport() {
  const [answer] = useLoad('z', async () => {
    const listed = await register.operations({ kind: 'shift-closing', limit: 10 })
    if (listed.kind !== 'done') return listed
    const last = listed.value.operations.find((brief) => brief.state === 'registered')
    return last ? register.operation({ id: last.id }) : 'none'
  })
  return (
    <>
      <h1>Z-отчёт</h1>
      {answer === 'none' && <p class="soft">Ни одна смена ещё не закрывалась.</p>}
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
