import type { Language } from '#core/words/language.ts'
import { go, pause } from '#web/ui/hooks.ts'
import { speak } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { followMoving } from './aside.ts'
import { isChanged, priced, receiptOf } from './basket.ts'
import { isLendable, resume } from './operations.ts'
import { register } from './register.ts'
import { newId, setBasket, type Till, till } from './till.ts'

type Session = NonNullable<Till['session']>

/** Whoever signs in is spoken to in her language, where she has chosen one. */
function begin(session: Session): void {
  till.set({ session })
  if (session.language !== null) speak(session.language)
}

/** From here on, and wherever she signs in. An answer that is lost costs the memory of it alone. */
export function chooseLanguage(language: Language): void {
  speak(language)
  if (till.get().session) void register.chooseLanguage({ language })
}

/** Asks who is signed in and what she may by now; without an answer all stays as it was. */
export async function refreshSession(): Promise<void> {
  const answer = await register.session({})
  if (answer.kind === 'done' && till.get().session) till.set({ session: answer.value })
}

/** Asks who is signed in until the register answers. */
export async function restoreSession(): Promise<void> {
  for (;;) {
    const answer = await register.session({})
    if (answer.kind === 'done') {
      till.set({ live: true, isNew: false })
      begin(answer.value)
      resume()
      void followMoving()
      return
    }
    if (answer.kind === 'refused') {
      const isNew = answer.code === 'register.not-enrolled'
      till.set({ session: null, isNew, live: true })
      return
    }
    till.set({ live: false })
    await pause(1500)
  }
}

/** Returns why not, null when signed in. */
export async function signIn(user: string, pin: string): Promise<Trouble | null> {
  const answer = await register.signIn({ user, pin })
  if (answer.kind !== 'done') return answer
  // What was not begun outlives the sign-in that it is about.
  if (till.get().trouble?.kind !== 'not-begun') till.set({ trouble: null })
  till.set({ notice: null })
  begin(answer.value)
  resume()
  void followMoving()
  return null
}

/** An operation under way goes on; the basket stays for whoever comes next. */
export async function signOut(): Promise<void> {
  await grantBasket()
  const answer = await register.signOut({})
  if (answer.kind === 'unknown' || answer.kind === 'unsent') {
    till.set({ trouble: answer })
    return
  }
  till.set({ session: null, status: null, open: [], wanting: null })
  go('#/menu')
}

/** D6: what was changed by somebody's rights may be sold by whoever takes the receipt over. */
async function grantBasket(): Promise<void> {
  const { basket } = till.get()
  if (!isChanged(basket) || priced(basket).fault !== null) return
  const answer = await register.grant(receiptOf(basket))
  // Without it the register says at the payment what is wanting, and who has it.
  if (answer.kind === 'done' && till.get().basket.id === basket.id) {
    setBasket({ ...till.get().basket, grant: answer.value.grant })
  }
}

/** An X-report is printed each time, so it is asked for by a press and never by an address. */
export const takeXReport = (): Promise<void> => askForXReport({})

async function askForXReport(lent: { id?: string; lent?: string }): Promise<void> {
  till.set({ trouble: null })
  const answer = await register.xReport(lent)
  if (answer.kind === 'done') {
    till.set({ xReport: answer.value })
    go('#/x-report')
    return
  }
  if (answer.kind === 'refused' && isLendable(answer)) {
    const id = newId()
    const carryOn = (lent: string) => void askForXReport({ id, lent })
    till.set({ wanting: { why: answer, what: null, asked: { xReport: { id } }, carryOn } })
  } else till.set({ trouble: answer })
}
