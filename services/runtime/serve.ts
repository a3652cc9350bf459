import type { HttpBindings } from '@hono/node-server'
import { type Context as Call, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Access, type Right, rightsFor } from '#core/access/rights.ts'
import {
  type Contract,
  type Endpoint,
  type Handlers,
  type Invalid,
  invalid,
  type Refused,
  refused,
  statusOf,
} from '#core/api/contract.ts'
import { strangeField, textFault, valueFault } from '#core/api/input-fault.ts'
import { parseJson } from '#core/api/json.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { SECOND } from '#core/time.ts'
import { invalidIn } from '#core/words/fields.ts'
import { type Language, languageOf } from '#core/words/language.ts'
import { refusalIn } from '#core/words/refusals.ts'
import { bodyUpTo } from './body-limit.ts'
import type { Log } from './log.ts'

const MAX_BODY = 1_000_000

/** How a server knows its callers, and turns them away. */
export type Door<SignedIn, Open> = {
  /** Whoever calls what is public. */
  open: (call: Call) => Open
  signedIn: (call: Call) => Promise<SignedIn | Refused>
  /** `input`: what is asked for, which may name a right that was lent for it. */
  may: (caller: SignedIn, right: Right, input: object) => boolean
  /** The refusal names the right, and who has it. */
  forbid: (right: Right, caller: SignedIn) => Refused
}

/**
 * Serves a contract: knows the caller, refuses whoever has not the right (R26), parses the input by
 * its schema, calls the handler, answers with the status of its answer. A handler that throws gives
 * an empty 500, which a caller rightly reads as «unknown».
 */
