import { may } from '#core/access/roles.ts'
import type { Status } from '#core/api/register.ts'
import { formatMoney, type Kopecks } from '#core/money.ts'
import { enrolmentWords } from '#core/words/enrolment.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { carryOut } from './operations.ts'
import { newId, till } from './till.ts'

// A broken device is replaced at the operator, and the register goes on with another.

/** Nothing stands in its place yet. */
export function Retired() {
  const { title, next } = useWords(enrolmentWords).replaced.retired
  return <Alert tone="red" title={title} next={`${next}.`} />
}

/** The drawer's cash that the new device does not know of yet. */
export function Carried({ sum }: { sum: Status['cash'] }) {
  const { status, session, sending } = useStore(till)
  const words = useWords(enrolmentWords).replaced
  const shown = `${formatMoney(Math.abs(sum))} BYN`
  const isOver = sum > 0
  const isOpen = status?.shift !== null
  const kind = isOver ? 'deposit' : 'withdrawal'
  const next = !isOpen ? words.openFirst : isOver ? words.depositIt : words.withdrawIt
  const move = () => carryOut({ id: newId(), kind, sum: Math.abs(sum) as Kopecks, carried: true })
  return (
    <Alert
      tone="amber"
      title={isOver ? words.carried(shown) : words.missing(shown)}
      next={`${next}.`}
    >
      {isOpen && may(session, 'cash.move') && (
        <Button busy={sending?.request.carried === true} onClick={move}>
          {isOver ? words.deposit(shown) : words.withdraw(shown)}
        </Button>
      )}
    </Alert>
  )
}
