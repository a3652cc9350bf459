import { z } from 'zod'
import type { Access } from '../access/rights.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One row of a contract: what travels, what comes back, how it may be refused. */
export type Endpoint = {
  /** «POST /api/operations/:id/copy»: path parameters join the input under their names. */
  route: `${Method} /${string}`
  summary: string
  /** Who may call (R26); enforced by services/runtime/serve.ts alone. */
  right: Access
  /** An object: path parameters, and the query of a GET or the JSON body of the rest. */
  input: z.ZodObject
  reply: z.ZodType
  refusals: readonly string[]
}
export type Contract = Record<string, Endpoint>
export const endpoint = <const E extends Endpoint>(row: E): E => row

/** Refusals that every endpoint may give. */
export const everyRefusal = ['session.required', 'right.required'] as const

export type Input<E extends Endpoint> = z.output<E['input']>
export type Reply<E extends Endpoint> = z.output<E['reply']>
export type RefusalCode<E extends Endpoint> = E['refusals'][number] | (typeof everyRefusal)[number]

/** A refusal is whole: a code for programs, a sentence for the person, the step that helps. */
export const refusalSchema = z.object({
  kind: z.literal('refused'),
  code: z.string(),
  message: z.string(),
  next: z.string(),
  /** The operation that stands in the way, so that a page may open it. */
  operation: z.string().optional(),
  /** The field that cannot be right, where the refusal is about what was typed. */
  field: z.string().optional(),
  /** The right that was wanting: a word of core/access/rights.ts. */
  right: z.string().optional(),
})
export type Refused<Code extends string = string> = {
  kind: 'refused'
  code: Code
  message: string
  next: string
  operation?: string | undefined
  field?: string | undefined
  right?: string | undefined
}

/** Status 400: which field is wrong, and how. */
export const invalidSchema = z.object({
  kind: z.literal('invalid'),
  field: z.string(),
  message: z.string(),
})
export type Invalid = z.output<typeof invalidSchema>

/** A server answers; only a wire can leave a caller with `unsent` or `unknown`. */
export type Answer<T, Code extends string> = { kind: 'done'; value: T } | Refused<Code> | Invalid

/** The four shapes of an answer over a wire, and the caller's own mistake told apart. */
export type Outcome<T, Code extends string = string> =
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
export function statusOf(answer: Answer<unknown, string>): number {
  if (answer.kind === 'done') return 200
  if (answer.kind === 'invalid') return 400
  if (answer.code === 'session.required') return 401
  if (answer.code === 'right.required') return 403
  return 409
}
