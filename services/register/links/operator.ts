import { client, type Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { operatorApi } from '#core/api/operator.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Sealed } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import {
  type Attested,
  isAttested,
  type OutcomeStatement,
  type VerifyBy,
} from '#core/operator/statement.ts'
import type { Operation, Signed } from '#core/register/operation.ts'
import { sha256 } from '#services/runtime/secret.ts'

/** R2: the operator says `done`, «cannot tell», or `never` once the number has passed it. */
export type OperatorVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'cannot-tell' | 'silent' }

export type OperatorLink = ReturnType<typeof openOperatorLink>

type Ports = {
  send: Send
  /** Serial number of the till's device. */
  token: string
  /** The operator's keys, as they were enrolled. */
  verify: VerifyBy
  /** Chance that no answer of before can carry. */
  nonce: () => string
  /** Hash of the register's own document under a number; null: it has none. */
  hashAt: (number: number) => string | null
  /** An answer was held against the operator's keys. */
  checked: (passed: boolean) => void
}

/**
 * The register's own line to the operator: it asks, and never tells anything. What the operator did
 * not sign, or did not sign in answer to this very question, is no answer.
 */
export function openOperatorLink({ send, token, verify, nonce, hashAt, checked }: Ports) {
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
  return {
    outcome: async ({ id, expected, guessed }: Operation): Promise<OperatorVerdict> => {
      const asked = { operation: id, expected, nonce: nonce() }
      const answer = await operator.outcome({ device: token, ...asked })
      if (answer.kind !== 'done') return { verdict: 'silent' }
      const { verdict, proof } = answer.value
      if (!believed(proof, { operation: id, expected, nonce: asked.nonce, verdict })) {
        return { verdict: 'silent' }
      }
      if (answer.value.verdict === 'done') {
        const signed = readSealed(answer.value.sealed, id)
        const isFound = signed && signed.sealed.hash === proof.statement.hash
        return isFound ? { verdict: 'done', signed } : { verdict: 'silent' }
      }
      // A number that was never the device's next proves nothing when it has been passed; nor does
      // one of other documents than these.
      const proves = !guessed && isOfChain(proof.statement)
      return { verdict: proves ? answer.value.verdict : 'cannot-tell' }
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

/** Null when the bytes do not belong together or are another operation's. */
function readSealed(sealed: Sealed, id: string): Signed | null {
  const document = fiscalDocument.safeParse(parseJson(sealed.body))
  if (!document.success || document.data.operation !== id) return null
  const hash = sha256(sealed.body)
  const isWhole =
    hash === sealed.hash && uidOf(hash, document.data.issuer.registerNumber) === sealed.uid
  return isWhole ? { sealed, document: document.data } : null
}
