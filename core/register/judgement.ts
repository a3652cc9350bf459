import type { FiscalDocument } from '../document/document.ts'
import { contradiction, impossible, type Own, type WrongClaim } from './claim.ts'
import type { Claim, Evidence, Operation, Signed } from './operation.ts'

// What becomes of a person's word about a red receipt: rulings R6, R10, rows S3.5 to S3.7.

/** What device and operator said when they were asked; the operator only where it was needed. */
export type Heard = {
  evidence: Evidence
  /** The document, from whoever has it. */
  signed: Signed | null
  /** The document under the typed number, where the device could be asked for it. */
  named: FiscalDocument | null
}

export type ConfirmRefusal =
  | ({ code: 'claim.wrong' } & WrongClaim)
  | { code: 'claim.no-document'; by: 'sko' | 'operator' }
  | { code: 'claim.not-yet' }

/**
 * It succeeded: the proved document, or null where nobody could be asked. `answered`: the claim is
 * the operator's own, by an answer of its that was carried here (C2b).
 */
export function judgeConfirmed(
  operation: Operation,
  claim: Claim,
  { evidence, signed, named, own, answered = false }: Heard & { own: Own; answered?: boolean },
): { signed: Signed | null } | ConfirmRefusal {
  const wrong = (found: WrongClaim) => ({ code: 'claim.wrong', ...found }) as const
  if (signed) {
    const found = contradiction(claim, signed, named)
    return found ? wrong(found) : { signed }
  }
  const { device, operator } = evidence
  if (device === 'never' || device === 'lacks') {
    return { code: 'claim.no-document', by: 'sko' }
  }
  if (operator === 'never') {
    return { code: 'claim.no-document', by: 'operator' }
  }
  // The operator answers but has it not yet: what was typed cannot come from there.
  if (operator === 'cannot-tell' && !answered) return { code: 'claim.not-yet' }
  const found = impossible(operation, claim, own)
  return found ? wrong(found) : { signed: null }
}

export type DenyRefusal =
  | { code: 'deny.exists'; signed: Signed; by: 'sko' | 'operator' }
  | { code: 'deny.unsent'; unsent: number | null }

/** It failed: whether it is proved that there is no document, or only said. */
export function judgeDenied({
  evidence: { device, operator, unsent },
  signed,
}: Heard): { proof: 'proved' | 'unproved' } | DenyRefusal {
  if (signed) {
    const by = device === 'done' ? 'sko' : 'operator'
    return { code: 'deny.exists', signed, by }
  }
  if (device === 'never' || operator === 'never') return { proof: 'proved' }
  // Absence at the operator proves nothing while documents are on their way to it.
  if (operator === 'cannot-tell' && unsent !== 0) return { code: 'deny.unsent', unsent }
  return { proof: 'unproved' }
}
