import type { Claim, Event } from '#core/register/operation.ts'
import { insist } from './invariant.ts'
import type { AuditedTill } from './simulated-shop.ts'
import type { Made } from './truth.ts'

type Word = Extract<Event, { type: 'confirmed' | 'denied' }>

/** The claim speaks of the very document that the device made. */
export const isClaimOf = ({ number, at, uid }: Claim, made: Made | undefined): boolean =>
  made !== undefined &&
  number === made.document.number &&
  uid === made.sealed.uid &&
  made.document.at >= at.from &&
  made.document.at < at.until

/** C2b: a word of the operator's people stands in for silence, and proves nothing. */
function checkStaffWord(
  event: Word,
  { made, answered }: { made: Made | undefined; answered: boolean },
): void {
  const { operator } = event.evidence
  insist(operator !== 'done' && operator !== 'never', 'what the operator holds goes before a word')
  if (event.type === 'denied' && event.proof === 'unproved') {
    insist(!answered || event.itself !== true, 'a word is heard where the device cannot tell')
    return
  }
  if (event.type === 'denied') insist(!made, 'a denial is proved only where there is no document')
  else if (!event.signed) insist(!answered, 'the device’s own «no» goes before it')
}

/** A person's word was taken: rightly, if anybody who could know was there to ask. */
export function checkWord(shop: AuditedTill, made: Made | undefined, event: Word): void {
  const { device, operator, unsent } = event.evidence
  // An answer that failed its check is none (V1).
  const unheard = operator === 'silent' || operator === 'distrusted'
  const answered = device === 'done' || device === 'never' || device === 'lacks'
  if (event.staff) {
    checkStaffWord(event, { made, answered })
    return
  }
  if (event.type === 'confirmed') {
    const right = isClaimOf(event.claim, made)
    if (event.answer !== undefined) {
      insist(right, 'the operator’s answer speaks of the very document')
      insist(device !== 'never' && device !== 'lacks', 'the device’s own «no» goes before it')
      return
    }
    if (event.signed) insist(right, 'wrong data are refused when device or operator answers')
    else insist(!answered && unheard, 'an unproved word is taken only in silence')
    if (!right) shop.tally.counts.uncheckedWrong += 1
    return
  }
  insist(device !== 'done' && operator !== 'done', 'a denial is refused where the document is')
  if (event.answer !== undefined) insist(event.proof === 'proved', 'the operator’s «never» proves')
  if (event.proof === 'proved') {
    insist(!made, 'a denial is proved only where there is no document')
    return
  }
  const isSilent = unheard || (operator === 'cannot-tell' && unsent === 0)
  insist(!answered && isSilent, 'a denial is taken unproved only where nobody can tell')
}
