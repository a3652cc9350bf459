import assert from 'node:assert/strict'
import type { Send, SentRequest } from '#core/api/client.ts'
import { openProofs, PROOF, proofKeys } from '#services/runtime/proof.ts'
import { sha256 } from '#services/runtime/secret.ts'

type Answer = Awaited<ReturnType<Send>>

/** The far end of a till's line, which holds the secret: whatever it answers is proved. */
export function provenEnd(
  secret: string,
  answer: (request: SentRequest) => Answer | Promise<Answer>,
): Send {
  const askedBy = openProofs((asker) => proofKeys(sha256(secret), asker))
  return async (request) => {
    const asker = askedBy(request, request.headers?.[PROOF])
    assert.ok(asker, 'every request of the till is proved')
    const got = await answer(request)
    if (!('status' in got)) return got
    const { status, body } = got
    return { status, body, headers: { [PROOF]: asker.prove({ status, body }) } }
  }
}
