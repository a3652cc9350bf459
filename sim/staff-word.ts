import type { OperationView } from '#core/api/register.ts'
import { uidOf } from '#core/document/uid.ts'
import { operationId } from '#core/id.ts'
import { faultOfWord, type StaffWord } from '#core/operator/staff-word.ts'
import type { AnsweredDocument, StaffEvidence } from '#core/operator/statement.ts'
import { SECOND } from '#core/time.ts'
import { demoIssuer, TOKEN } from '#shop/enrolment.ts'
import type { Desk } from './desk.ts'

/**
 * C2b: the operator's people decide a red operation on the client's behalf: by what they read in
 * the device, which is the truth of that moment, or by what the client says, which may be wrong.
 * The till hears of it by itself.
 */
export function staffDecide(desk: Desk, view: OperationView): void {
  const { dice, shop, audit } = desk
  const operation = operationId(view.id)
  const shelf = shop.operator.disk.get(TOKEN)
  if (!shelf || !operation || view.kind === 'correction') return
  const made = audit.truth.byOperation.get(view.id)
  const evidence: StaffEvidence = dice.chance(0.6) ? 'journal' : 'statement'
  const isMade = evidence === 'journal' ? made !== undefined : dice.chance(0.5)
  const document = isMade ? documentOf(view, { operation, made, at: shop.now() }) : null
  const said = { verdict: isMade ? 'done' : 'never', evidence } as const
  const books = {
    found: shelf.byOperation.has(view.id) ? document : null,
    isNever: view.expected !== null && shelf.head.number >= view.expected,
    isTaken: document !== null && document.number <= shelf.head.number,
  }
  if (shelf.byOperation.has(view.id) || faultOfWord(said, books) !== null) return
  if (isMade !== (made !== undefined)) shop.tally.counts.staffWrong += 1
  const { registerNumber } = shelf
  const word = { device: TOKEN, registerNumber, operation, document, by: 'anna@operator.by' }
  const kept: StaffWord = Object.assign(word, said)
  shelf.words.set(view.id, kept)
}

type Known = {
  operation: AnsweredDocument['operation']
  made: ReturnType<Desk['audit']['truth']['byOperation']['get']>
  at: number
}

/** What is read in the device, to the second; or what the client made up. */
function documentOf(
  { kind, sum, expected }: OperationView,
  { operation, made, at }: Known,
): AnsweredDocument | null {
  if (kind === 'correction') return null
  if (made) {
    const { number, at: madeAt } = made.document
    const { uid } = made.sealed
    return { operation, kind, number, at: madeAt - (madeAt % SECOND), uid, sum }
  }
  const uid = uidOf('5'.repeat(64), demoIssuer.registerNumber)
  return { operation, kind, number: expected ?? 1, at, uid, sum }
}
