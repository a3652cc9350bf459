/** What may be wrong with a field; what it should be stands in the facts. */
export const fieldFaults = [
  'missing',
  'wrong-type',
  'too-small',
  'too-big',
  'too-short',
  'too-long',
  'not-one-of',
  'unknown-field',
  'repeated',
  'too-deep',
  'unwritable',
  'unprintable',
  'malformed',
  'body-too-big',
  'body-not-json',
  'type-not-json',
  'body-not-object',
  'uuid',
  'uid',
  'time',
  'day-missing',
  'place-unknown',
  'sum-missing',
  'name-missing',
  'price-missing',
  'goods-unknown',
  'goods-code-unknown',
  'goods-code',
  'code-of-other-goods',
  'whole-pieces',
  'label-weight',
  'not-sold',
  'receipt-number',
  'receipt-moment',
  'receipt-uid',
  'operator-answer',
  'decline-code',
  'fault-field-unknown',
  'fault-value-missing',
  'backup-number',
  'backup-unknown',
  'too-far-ahead',
  'terminal-unknown',
  'ends-before-start',
] as const
export type FieldFault = (typeof fieldFaults)[number]

/** For `refine` of a schema: the fault in place of a sentence. */
export const told = (fault: FieldFault) => ({ params: { fault } })

export const isFieldFault = (fault: unknown): fault is FieldFault =>
  fieldFaults.some((each) => each === fault)
