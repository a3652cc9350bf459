import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { Status } from '#core/api/register.ts'
import type { letterEndpoints } from '#core/api/register-letters.ts'
import { isForCustomers } from '#core/document/print.ts'
import { MOST_LETTERS } from '#core/register/letter.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

type Desk = Pick<Register, 'store' | 'settings' | 'mailing' | 'mailed' | 'changed' | 'now'>

/** How it stands with receipts by mail. */
export function lettersNow({ settings, mailing }: Pick<Desk, 'settings' | 'mailing'>) {
  const are = mailing.canSend ? (settings.electronicReceipt() ? 'on' : 'off') : 'no-server'
  return Object.assign(mailing.letters.counts(), { are } as Pick<Status['letters'], 'are'>)
}

/** Receipts to customers by mail (N13): written down here, sent beside the work. */
export function letterHandlers(desk: Desk): Handlers<typeof letterEndpoints, SignedIn> {
  const { store, mailing, mailed, changed, now } = desk
  const { letters } = mailing
  const isOff = () => lettersNow(desk).are !== 'on'
  const answered = (letter: string) => {
    const view = letters.one(letter)
    if (!view) return refused('letter.unknown')
    const { operation: _, ...shown } = view
    return done(shown)
  }
  return {
    letters: async ({ id }) =>
      store.operation(id) ? done({ letters: letters.of(id) }) : refused('operation.unknown'),
    sendLetter: async ({ id, letter, email }) => {
      const operation = store.operation(id)
      if (!operation) return refused('operation.unknown')
      const known = letters.one(letter)
      if (!known || known.operation !== id) {
        if (isOff()) return refused('letter.off')
        const { signed } = operation
        if (!signed || !isForCustomers(signed.document.kind)) return refused('letter.no-receipt')
        if (known || letters.of(id).length >= MOST_LETTERS) {
          return refused('letter.many', { limit: MOST_LETTERS })
        }
        letters.put({ id: letter, operation: id, email, at: now() })
        changed(null)
        mailed()
      }
      const answer = answered(letter)
      return answer.kind === 'done' ? answer : refused('letter.many', { limit: MOST_LETTERS })
    },
    resendLetter: async ({ id, letter }) => {
      if (isOff()) return refused('letter.off')
      if (letters.one(letter)?.operation !== id) return refused('letter.unknown')
      if (!letters.again(letter, now())) return refused('letter.forgotten')
      changed(null)
      mailed()
      return answered(letter)
    },
  }
}
