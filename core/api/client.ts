import type { RefusalName } from '../words/refusals.ts'
import {
  type Client,
  type Contract,
  type Endpoint,
  everyRefusal,
  invalid,
  invalidSchema,
  type Outcome,
  refusalSchema,
  refused,
  statusOf,
} from './contract.ts'
import { parseJson } from './json.ts'

export type SentRequest = {
  method: string
  path: string
  body?: string | undefined
  headers?: Readonly<Record<string, string>>
}
/** Names of headers in lower case; whoever needs none may leave them out. */
export type SentAnswer = {
  status: number
  body: string
  headers?: Readonly<Record<string, string | string[] | undefined>>
}
/** Sends bytes. Whoever implements it knows whether a failure came before or after the wire. */
export type Send = (
  request: SentRequest,
) => Promise<SentAnswer | { unsent: string } | { lost: string }>

/** A typed client of a contract. It parses replies: what the contract does not list is unknown. */
export function client<C extends Contract>(contract: C, send: Send): Client<C> {
  const calls: Record<string, unknown> = {}
  for (const [name, row] of Object.entries(contract)) {
    calls[name] = async (input: Record<string, unknown>) => {
      const got = await send(requestOf(row, input))
      if ('unsent' in got) return { kind: 'unsent', why: got.unsent }
      if ('lost' in got) return { kind: 'unknown', why: got.lost }
      return readAnswer(row, got)
    }
  }
  return calls as Client<C>
}

function requestOf(row: Endpoint, input: Record<string, unknown>): SentRequest {
  const [method = 'GET', pattern = '/'] = row.route.split(' ')
  const rest = { ...input }
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  if (method !== 'GET') return { method, path, body: JSON.stringify(rest) }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  return { method, path: query.size > 0 ? `${path}?${query}` : path }
}

/** What our own servers say who were asked too often: nothing was done (R30). */
const BUSY = 'server.busy'

/**
 * R30: nothing of the request was looked at. A 503 says so in our own words alone: a proxy gives
 * one of its own after it has passed a request on, too.
 */
export function isTurnedAway({ status, body }: { status: number; body: string }): boolean {
  if (status !== 503) return status === 429
  const refusal = refusalSchema.safeParse(parseJson(body))
  return refusal.success && refusal.data.code === BUSY
}

function readAnswer(row: Endpoint, got: { status: number; body: string }): Outcome<unknown> {
  if (isTurnedAway(got)) return { kind: 'unsent', why: BUSY }
  const { status, body } = got
  const json = parseJson(body)
  if (status === 200) {
    const reply = row.reply.safeParse(json)
    return reply.success
      ? { kind: 'done', value: reply.data }
      : { kind: 'unknown', why: `reply.malformed: ${reply.error.issues[0]?.path.join('.')}` }
  }
  const wrong = invalidSchema.safeParse(json)
  if (status === 400 && wrong.success) {
    const { field, fault, facts } = wrong.data
    return invalid(field, fault, facts)
  }
  const refusal = refusalSchema.safeParse(json)
  const code = refusal.success ? listedCode(row, refusal.data) : undefined
  if (!refusal.success || code === undefined) return { kind: 'unknown', why: `status ${status}` }
  const { facts, operation, field } = refusal.data
  const heard = refused(code, facts, { operation, field })
  return status === statusOf(heard) ? heard : { kind: 'unknown', why: `status ${status}` }
}

// A code of another version, or of a machine in between, must not pass for this server's «no».
const listedCode = (row: Endpoint, { code }: { code: string }): RefusalName | undefined =>
  [...row.refusals, ...everyRefusal].find((each) => each === code)
