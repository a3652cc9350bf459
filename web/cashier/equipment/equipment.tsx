import { may } from '#core/access/roles.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { CustomerScreen } from './customer-screen.tsx'
import { PrinterForm } from './printer-form.tsx'
import { ScaleForm } from './scale-form.tsx'
import { TerminalTry } from './terminal-try.tsx'

/** K4: the machines on the counter, each with a button that tries it. */
export function Equipment() {
  const { session } = useStore(till)
  const words = useWords(equipmentWords)
  useKeys({ Escape: () => goBack({ at: 'equipment' }) })
  if (!may(session, 'settings.edit')) return <p role="alert">{words.byRight}</p>
  return (
    <>
      <h1>{words.heading}</h1>
      <Machines />
    </>
  )
}

function Machines() {
  const [answer, again] = useLoad('equipment', () => register.equipment({}))
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const { printer, isPrinterUsual, scale } = answer.value
  return (
    <div class="machines">
      <PrinterForm setup={printer} isUsual={isPrinterUsual} onSaved={again} />
      <ScaleForm setup={scale} onSaved={again} />
      <TerminalTry />
      <CustomerScreen />
    </div>
  )
}
