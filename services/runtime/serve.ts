import { type Context as Call, Hono } from 'hono'
import {
  type Contract,
  type Endpoint,
  type Handlers,
  type Invalid,
  invalid,
  type Refused,
  statusOf,
} from '#core/api/contract.ts'
import { wrongField } from '#core/api/field-fault.ts'
import { invalidIn } from '#core/words/fields.ts'
import { type Language, languageOf } from '#core/words/language.ts'
import { refusalIn } from '#core/words/refusals.ts'
import { bodyUpTo } from './body-limit.ts'
import type { Log } from './log.ts'

const MAX_BODY = 1_000_000

/**
 * Serves a contract: parses every input by its schema, calls the handler, answers with the status
 * of its answer. `context` is asked for each call and may refuse it (no session, no right). A
 * handler that throws gives an empty 500, which a caller rightly reads as «unknown».
 */
export function serve<C extends Contract, X>(
  contract: C,
  handlers: NoInfer<Handlers<C, X>>,
  {
    context,
    log,
  }: { context: (call: Call, name: keyof C & string) => Promise<X | Refused>; log: Log },
): Hono {
  const app = new Hono()
  app.use(bodyUpTo(MAX_BODY, (call) => call.json(onWire(tooBig, spoken(call)), 413)))
  app.onError((error, call) => {
    log.error('handler threw', { path: call.req.path, error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  for (const [name, row] of Object.entries(contract)) {
    const [method = 'GET', path = '/'] = row.route.split(' ')
    app.on(method, path, async (call) => {
      const input = await readInput(row, call)
      if (input.kind === 'invalid') return call.json(onWire(input, spoken(call)), 400)
      const opened = await context(call, name)
      if (isRefused(opened)) return refuse(call, opened)
      const handler = handlers[name as keyof C]
      const answer = await handler(input.value as never, opened)
      return answer.kind === 'done' ? call.json(answer.value as object) : refuse(call, answer)
    })
  }
  return app
}

const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused'

const tooBig = invalid('body', 'body-too-big', { limit: MAX_BODY })

/** The language in which whoever calls is answered. */
export const spoken = (call: Call): Language => languageOf(call.req.header('accept-language'))

/** A refusal as it leaves: with the words of the caller's language beside its facts (R25). */
export const onWire = (answer: Refused | Invalid, language: Language) =>
  answer.kind === 'refused'
    ? { ...answer, ...refusalIn(language, answer) }
    : { ...answer, message: invalidIn(language, answer) }

/** Answers with a refusal in the caller's language. */
export const refuse = (call: Call, answer: Refused | Invalid) =>
  call.json(onWire(answer, spoken(call)), statusOf(answer) as 409)

async function readInput(row: Endpoint, call: Call) {
  let sent: unknown = call.req.query()
  if (call.req.method !== 'GET') {
    const text = await call.req.text()
    try {
      sent = text === '' ? {} : JSON.parse(text)
    } catch {
      return invalid('body', 'body-not-json')
    }
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
      return invalid('body', 'body-not-object')
    }
    const stranger = Object.keys(sent).find((name) => !isField(row.input, name))
    if (stranger !== undefined) return invalid(stranger, 'unknown-field')
  }
  const fields = { ...(sent as object), ...call.req.param() }
  const parsed = row.input.safeParse(fields, { reportInput: true })
  if (parsed.success) return { kind: 'input', value: parsed.data } as const
  const { field, fault, facts } = wrongField(parsed.error.issues[0])
  return invalid(field, fault, facts)
}

/** A misspelt name must not pass for a field left out; a loose schema judges by itself. */
const isField = ({ shape, def }: Endpoint['input'], name: string): boolean =>
  Object.hasOwn(shape, name) || def.catchall !== undefined
