import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { silentLog } from '#services/runtime/log.ts'
import { serve } from '#services/runtime/serve.ts'
import { invalidIn } from '../words/fields.ts'
import { languages } from '../words/language.ts'
import { type RefusalName, refusalIn } from '../words/refusals.ts'
import { client, type Send, type SentRequest } from './client.ts'
import {
  done,
  endpoint,
  type Handlers,
  invalid,
  type Refused,
  refused,
  statusOf,
} from './contract.ts'
import { facts } from './facts.ts'
import * as wire from './wire.ts'

const shop = {
  goods: endpoint({
    route: 'GET /goods/:code',
    right: 'signed-in',
    input: z.object({ code: z.string(), limit: z.coerce.number().int().min(1).default(50) }),
    reply: z.object({ code: z.string(), limit: z.int() }),
    refusals: ['goods.unknown'],
  }),
  sell: endpoint({
    route: 'POST /goods/:code/sales',
    right: { field: 'as', rights: { sale: 'sale', refund: 'refund' } },
    input: z.object({
      code: z.string(),
      as: z.enum(['sale', 'refund']).default('sale'),
      lines: z.array(z.object({ sum: wire.positiveSum })),
    }),
    reply: z.object({ code: z.string(), total: wire.sum }),
    refusals: ['goods.unknown', 'drawer.not-enough'],
  }),
  drop: endpoint({
    route: 'DELETE /goods/:code',
    right: 'goods.edit',
    input: z.object({ code: z.string().max(3) }),
    reply: z.object({}),
    refusals: [],
  }),
  hours: endpoint({
    route: 'GET /hours',
    right: 'public',
    input: z.object({}),
    reply: z.object({ open: z.int() }),
    refusals: [],
  }),
  arrange: endpoint({
    route: 'PUT /hours',
    right: { fields: { open: 'shift', closed: 'settings.edit' } },
    input: z.object({ open: z.int().optional(), closed: z.int().optional() }),
    reply: z.object({}),
    refusals: [],
  }),
}

const handlers: Handlers<typeof shop, string, null> = {
  drop: async () => done({}),
  hours: async () => done({ open: 9 }),
  arrange: async () => done({}),
  goods: async ({ code, limit }) =>
    code === 'none' ? refused('goods.unknown') : done({ code, limit }),
  sell: async ({ code, lines }) => {
    if (code === 'throw') throw new Error('the disk is gone')
    const total = lines.reduce((sum, line) => sum + line.sum, 0)
    return done({ code, total: wire.sum.parse(total) })
  },
}

type Person = string | Refused
/** The shop as somebody enters it; all but the administrator may sell and open alone. */
const appOf = (person: Person = 'Анна') =>
  serve<typeof shop, string, null>(shop, handlers, {
    door: {
      open: () => null,
      signedIn: async () => person,
      may: (name, right) => name === 'Ольга' || right === 'sale' || right === 'shift',
      forbid: (right) => refused('right.required', { right }),
    },
    log: silentLog,
  })

/** Carries a request into an app in this process, as bytes. */
const into =
  (app: ReturnType<typeof appOf>): Send =>
  async ({ method, path, body }: SentRequest) => {
    const reply = await app.fetch(
      new Request(`http://shop${path}`, { method, ...(body === undefined ? {} : { body }) }),
    )
    return { status: reply.status, body: await reply.text() }
  }
const calls = client(shop, into(appOf()))
const post = (path: string, body: string) =>
  appOf().fetch(new Request(`http://shop${path}`, { method: 'POST', body }))
/** A client whose server answers whatever it is told to. */
const answering = (status: number, body: string) => client(shop, async () => ({ status, body }))

test('what a server did comes back typed, defaults filled in', async () => {
  assert.deepEqual(await calls.goods({ code: '481' }), {
    kind: 'done',
    value: { code: '481', limit: 50 },
  })
  assert.deepEqual(await calls.sell({ code: '481', lines: [{ sum: 5 }, { sum: 7 }] }), {
    kind: 'done',
    value: { code: '481', total: 12 },
  })
})

test('a path parameter may hold any characters, a query any number', async () => {
  for (const code of ['a/b', 'хлеб 5 %', '?x=1&limit=3#y', '%2F', '+']) {
    assert.deepEqual(await calls.goods({ code, limit: 7 }), {
      kind: 'done',
      value: { code, limit: 7 },
    })
  }
})

