import { type Answer, type RefusalCode, refused } from '#core/api/contract.ts'
import type { Facts } from '#core/api/facts.ts'
import type { OperationView, registerApi } from '#core/api/register.ts'
import { cashEffect } from '#core/document/document.ts'
import type { OperationId } from '#core/id.ts'
import { type Kopecks, negate } from '#core/money.ts'
import { judgeCorrection } from '#core/register/correction.ts'
import { drawerEffect } from '#core/register/ledger.ts'
import type { Person } from '../catalogue/people.ts'
import type { Register } from '../register.ts'
import { viewed } from './begin.ts'
import { checkWords } from './clearing.ts'

type Corrected = Answer<OperationView, RefusalCode<(typeof registerApi)['correct']>>

/** S4.2: brings БД to what the СКО holds this moment. Repeating the id finds the correction. */
export async function correct(
  register: Register,
  { id, discrepancy: seen }: { id: OperationId; discrepancy: Kopecks },
  person: Person,
): Promise<Corrected> {
  const { store, device, engine, now, changed } = register
  while (engine.busy()) await engine.settled()
  // A word proved wrong a moment later would bring the discrepancy back with the other sign.
  await checkWords(register)
  const fresh = await device.refresh()
  const known = store.listed(id)
  if (known) {
    return known.operation.kind === 'correction'
      ? viewed(register, id)
      : refused('operation.differs', {}, { operation: known.operation.id })
  }
  const { balances, shift } = store.ledger()
  const cash = balances.drawer
  const { open, unproved } = store
  const facts = { open: open(), unproved: unproved(), cash, skoCash: fresh?.cash ?? null }
  const judged = judgeCorrection(facts, seen)
  if ('code' in judged) {
    if ('operation' in judged) {
      const { id: open, kind, sum } = judged.operation
      return refused(judged.code, { kind, sum }, { operation: open })
    }
    return refused(judged.code, 'sum' in judged ? { sum: judged.sum } : {})
  }
  const { amount, skoCash } = judged
  store.correct({
    id,
    kind: 'correction',
    person: person.user,
    at: now(),
    amount,
    cash,
    skoCash,
    shift: shift?.shift ?? null,
  })
  changed(id)
  return viewed(register, id)
}

// How far back documents that the register does not know are looked for.
const LOOK_BACK = 200
const MOST_CAUSES = 10

/** What the discrepancy comes from, each operation or document by name with its sum (S4.1). */
export async function causesOf({ store, sko, device }: Register): Promise<Facts[]> {
  const since = store.lastCorrectionAt()
  const wrong = store.disproved(since).map((operation): Facts => {
    const sum = negate(drawerEffect(operation))
    return { kind: operation.kind, at: operation.begunAt, reason: 'disproved', sum }
  })
  const next = device.known()?.nextNumber ?? 1
  const missing = store.missingNumbers(Math.max(1, next - LOOK_BACK), next)
  const causes: Facts[] = []
  for (const number of missing.slice(-MOST_CAUSES)) {
    const signed = await sko.document(number)
    if (!signed || signed.document.at <= since) continue
    const { kind, at, settlement } = signed.document
    const sum = cashEffect(kind, settlement)
    if (sum !== 0) causes.push({ kind, at, number, reason: 'not-in-register', sum })
  }
  return [...wrong, ...causes]
}
