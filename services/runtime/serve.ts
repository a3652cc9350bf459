import { type Context as Call, Hono } from 'hono'
import {
  type Contract,
  type Endpoint,
  type Handlers,
  type Invalid,
  type Refused,
  statusOf,
} from '#core/api/contract.ts'
import { bodyUpTo } from './body-limit.ts'
import type { Log } from './log.ts'
import './russian.ts'

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
  app.use(
    bodyUpTo(MAX_BODY, (call) => call.json(invalid('body', `тело больше ${MAX_BODY} байт`), 413)),
  )
  app.onError((error, call) => {
    log.error('handler threw', { path: call.req.path, error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  for (const [name, row] of Object.entries(contract)) {
    const [method = 'GET', path = '/'] = row.route.split(' ')
    app.on(method, path, async (call) => {
      const input = await readInput(row, call)
      if (input.kind === 'invalid') return call.json(input, 400)
      const opened = await context(call, name)
      if (isRefused(opened)) return call.json(opened, statusOf(opened) as 409)
      const handler = handlers[name as keyof C]
      const answer = await handler(input.value as never, opened)
      return call.json(
        answer.kind === 'done' ? (answer.value as object) : answer,
        statusOf(answer) as 200,
      )
    })
  }
  return app
}

const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused'

const invalid = (field: string, message: string): Invalid => ({ kind: 'invalid', field, message })

async function readInput(row: Endpoint, call: Call) {
  let sent: unknown = call.req.query()
  if (call.req.method !== 'GET') {
    const text = await call.req.text()
    try {
      sent = text === '' ? {} : JSON.parse(text)
    } catch {
      return invalid('body', 'тело запроса — не JSON')
    }
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
      return invalid('body', 'тело запроса должно быть объектом JSON')
    }
  }
  const parsed = row.input.safeParse({ ...(sent as object), ...call.req.param() })
  if (parsed.success) return { kind: 'input', value: parsed.data } as const
  const issue = parsed.error.issues[0]
  return invalid(issue?.path.join('.') || 'body', issue?.message ?? 'неверные данные')
}
