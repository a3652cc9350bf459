import { type Answer, done, type Input, type RefusalCode, refused } from '#core/api/contract.ts'
import type { CashUpView, cashUpEndpoints } from '#core/api/register-cash-up.ts'
import { type Kopecks, ZERO } from '#core/money.ts'
import { type CashCount, type CashUp, sumOfPieces, surplusOf } from '#core/register/cash-up.ts'
import { type GateFacts, refuse } from '#core/register/gate.ts'
import type { Person } from '../catalogue/people.ts'
import type { HeldCashUp } from '../memory/cash-ups.ts'
import type { Register } from '../register.ts'
import { begin, gateFacts, refusedBy } from './begin.ts'
import { contentOf } from './lending.ts'

type Endpoints = typeof cashUpEndpoints
type Request = Input<Endpoints['cashUp']>
type CashedUp = Answer<CashUpView, RefusalCode<Endpoints['cashUp']>>

/**
 * Closes the shift in one go (N12). The ids of both operations are on disk before either is begun:
 * whoever asks again, after a kill or a lost answer, goes on with these two and makes no third.
 */
export async function cashUp(
  register: Register,
  request: Request,
  person: Person,
): Promise<CashedUp> {
  const { store, engine } = register
  const { id } = request
  const fingerprint = contentOf(request)
  // Judged by what is under way has come to; from there to the disk nothing is awaited.
  while (!store.cashUp(id) && engine.busy()) await engine.settled()
  const known = store.cashUp(id)
  if (known && known.cashUp.request !== fingerprint) return refused('operation.differs')
  if (!known) {
    const made = cashUpOf(register, { request, fingerprint, person })
    if ('kind' in made) return made
    store.beginCashUp(made)
  }
  return goOn(register, id, person)
}

/** A person still wants it; one that cannot go on is told as it stands. */
export async function continueCashUp(
  register: Register,
  { id }: { id: string },
  person: Person,
): Promise<CashedUp> {
  const { store } = register
  const held = store.cashUp(id)
  if (!held) return refused('operation.unknown')
  if (held.stage === 'withdrawn' && !held.isWanted) store.wantCashUp(id, person.user)
  return goOn(register, id, person)
}

/** The last one of the open shift; null: there is none, or no shift. */
export function currentCashUp({ store }: Pick<Register, 'store'>): CashUpView | null {
  const { shift } = store.ledger()
  const held = shift && store.lastCashUp(shift.shift)
  return held && cashUpViewOf(held)
}

type Asked = { request: Request; fingerprint: string; person: Person }

/** What is asked for as it is to be written, where the gate lets its first operation begin. */
function cashUpOf(
  register: Register,
  { request, fingerprint, person }: Asked,
): CashUp | Exclude<CashedUp, { kind: 'done' }> {
  const { store } = register
  const { id, closing } = request
  const facts = gateFacts(register)
  const { cash, shift } = facts
  const withdrawal =
    request.withdrawal !== undefined && cash > 0 ? { id: request.withdrawal, sum: cash } : null
  const ids = [closing, ...(withdrawal ? [withdrawal.id] : [])]
  if (new Set(ids).size < ids.length || ids.some(store.operation)) {
    return refused('operation.differs')
  }
  const refusal = refuseFirst(facts, withdrawal?.sum ?? null)
  if (refusal) return refusedBy(refusal)
  if (!shift) return refused('shift.closed')
  if (request.cash !== cash) return refused('cash-up.stale', { sum: cash })
  return {
    id,
    shift: shift.shift,
    person: person.user,
    at: facts.now,
    cash,
    count: countOf(request.counted),
    withdrawal,
    closing,
    request: fingerprint,
  }
}

function countOf(counted: Request['counted']): CashCount | null {
  if (!counted) return null
  return 'pieces' in counted
    ? { sum: sumOfPieces(counted.pieces), pieces: counted.pieces }
    : { sum: counted.sum, pieces: null }
}

/** The gate's say on the operation that comes first. */
const refuseFirst = (facts: GateFacts, withdrawn: Kopecks | null) =>
  refuse(facts, {
    kind: withdrawn === null ? 'shift-closing' : 'withdrawal',
    cash: withdrawn ?? ZERO,
    card: ZERO,
    sum: withdrawn ?? ZERO,
    discounts: ZERO,
    markups: ZERO,
  })

/** Begins what is next, or finds it where it was begun; stops where a person has to decide. */
async function goOn(register: Register, id: string, person: Person): Promise<CashedUp> {
  const { store } = register
  const held = store.cashUp(id)
  if (!held) return refused('operation.unknown')
  const { withdrawal, closing } = held.cashUp
  if (!held.isWanted) return done(cashUpViewOf(held))
  if (withdrawal) {
    const request = { id: withdrawal.id, kind: 'withdrawal', sum: withdrawal.sum } as const
    const answer = await begin(register, request, person)
    if (answer.kind !== 'done') return answer
  }
  const isNext = store.cashUp(id)
  if (isNext?.isWanted && isNext.stage !== 'withdrawal') {
    const answer = await begin(register, { id: closing, kind: 'shift-closing' }, person)
    if (answer.kind !== 'done') return answer
  }
  const after = store.cashUp(id)
  return after ? done(cashUpViewOf(after)) : refused('operation.unknown')
}

export const cashUpViewOf = ({ cashUp, isWanted, stage }: HeldCashUp): CashUpView => {
  const { id, shift, person, at, cash, count, withdrawal, closing } = cashUp
  return {
    id,
    shift,
    person,
    at,
    stage,
    isWanted,
    cash,
    count: count && { sum: count.sum, pieces: count.pieces && [...count.pieces] },
    surplus: surplusOf(cashUp),
    withdrawal,
    closing,
  }
}
