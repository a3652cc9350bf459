import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import { operationId } from '#core/id.ts'
import { answerOf } from '#core/operator/answer.ts'
import { carriedText } from '#core/operator/carried.ts'
import { answerByStaff } from '#core/operator/staff-word.ts'
import type { OperatorKey } from '#core/operator/statement.ts'
import { TOKEN } from '#shop/enrolment.ts'
import type { Shelves } from '#shop/memory-operator.ts'

/** `key`: which the operator signs with. */
type Asked = { operation: string; expected: number | null; at: number; key: OperatorKey }

/**
 * What the operator's cabinet answers a person by what the operator holds, in digits (C2b); null:
 * it cannot tell.
 */
export function carriedFrom(
  shelves: Shelves,
  { operation: id, expected, at, key }: Asked,
): string | null {
  const shelf = shelves.get(TOKEN)
  const operation = operationId(id)
  if (!shelf || !operation) return null
  const sealed = shelf.byOperation.get(operation)
  const document = sealed && fiscalDocument.safeParse(parseJson(sealed.body)).data
  const { kind, number = 0, at: madeAt = 0, sum } = document ?? {}
  const found =
    sealed && kind && sum !== undefined
      ? { operation, kind, number, at: madeAt, sum, uid: sealed.uid }
      : null
  const held = {
    number: shelf.head.number,
    before: shelf.documents[(expected ?? 0) - 2]?.hash ?? null,
    unreadable: shelf.marks.get(expected ?? 0)?.includes('unreadable') ?? false,
    retired: shelf.retired,
  }
  const question = {
    device: TOKEN,
    registerNumber: shelf.registerNumber,
    asked: { by: 'operation', operation, expected } as const,
  }
  const word = sealed ? null : shelf.words.get(operation)
  const answer = answerOf(question, { found, held }, { key, at })
  if (answer.statement.verdict !== 'cannot-tell') return carriedText(answer)
  return word ? carriedText(answerByStaff(word, { key, at, expected })) : null
}
