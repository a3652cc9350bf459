import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import type { Operation, Signed } from '#core/register/operation.ts'
import type { Log } from '#services/runtime/log.ts'
import type { OpenSealed } from './seal.ts'

/** R2: the operator says `done`, «cannot tell», or `never` once the number has passed it. */
export type OperatorVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'cannot-tell' | 'silent' | 'distrusted' }

export type OperatorLink = ReturnType<typeof openOperatorLink>

export type OperatorWire = {
  send: Send
  /** Serial number of the till's device. */
  token: string
  seals: OpenSealed
  /** Told whether a document that was shown passed its check (V1). */
  checked: (passed: boolean) => void
  log: Log
}

/** The register's own line to the operator: it asks, and never tells anything. */
export function openOperatorLink({ send, token, seals, checked, log }: OperatorWire) {
  const operator = client(operatorApi, send)
  return {
    outcome: async (operation: Operation): Promise<OperatorVerdict> => {
      const { id, expected, guessed } = operation
      const answer = await operator.outcome({ device: token, operation: id, expected })
      if (answer.kind !== 'done') return { verdict: 'silent' }
      if (answer.value.verdict !== 'done') {
        // A number that was never the device's next proves nothing when it has been passed.
        return { verdict: guessed ? 'cannot-tell' : answer.value.verdict }
      }
      const opened = seals(answer.value.sealed, { operation })
      checked(!('fault' in opened))
      if (!('fault' in opened)) return { verdict: 'done', signed: opened }
      log.error('document distrusted', { by: 'operator', fault: opened.fault })
      return { verdict: 'distrusted' }
    },
    /** The operator answers at all, be it with a refusal. */
    answers: async (): Promise<boolean> => {
      const { kind } = await operator.head({ device: token })
      return kind !== 'unsent' && kind !== 'unknown'
    },
  }
}
