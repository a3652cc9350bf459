import { may } from '#core/access/roles.ts'
import type { Client, Refused } from '#core/api/contract.ts'
import type { CashUpView, cashUpEndpoints } from '#core/api/register-cash-up.ts'
import type { CashCount } from '#core/register/cash-up.ts'
import { go, pause } from '#web/ui/hooks.ts'
import { isLendable } from './operations.ts'
import { register } from './register.ts'
import { newId, type Till, till } from './till.ts'

const REPEAT_MS = 1500

type Asked = () => ReturnType<Client<typeof cashUpEndpoints>['cashUp']>

/** Closes the shift in one go (N12): what was counted, and the drawer as it was held against. */
export function closeInOneGo(cash: number, count: CashCount | null): Promise<void> {
  // The same ids however often it is asked: the register begins each operation once.
  const ids = { id: newId(), closing: newId(), withdrawal: newId() }
  const { withdrawal, ...others } = ids
  const counted = count && (count.pieces ? { pieces: [...count.pieces] } : { sum: count.sum })
  const request = Object.assign(
    others,
    { cash },
    counted && { counted },
    cash > 0 && { withdrawal },
  )
  const ask = (lent?: string): Promise<void> =>
    untilAnswered(
      () => register.cashUp(Object.assign({}, request, lent && { lent })),
      (why) => {
        const asked = { cashUp: request }
        till.set({ wanting: { why, what: 'shift-closing', sum: cash, asked, carryOn: ask } })
      },
    )
  return ask()
}

/** Goes on where the withdrawal had to wait for a person. */
export function closeAfterAll({ id }: CashUpView): Promise<void> {
  const ask = (lent?: string): Promise<void> =>
    untilAnswered(
      () => register.continueCashUp(Object.assign({ id }, lent && { lent })),
      (why) => {
        const asked = { continuedCashUp: { id } }
        till.set({ wanting: { why, what: 'shift-closing', asked, carryOn: ask } })
      },
    )
  return ask()
}

/** `lendable`: N10, somebody else may let it on the spot. */
async function untilAnswered(ask: Asked, lendable: (why: Refused) => void): Promise<void> {
  if (till.get().cashingUp) return
  till.set({ trouble: null, notice: null, cashingUp: { lost: false } })
  for (;;) {
    const answer = await ask()
    // Not «no»: the same asked again tells.
    if (answer.kind === 'unsent' || answer.kind === 'unknown') {
      till.set({ cashingUp: { lost: true } })
      await pause(REPEAT_MS)
      continue
    }
    till.set({ cashingUp: null })
    if (answer.kind === 'done') ended(answer.value)
    else if (answer.kind === 'refused' && isLendable(answer)) lendable(answer)
    else till.set({ trouble: answer })
    return
  }
}

function ended(view: CashUpView): void {
  till.set({ cashedUp: view })
  // What waits for a person says so itself, above any screen.
  if (view.stage === 'closed') go(`#/done/${view.closing}`)
}

/** What should be in the drawer stays unsaid: by a setting, or for want of the right (N12). */
export const isBlind = ({ session, status }: Pick<Till, 'session' | 'status'>): boolean =>
  status?.blindCount === true || !may(session, 'report')