export function serve<C extends Contract, SignedIn, Open>(
  contract: C,
  handlers: NoInfer<Handlers<C, SignedIn, Open>>,
  {
    door,
    log,
    files = [],
  }: {
    door: Door<SignedIn, Open>
    log: Log
    /** Paths beside the contract whose handlers bound what they are sent themselves. */
    files?: readonly string[]
  },
): Hono {
  const app = new Hono()
  const bounded = bodyUpTo(MAX_BODY, (call) => call.json(onWire(tooBig, spoken(call)), 413))
  app.use((call, next) => (files.includes(call.req.path) ? next() : bounded(call, next)))
  app.onError((error, call) => {
    if (error instanceof HTTPException) return error.getResponse()
    log.error('handler threw', { path: call.req.path, error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  for (const [name, row] of Object.entries(contract)) {
    const [method = 'GET', path = '/'] = row.route.split(' ')
    app.on(method, path, async (call) => {
      const admitted = await admit(door, row.right, call)
      if (admitted.kind === 'refused') return answerRefused(call, admitted)
      const input = await readInput(row, call)
      if (input.kind === 'invalid') return answerRefused(call, input)
      const refused = admitted.judge(input.value)
      if (refused) return answerRefused(call, refused)
      const handler = handlers[name as keyof C]
      const answer = await handler(input.value as never, admitted.caller as never)
      return answer.kind === 'done'
        ? call.json(answer.value as object)
        : answerRefused(call, answer)
    })
  }
  return app
}

/** Thrown by a handler that turns a call away before it did anything: a 503, «unsent» (R30). */
export const turnedAway = (): Error => {
  const body = JSON.stringify(onWire(refused('server.busy', { waitMs: SECOND }), 'ru'))
  const headers = { 'retry-after': '1', 'content-type': 'application/json' }
  return new HTTPException(503, { res: new Response(body, { status: 503, headers }) })
}

/** Serves a contract that anybody may call, and no other. */
export const servePublic = <C extends Record<string, Endpoint & { right: 'public' }>>(
  contract: C,
  handlers: NoInfer<Handlers<C, null>>,
  { log }: { log: Log },
): Hono => serve<C, null, null>(contract, handlers, { door: nobodysDoor, log })

const never = (what: string): never => {
  throw new Error(`there is no such thing as ${what}`)
}

/** Of a server that asks nobody who they are. */
export const nobodysDoor: Door<null, null> = {
  open: () => null,
  signedIn: () => never('a sign-in where all is public'),
  may: () => false,
  forbid: () => never('a right where all is public'),
}

/** Of a server that asks nobody who they are, but wants to know where they call from. */
export const callersDoor: Door<null, Call> = Object.assign({}, nobodysDoor, {
  open: (call: Call) => call,
})

/** What a server answers beside its contract, such as a stream, and to whom (R26). */
type Aside = Readonly<Record<string, Exclude<Access, object>>>

/** Serves what stands beside a contract, guarded as the contract's endpoints are. */
export function serveAside<R extends Aside, SignedIn, Open>(
  app: Hono,
  {
    routes,
    handlers,
    door,
  }: {
    routes: R
    handlers: Record<keyof R & string, (call: Call) => Response | Promise<Response>>
    door: Door<SignedIn, Open>
  },
): void {
  for (const [route, access] of Object.entries(routes)) {
    const [method = 'GET', path = '/'] = route.split(' ')
    app.on(method, path, async (call) => {
      const admitted = await admit(door, access, call)
      if (admitted.kind === 'refused') return answerRefused(call, admitted)
      return handlers[route as keyof R & string](call)
    })
  }
}

/** Who calls, or why not. What depends on the input is judged once that is read. */
async function admit<SignedIn, Open>(
  door: Door<SignedIn, Open>,
  access: Access,
  call: Call,
): Promise<
  { kind: 'admitted'; caller: SignedIn | Open; judge: (input: object) => Refused | null } | Refused
> {
  if (access === 'public') return { kind: 'admitted', caller: door.open(call), judge: () => null }
  const caller = await door.signedIn(call)
  if (isRefused(caller)) return caller
  const judge = (input: object): Refused | null => {
    const wanting = rightsFor(access, input).find((right) => !door.may(caller, right, input))
    return wanting === undefined ? null : door.forbid(wanting, caller)
  }
  // Without the right nothing of the input is even looked at, where the input does not matter.
  const refused = typeof access === 'string' ? judge({}) : null
  return refused ?? { kind: 'admitted', caller, judge }
}

const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused'

const tooBig = invalid('body', 'body-too-big', { limit: MAX_BODY })

/** The address that a call came from; '' within the process. */
export const addressOf = ({ env }: Call): string =>
  ((env ?? {}) as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? ''

/** The language in which whoever calls is answered. */
export const spoken = (call: Call): Language => languageOf(call.req.header('accept-language'))

/** A refusal as it leaves: with the words of the caller's language beside its facts (R25). */
export const onWire = (answer: Refused | Invalid, language: Language) =>
  answer.kind === 'refused'
    ? { ...answer, ...refusalIn(language, answer) }
    : { ...answer, message: invalidIn(language, answer) }

/** Answers with a refusal in the caller's language. */
export const answerRefused = (call: Call, answer: Refused | Invalid) =>
  call.json(onWire(answer, spoken(call)), statusOf(answer) as 409)

async function readInput(row: Endpoint, call: Call) {
  const { method } = call.req
  const sent = method === 'GET' ? readQuery(call) : await readBody(row, call)
  if (sent.kind === 'invalid') return sent
  const fields = { ...sent.value, ...call.req.param() }
  const unwritable = valueFault(fields)
  if (unwritable) return invalid(unwritable.field, unwritable.fault, unwritable.facts)
  const parsed = row.input.safeParse(fields, { reportInput: true })
  if (parsed.success) return { kind: 'input', value: parsed.data } as const
  const { field, fault, facts } = wrongField(parsed.error.issues[0])
  return invalid(field, fault, facts)
}

type Sent = { kind: 'sent'; value: object } | Invalid

function readQuery({ req }: Call): Sent {
  const repeated = Object.entries(req.queries()).find(([, values]) => values.length > 1)
  if (repeated) return invalid(repeated[0], 'repeated')
  return { kind: 'sent', value: req.query() }
}

/** A misspelt name must not pass for a field left out, nor one that stands twice for either. */
async function readBody(row: Endpoint, { req }: Call): Promise<Sent> {
  // Whoever was cut off in the midst of it hears nothing any more.
  const text = await req.text().catch(() => null)
  if (text === '') return { kind: 'sent', value: {} }
  const fault = text === null ? null : textFault(text)
  if (fault) return invalid(fault.field, fault.fault, fault.facts)
  const value = text === null ? undefined : parseJson(text)
  if (value === undefined) return invalid('body', 'body-not-json')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid('body', 'body-not-object')
  }
  const stranger = strangeField(row.input, value)
  return stranger ? invalid(stranger.field, stranger.fault) : { kind: 'sent', value }
}