test('a parameter of the path wins over the same name in the body', async () => {
  const reply = await post('/goods/481/sales', '{"code":"482","lines":[{"sum":5}]}')
  assert.deepEqual(await reply.json(), { code: '481', total: 5 })
})

test('bad input is told apart from a refusal and names the field', async () => {
  const bad = await calls.sell({ code: '481', lines: [{ sum: 5 }, { sum: 0 }] })
  assert.equal(bad.kind, 'invalid')
  assert.equal(bad.kind === 'invalid' && bad.field, 'lines.1.sum')
  assert.deepEqual(bad.kind === 'invalid' && [bad.fault, bad.facts], ['too-small', { limit: 1 }])
  const query = await appOf().fetch(new Request('http://shop/goods/481?limit=many'))
  assert.equal(query.status, 400)
  assert.equal(z.object({ field: z.string() }).parse(await query.json()).field, 'limit')
})

test('a field that nobody knows is refused by its name', async () => {
  const strange = await post('/goods/481/sales', '{"code":"481","lines":[{"sum":5}],"totl":5}')
  assert.equal(strange.status, 400)
  const told = z.object({ field: z.string(), fault: z.string() }).parse(await strange.json())
  assert.deepEqual(told, { field: 'totl', fault: 'unknown-field' })
})

const wording = z.object({ facts, message: z.string(), next: z.string().optional() })
const askedIn = async (language: string | null, path: string) => {
  const headers: HeadersInit = language === null ? {} : { 'accept-language': language }
  const reply = await appOf().fetch(new Request(`http://shop${path}`, { headers }))
  return wording.parse(await reply.json())
}

test('a refusal has its words in the language asked for, and facts beside them', async () => {
  for (const language of languages) {
    const told = await askedIn(`${language}-BY, de;q=0.5`, '/goods/none')
    assert.deepEqual(told, { facts: {}, ...refusalIn(language, refused('goods.unknown')) })
    const wrong = await askedIn(language, '/goods/481?limit=0')
    assert.deepEqual(wrong.facts, { limit: 1 })
    assert.equal(wrong.message, invalidIn(language, invalid('limit', 'too-small', { limit: 1 })))
  }
  assert.deepEqual(await askedIn(null, '/goods/none'), await askedIn('ru', '/goods/none'))
})

test('a body that is no JSON object is bad input', async () => {
  for (const body of ['{"lines":', '[]', '"text"', 'null', '5']) {
    const reply = await post('/goods/481/sales', body)
    assert.equal(reply.status, 400, body)
    const told = z.object({ kind: z.string(), field: z.string() }).parse(await reply.json())
    assert.deepEqual(told, { kind: 'invalid', field: 'body' })
  }
  const empty = await post('/goods/481/sales', '')
  assert.equal(empty.status, 400)
})

test('a body that is too large is not read', async () => {
  const reply = await post('/goods/481/sales', `{"lines":"${'x'.repeat(1_000_000)}"}`)
  assert.equal(reply.status, 413)
})

test('a refusal comes back whole, with the status of its code', async () => {
  assert.deepEqual(await calls.goods({ code: 'none' }), refused('goods.unknown'))
  const statuses = { 'session.required': 401, 'right.required': 403 }
  for (const [name, status] of Object.entries({ ...statuses, 'goods.unknown': 409 } as const)) {
    const code = name as RefusalName
    const app = appOf(refused(code))
    assert.equal((await app.fetch(new Request('http://shop/goods/481'))).status, status, code)
    assert.deepEqual(await client(shop, into(app)).goods({ code: '481' }), refused(code))
  }
})

test('a right stands at its endpoint, and is judged before the input is (R26)', async () => {
  const drop = (person: Person, code: string) => client(shop, into(appOf(person))).drop({ code })
  const forbidden = refused('right.required', { right: 'goods.edit' })
  assert.deepEqual(await drop('Анна', '481'), forbidden)
  assert.deepEqual(await drop('Анна', 'too long'), forbidden)
  assert.deepEqual(await drop('Ольга', '481'), done({}))
  assert.equal((await drop('Ольга', 'too long')).kind, 'invalid')
  const nobody = refused('session.required')
  assert.deepEqual(await drop(nobody, 'too long'), nobody)
})

