import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import type { RefusalName } from '../words/refusals.ts'
import { type Facts, facts } from './facts.ts'
import { fieldFaults } from './field-fault.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One row of a contract: what travels, what comes back, how it may be refused. */
export type Endpoint = {
  /** «POST /api/operations/:id/copy»: path parameters join the input under their names. */
  route: `${Method} /${string}`
  /** Who may call (R26); enforced by services/runtime/serve.ts alone. */
  right: Access
  /** An object: path parameters, and the query of a GET or the JSON body of the rest. */
  input: z.ZodObject
  reply: z.ZodType
  refusals: readonly RefusalName[]
}
export type Contract = Record<string, Endpoint>
/** Several contracts as one, or the handlers of several. */
export const together = <const Parts extends readonly object[]>(...parts: Parts): All<Parts> =>
  Object.assign({}, ...parts) as All<Parts>
type All<Parts> = Parts extends readonly [infer First, ...infer Rest] ? First & All<Rest> : unknown

export const endpoint = <const E extends Endpoint>(row: E): E => row

/** Refusals that every endpoint may give. */
export const everyRefusal = ['session.required', 'right.required', 'server.busy'] as const

export type Input<E extends Endpoint> = z.output<E['input']>
export type Reply<E extends Endpoint> = z.output<E['reply']>
export type RefusalCode<E extends Endpoint> = E['refusals'][number] | (typeof everyRefusal)[number]

/**
 * A refusal is whole: a code and facts for programs and pages, a sentence and the step that helps
 * for whoever reads the wire, in the language of `Accept-Language`.
 */
export const refusalSchema = z.object({
  kind: z.literal('refused'),
  code: z.string(),
  /** A server of an older version sends none. */
  facts: facts.default({}),
  message: z.string(),
  next: z.string(),
  /** The operation that stands in the way, so that a page may open it. */
  operation: z.string().optional(),
  /** The field that cannot be right, where the refusal is about what was typed. */
  field: z.string().optional(),
})
/** As servers decide it and pages keep it: words are made at the edge (R25). */
export type Refused<Code extends RefusalName = RefusalName> = {
  kind: 'refused'
  code: Code
  facts: Facts
  operation?: string | undefined
  field?: string | undefined
}

export const refused = <Code extends RefusalName>(
  code: Code,
  facts: Facts = {},
  { operation, field }: { operation?: string | undefined; field?: string | undefined } = {},
): Refused<Code> => ({
  kind: 'refused',
  code,
  facts,
  ...(operation !== undefined && { operation }),
  ...(field !== undefined && { field }),
})

/** Status 400: which field is wrong, and how. */
export const invalidSchema = z.object({
  kind: z.literal('invalid'),
  field: z.string(),
  fault: z.enum(fieldFaults).default('malformed'),
  facts: facts.default({}),
  message: z.string(),
})
export type Invalid = Omit<z.output<typeof invalidSchema>, 'message'>

export const invalid = (field: string, fault: Invalid['fault'], facts: Facts = {}): Invalid => ({
  kind: 'invalid',
  field,
  fault,
  facts,
})

/** A server answers; only a wire can leave a caller with `unsent` or `unknown`. */
export type Answer<T, Code extends RefusalName> =
  | { kind: 'done'; value: T }
  | Refused<Code>
  | Invalid

/** The four shapes of an answer over a wire, and the caller's own mistake told apart. */
export type Outcome<T, Code extends RefusalName = RefusalName> =
  | Answer<T, Code>
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string }

export const done = <T>(value: T) => ({ kind: 'done', value }) as const

/** `Open` is what is known of a caller of a public endpoint, `SignedIn` of everybody else. */
export type Handlers<C extends Contract, SignedIn, Open = SignedIn> = {
  [K in keyof C]: (
    input: Input<C[K]>,
    caller: C[K]['right'] extends 'public' ? Open : SignedIn,
  ) => Promise<Answer<Reply<C[K]>, RefusalCode<C[K]>>>
}
export type Client<C extends Contract> = {
  [K in keyof C]: (
    input: z.input<C[K]['input']>,
  ) => Promise<Outcome<Reply<C[K]>, RefusalCode<C[K]>>>
}

/** Status of each kind of answer; tests of other teams rely on 200, 409 and 400 (R14). */
export function statusOf(answer: Answer<unknown, RefusalName>): number {
  if (answer.kind === 'done') return 200
  if (answer.kind === 'invalid') return 400
  if (answer.code === 'session.required') return 401
  if (answer.code === 'right.required') return 403
  if (answer.code === 'server.busy') return 429
  return 409
}
