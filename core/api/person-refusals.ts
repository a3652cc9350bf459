// Why the register takes no word of a person's.

/** An emergency correction (S4.2). */
export const correctionRefusals = [
  'operation.red',
  'operation.open',
  'operation.differs',
  'operation.unknown',
  'sko.away',
  'correction.needless',
  'correction.stale',
] as const
/** What she says a document is (S3.6). */
export const claimRefusals = ['claim.wrong', 'claim.no-document', 'claim.not-yet'] as const
/** The operator's answer that she brings (C2b). */
export const answerRefusals = [
  'answer.unsigned',
  'answer.other-register',
  'answer.other-operation',
  'answer.stale',
  'answer.cannot-tell',
] as const
