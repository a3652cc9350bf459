/** What a query's rows have to fulfil, and the values of its parameters in their order. */
export type Conditions = { texts: string[]; values: unknown[] }

/** Adds a condition; each `?` stands for the next of its values. */
export function where({ texts, values }: Conditions, condition: string, ...given: unknown[]): void {
  let at = values.length
  values.push(...given)
  texts.push(condition.replace(/\?/g, () => `$${++at}`))
}
