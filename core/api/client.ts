import {
  type Client,
  type Contract,
  type Endpoint,
  everyRefusal,
  invalidSchema,
  type Outcome,
  refusalSchema,
  statusOf,
} from './contract.ts'
import { parseJson } from './json.ts'

export type Request = { method: string; path: string; body?: string }
/** Sends bytes. Whoever implements it knows whether a failure came before or after the wire. */
export type Send = (
  request: Request,
) => Promise<{ status: number; body: string } | { unsent: string } | { lost: string }>

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

function requestOf(row: Endpoint, input: Record<string, unknown>): Request {
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

function readAnswer(
  row: Endpoint,
  { status, body }: { status: number; body: string },
): Outcome<unknown> {
  const json = parseJson(body)
  if (status === 200) {
    const reply = row.reply.safeParse(json)
    return reply.success
      ? { kind: 'done', value: reply.data }
      : { kind: 'unknown', why: `reply.malformed: ${reply.error.issues[0]?.path.join('.')}` }
  }
  const invalid = invalidSchema.safeParse(json)
  if (status === 400 && invalid.success) return invalid.data
  const refused = refusalSchema.safeParse(json)
  return refused.success && isListed(row, refused.data) && status === statusOf(refused.data)
    ? refused.data
    : { kind: 'unknown', why: `status ${status}` }
}

// A code of another version, or of a machine in between, must not pass for this server's «no».
const isListed = (row: Endpoint, { code }: { code: string }): boolean =>
  row.refusals.includes(code) || everyRefusal.some((each) => each === code)
