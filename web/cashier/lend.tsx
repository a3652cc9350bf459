import { formatMoney } from '#core/money.ts'
import { operationsWords } from '#core/words/operations.ts'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { PermitDialog } from './forms/permit.tsx'
import { carryOut } from './operations.ts'
import { register } from './register.ts'
import { till, type Wanting } from './till.ts'

/** N10: the right that an operation lacks is lent on the spot, on whatever screen it was begun. */
export function LendDialog() {
  const { wanting } = useStore(till)
  return wanting && <Lending key={wanting.request.id} wanting={wanting} />
}

function Lending({ wanting: { request, why } }: { wanting: Wanting }) {
  const { kinds } = useWords(operationsWords)
  const { kind, sum } = request
  const close = () => till.set({ wanting: null })
  const ask = async (user: string, pin: string): Promise<'granted' | Trouble> => {
    const { lent: _, ...asked } = request
    const answer = await register.lend({ request: asked, by: { user, pin } })
    if (answer.kind !== 'done') return answer
    close()
    carryOut({ ...asked, lent: answer.value.lent })
    return 'granted'
  }
  return (
    <PermitDialog
      wanting={why}
      what={sum === undefined ? kinds[kind] : `${kinds[kind]}: ${formatMoney(sum)}`}
      ask={ask}
      onGranted={() => {}}
      onClose={close}
    />
  )
}