test('a right may follow from what is asked for', async () => {
  const sell = (person: Person, as: 'sale' | 'refund') =>
    client(shop, into(appOf(person))).sell({ code: '481', as, lines: [{ sum: 5 }] })
  assert.equal((await sell('Анна', 'sale')).kind, 'done')
  assert.deepEqual(await sell('Анна', 'refund'), refused('right.required', { right: 'refund' }))
  assert.equal((await sell('Ольга', 'refund')).kind, 'done')
})

test('each field that is sent may need a right of its own', async () => {
  const arrange = (person: Person, hours: { open?: number; closed?: number }) =>
    client(shop, into(appOf(person))).arrange(hours)
  assert.equal((await arrange('Анна', { open: 9 })).kind, 'done')
  assert.equal((await arrange('Анна', {})).kind, 'done')
  const forbidden = refused('right.required', { right: 'settings.edit' })
  assert.deepEqual(await arrange('Анна', { open: 9, closed: 18 }), forbidden)
  assert.equal((await arrange('Ольга', { open: 9, closed: 18 })).kind, 'done')
})

test('what is public asks nobody who they are', async () => {
  const calls = client(shop, into(appOf(refused('session.required'))))
  assert.deepEqual(await calls.hours({}), done({ open: 9 }))
})

test('each kind of answer has its status (R14)', () => {
  assert.equal(statusOf(done(1)), 200)
  assert.equal(statusOf(invalid('sum', 'missing')), 400)
  assert.equal(statusOf(refused('operation.red')), 409)
})

test('a handler that throws is «unknown» to the caller, never «no»', async () => {
  const reply = await post('/goods/throw/sales', '{"lines":[]}')
  assert.equal(reply.status, 500)
  assert.equal(await reply.text(), '')
  assert.equal((await calls.sell({ code: 'throw', lines: [] })).kind, 'unknown')
})

test('a reply that the contract does not list is «unknown»', async () => {
  const good = '{"code":"481","limit":5}'
  const [message, next] = ['Так нельзя.', 'Сделайте иначе.']
  const onWire = { ...refused('goods.unknown'), message, next }
  const replies: [number, string][] = [
    [200, '<html>Bad Gateway</html>'],
    [200, good.slice(0, 9)],
    [200, '{"code":"481"}'],
    [200, '{"code":"481","limit":"5"}'],
    [200, ''],
    [200, JSON.stringify(onWire)],
    [201, good],
    [204, ''],
    [302, good],
    [400, 'нет'],
    [400, '{"kind":"invalid"}'],
    [404, 'no such route'],
    [409, '{"kind":"refused","code":"goods.unknown"}'],
    [409, JSON.stringify({ kind: 'refused', code: 'made.up', message, next })],
    [409, JSON.stringify({ kind: 'invalid', field: 'a', message })],
    [500, ''],
    [500, JSON.stringify(onWire)],
    [502, good],
  ]
  for (const [status, body] of replies) {
    const heard = await answering(status, body).goods({ code: '481' })
    assert.equal(heard.kind, 'unknown', `${status} ${body}`)
  }
})

test('a refusal listed for another endpoint is «unknown» here', async () => {
  const words = { message: 'Так нельзя.', next: 'Сделайте иначе.' }
  const body = JSON.stringify({ ...refused('drawer.not-enough'), ...words })
  const { goods, sell } = answering(409, body)
  assert.equal((await goods({ code: '481' })).kind, 'unknown')
  assert.equal((await sell({ code: '481', lines: [] })).kind, 'refused')
})

test('what never left and what was lost are told apart', async () => {
  const unsent = client(shop, async () => ({ unsent: 'ECONNREFUSED' }))
  assert.deepEqual(await unsent.goods({ code: '481' }), { kind: 'unsent', why: 'ECONNREFUSED' })
  const lost = client(shop, async () => ({ lost: 'deadline' }))
  assert.deepEqual(await lost.goods({ code: '481' }), { kind: 'unknown', why: 'deadline' })
})

test('R30: who is turned away at the door has sent nothing', async () => {
  const busy = JSON.stringify({ ...refused('server.busy'), message: 'Занято.', next: 'Позже.' })
  for (const [status, body] of [
    [429, busy],
    [429, ''],
    [503, busy],
  ] as const) {
    assert.equal((await answering(status, body).goods({ code: '481' })).kind, 'unsent')
  }
  // A proxy says so too when the server fell silent behind it.
  for (const body of ['', '<html>Service Unavailable</html>', '{"kind":"refused"}']) {
    assert.equal((await answering(503, body).goods({ code: '481' })).kind, 'unknown', body)
  }
})
