import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { carriedText } from '#core/operator/carried.ts'
import {
  type AnswerStatement,
  type Attested,
  isAttested,
  type OutcomeStatement,
  type SignedMeasures,
  type StaffRef,
  type VerifyBy,
} from '#core/operator/statement.ts'
import { type AnswerGround, type AnswerSays, checkAnswer } from '#core/register/answer-check.ts'
import type { Operation, Signed } from '#core/register/operation.ts'
import type { Moment } from '#core/time.ts'
import type { Log } from '#services/runtime/log.ts'
import type { OpenSealed } from './seal.ts'

/** R2: the operator says `done`, «cannot tell», or `never` once the number has passed it. */
export type OperatorVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'silent' | 'distrusted' }
  | { verdict: 'cannot-tell'; word: StaffSays | null }

/** What the operator's people say, in place of what its books do not tell (C2b). */
export type StaffSays = { says: AnswerSays & { staff: StaffRef }; answer: string }

export type OperatorLink = ReturnType<typeof openOperatorLink>

export type OperatorWire = {
  send: Send
  /** Serial number of the till's device, and the register that it was enrolled for. */
  token: string
  registerNumber: number
  seals: OpenSealed
  /** The operator's keys, as they were enrolled. */
  verify: VerifyBy
  /** Chance that no answer of before can carry. */
  nonce: () => string
  /** Hash of the register's own document under a number; null: it has none. */
  hashAt: (number: number) => string | null
  now: () => Moment
  /** Told whether an answer, or the document that it showed, passed its check (V1). */
  checked: (passed: boolean) => void
  log: Log
}

/**
 * The register's own line to the operator: it asks, and never tells anything. What the operator did
 * not sign, or did not sign in answer to this very question, is no answer.
 */
export function openOperatorLink(wire: OperatorWire) {
  const { send, token, registerNumber, seals, verify, nonce, hashAt, now, checked, log } = wire
  const operator = client(operatorApi, send)
  const believed = <P extends Attested<OutcomeStatement>>(
    proof: P | undefined,
    asked: Pick<OutcomeStatement, 'operation' | 'expected' | 'nonce' | 'verdict'>,
  ): proof is P => {
    const { statement } = proof ?? {}
    const passed =
      proof !== undefined &&
      isAttested(proof, verify) &&
      statement?.device === token &&
      statement.operation === asked.operation &&
      statement.expected === asked.expected &&
      statement.nonce === asked.nonce &&
      statement.verdict === asked.verdict
    checked(passed)
    return passed
  }
  /** The operator follows the same documents as the register up to the number expected. */
  const isOfChain = ({ expected, before }: OutcomeStatement): boolean => {
    const own = hashAt(expected - 1)
    return own === null || own === before
  }
  const heardOf = (operation: Operation, word: Attested<AnswerStatement>): StaffSays | null => {
    const ground: AnswerGround = { device: token, registerNumber, verify, hashAt, now: now() }
    const says = checkAnswer(operation, word, ground)
    if ('code' in says || says.staff === null) {
      log.error('answer distrusted', { by: 'operator', says: 'word' })
      return null
    }
    return { says: Object.assign({}, says, { staff: says.staff }), answer: carriedText(word) }
  }
  return {
    outcome: async (operation: Operation): Promise<OperatorVerdict> => {
      const { id, expected, guessed } = operation
      const asked = { operation: id, expected, nonce: nonce() }
      const answer = await operator.outcome({ device: token, ...asked })
      if (answer.kind !== 'done') return { verdict: 'silent' }
      const { verdict, proof } = answer.value
      if (!believed(proof, { operation: id, expected, nonce: asked.nonce, verdict })) {
        log.error('answer distrusted', { by: 'operator', verdict })
        return { verdict: 'distrusted' }
      }
      if (answer.value.verdict === 'done') {
        const opened = seals(answer.value.sealed, { operation })
        const passed = !('fault' in opened) && opened.sealed.hash === proof.statement.hash
        checked(passed)
        if (passed) return { verdict: 'done', signed: opened }
        const fault = 'fault' in opened ? opened.fault : 'another document'
        log.error('document distrusted', { by: 'operator', fault })
        return { verdict: 'distrusted' }
      }
      // A number that was never the device's next proves nothing when it has been passed; nor does
      // one of other documents than these.
      // That its device is retired says nothing of one that may yet speak for itself.
      const { sealed } = proof.statement
      const isPassed = sealed === null || sealed >= expected
      const proves = isPassed && !guessed && isOfChain(proof.statement)
      if (answer.value.verdict === 'never' && proves) return { verdict: 'never' }
      const word = 'word' in answer.value ? answer.value.word : undefined
      return { verdict: 'cannot-tell', word: word ? heardOf(operation, word) : null }
    },
    /** What stands against the register, as the operator signs it; null: no word of its own. */
    measures: async (): Promise<SignedMeasures | null> => {
      const asked = nonce()
      const answer = await operator.measures({ device: token, nonce: asked })
      if (answer.kind !== 'done') return null
      const { proof } = answer.value
      const passed =
        proof !== undefined &&
        isAttested(proof, verify) &&
        proof.statement.device === token &&
        proof.statement.registerNumber === registerNumber &&
        proof.statement.nonce === asked
      checked(passed)
      if (passed) return proof
      log.error('answer distrusted', { by: 'operator', says: 'measures' })
      return null
    },
    /** The operator answers at all, be it with a refusal: somebody else in its place does not. */
    answers: async (): Promise<boolean> => {
      const asked = nonce()
      const answer = await operator.head({ device: token, nonce: asked })
      if (answer.kind !== 'done') return answer.kind !== 'unsent' && answer.kind !== 'unknown'
      const { proof } = answer.value
      const passed =
        proof !== undefined &&
        isAttested(proof, verify) &&
        proof.statement.device === token &&
        proof.statement.nonce === asked
      checked(passed)
      return passed
    },
  }
}
