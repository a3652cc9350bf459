/** A UUIDv7 made where the operation is begun; it travels to every process it touches. */
export type OperationId = string & { readonly of: 'operation' }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Null when the text is no UUID; letters are folded to lower case: one id has one form. */
export function operationId(text: string): OperationId | null {
  const folded = text.toLowerCase()
  return UUID.test(folded) ? (folded as OperationId) : null
}
