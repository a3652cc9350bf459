/** Stops the process on a programmer's error. Operating errors are values, never assertions. */
export function assert(truth: unknown, why: string): asserts truth {
  if (!truth) throw new Error(`assertion failed: ${why}`)
}

/** For the default branch of an exhaustive switch: it does not compile while a case is missing. */
export function never(value: never, what: string): never {
  throw new Error(`unreachable ${what}: ${JSON.stringify(value)}`)
}
