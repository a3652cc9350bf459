import { formatMoney } from '#core/money.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { PermitDialog } from './forms/permit.tsx'
import { register } from './register.ts'
import { till, type Wanting } from './till.ts'

/** N10: the right that something lacks is lent on the spot, on whatever screen it was begun. */
export function LendDialog() {
  const { wanting } = useStore(till)
  return wanting && <Lending wanting={wanting} />
}

function Lending({ wanting: { why, what, sum, asked, carryOn } }: { wanting: Wanting }) {
  const { kinds } = useWords(operationsWords)
  const { x } = useWords(tillWords).reports
  const close = () => till.set({ wanting: null })
  const ask = async (user: string, pin: string): Promise<'granted' | Trouble> => {
    const answer = await register.lend({ ...asked, by: { user, pin } })
    if (answer.kind !== 'done') return answer
    close()
    carryOn(answer.value.lent)
    return 'granted'
  }
  const named = what === null ? x : kinds[what]
  return (
    <PermitDialog
      wanting={why}
      what={sum === undefined ? named : `${named}: ${formatMoney(sum)}`}
      ask={ask}
      onGranted={() => {}}
      onClose={close}
    />
  )
}
