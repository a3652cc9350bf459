import { client, type Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { operatorApi } from '#core/api/operator.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Sealed } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import type { Operation, Signed } from '#core/register/operation.ts'
import { sha256 } from '#services/runtime/secret.ts'

/** R2: the operator says `done`, «cannot tell», or `never` once the number has passed it. */
export type OperatorVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'cannot-tell' | 'silent' }

export type OperatorLink = ReturnType<typeof openOperatorLink>

/** The register's own line to the operator: it asks, and never tells anything. */
export function openOperatorLink({ send, token }: { send: Send; token: string }) {
  const operator = client(operatorApi, send)
  return {
    outcome: async ({ id, expected, guessed }: Operation): Promise<OperatorVerdict> => {
      const answer = await operator.outcome({ device: token, operation: id, expected })
      if (answer.kind !== 'done') return { verdict: 'silent' }
      if (answer.value.verdict !== 'done') {
        // A number that was never the device's next proves nothing when it has been passed.
        return { verdict: guessed ? 'cannot-tell' : answer.value.verdict }
      }
      const signed = readSealed(answer.value.sealed, id)
      return signed ? { verdict: 'done', signed } : { verdict: 'silent' }
    },
    /** The operator answers at all, be it with a refusal. */
    answers: async (): Promise<boolean> => {
      const { kind } = await operator.head({ device: token })
      return kind !== 'unsent' && kind !== 'unknown'
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
