import { type Answer, invalid, type RefusalCode, refused } from '#core/api/contract.ts'
import type { OperationView, registerApi } from '#core/api/register.ts'
import { readCarried } from '#core/operator/carried.ts'
import type { AnswerStatement, StaffRef } from '#core/operator/statement.ts'
import { type AnswerFault, checkAnswer, claimOf } from '#core/register/answer-check.ts'
import { judgeConfirmed } from '#core/register/judgement.ts'
import type { Claim, Evidence, Operation } from '#core/register/operation.ts'
import type { Register } from '../register.ts'
import { viewed } from './begin.ts'
import { ownOf } from './inquiry.ts'
import { ask, asRed, ended, existing, isUndone, notNow, refusedClaim, sameClaim } from './verbs.ts'

// The operator's signed answer, which a person brought while the till's own line is cut (C2b). What
// the device or the operator itself says now goes before it: it stands in for their silence alone.

type Said = Promise<Answer<OperationView, RefusalCode<(typeof registerApi)['answer']>>>
type Brought = {
  operation: Operation
  answer: string
  person: string
  /** Whose word of the operator's people it is; null: its books tell it. */
  staff: StaffRef | null
}

/** Decides a red receipt by the operator's answer. The same answer again is harmless. */
export async function answered(
  register: Register,
  { id, answer }: { id: string; answer: string },
  person: string,
): Said {
  const carried = readCarried(answer)
  if (!carried) return invalid('answer', 'operator-answer')
  const operation = asRed(register.store.operation(id), 'answer')
  if (!operation) return ended(register, id, (known) => isSettledBy(known, carried.statement))
  const said = checkAnswer(operation, carried, register.answerGround(operation))
  if ('code' in said) return refusedAnswer(said)
  const brought = { operation, answer, person, staff: said.staff }
  return said.verdict === 'done'
    ? succeeded(register, brought, said.claim)
    : neverWas(register, brought)
}

async function succeeded(register: Register, brought: Brought, claim: Claim) {
  const { operation, answer, person, staff } = brought
  const { evidence, signed, named } = await ask(register, operation, { giveUp: false, claim })
  const own = ownOf(register, operation, claim)
  const heard = { evidence, signed, named, own, answered: true }
  const judged = judgeConfirmed(operation, claim, heard)
  if ('code' in judged) return refusedClaim(judged)
  const isTaken = register.engine.hear(operation.id, {
    type: 'confirmed',
    person,
    claim,
    evidence,
    signed: judged.signed,
    answer,
    ...(staff && { staff }),
  })
  return isTaken ? viewed(register, operation.id) : notNow(operation)
}

async function neverWas(register: Register, { operation, answer, person, staff }: Brought) {
  const { engine } = register
  const { evidence, signed } = await ask(register, operation, { giveUp: true, claim: null })
  if (signed) {
    return refused('deny.exists', existing(evidence.device === 'done' ? 'sko' : 'operator', signed))
  }
  const { id } = operation
  // A person's word proves nothing: money of a card waits until device or operator have (R6).
  const proof = staff && !isNever(evidence) ? 'unproved' : 'proved'
  const word = { person, evidence, proof, answer, ...(staff && { staff }) } as const
  if (!engine.hear(id, { type: 'denied', ...word })) {
    return notNow(operation)
  }
  await engine.drive(id)
  return viewed(register, id)
}

const isNever = ({ device, operator }: Evidence): boolean =>
  device === 'never' || operator === 'never'

const isSettledBy = (known: Operation, { document, verdict, staff }: AnswerStatement): boolean =>
  document
    ? sameClaim(known, claimOf(document, staff !== null))
    : verdict === 'never' && isUndone(known)

function refusedAnswer(fault: AnswerFault) {
  switch (fault.code) {
    case 'answer.unsigned':
    case 'answer.cannot-tell':
      return refused(fault.code)
    case 'answer.other-register':
      return refused(fault.code, { register: fault.register })
    case 'answer.stale':
      return refused(fault.code, { at: fault.at })
    case 'answer.other-operation': {
      const { document } = fault.about
      const named = document && { kind: document.kind, number: document.number, sum: document.sum }
      return refused(fault.code, named ?? {})
    }
    default:
      return fault satisfies never
  }
}
