import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Access } from '#core/access/rights.ts'
import { operatorRights } from '#core/access/rights.ts'
import { clientRights, staffRoles } from '#core/access/roles.ts'
import { acquirerApi } from '#core/api/acquirer.ts'
import { type Contract, type Endpoint, together } from '#core/api/contract.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { operatorApi } from '#core/api/operator.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { enrolmentApi } from '#core/api/operator-enrolment.ts'
import { registerApi } from '#core/api/register.ts'
import { standApi } from '#core/api/stand.ts'
import { fiscalActions, services } from '#core/api/tsrv.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { openOffice } from '#services/office/app.ts'
import { sowOffice } from '#services/office/seed.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import type { Log } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { servePublic } from '#services/runtime/serve.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { secrets } from './bank.ts'
import { memoryPostgres } from './embedded-postgres.ts'
import { aClock, anIssuer } from './fixtures.ts'
import { openTill } from './till.ts'
import { aService, deposit, FREE, sale } from './tsrv-client.ts'

// Whatever comes over any contract is answered by a named error, and no handler ever throws.

const ID = '0197a2b4-2222-7000-8000-000000000001'
const LONGEST_MS = 5000

/** Values that no field means, with half of a name for the test's own messages. */
const nasty: readonly [string, unknown][] = [
  ['NUL', 'a\0b'],
  ['half a character', '\ud800'],
  ['int4 and one', 2_147_483_648],
  ['int8 and more', '99999999999999999999'],
  ['negative', -1],
  ['huge', 1e308],
  ['empty', ''],
  ['null', null],
  ['list', [[]]],
  ['object', { toString: 1 }],
  ['long', 'ы'.repeat(20_000)],
  ['marks', 'a\u202eb\nc'],
  ['quote', "'; drop table document; --"],
  ['pattern', '%_\\'],
  ['proto', '__proto__'],
]

/** Throws are noted: a handler must not. */
function noting(): { log: Log; thrown: unknown[] } {
  const thrown: unknown[] = []
  return { thrown, log: { info: () => {}, error: (what, details) => thrown.push([what, details]) } }
}

type Server = {
  app: Hono
  headers: () => Record<string, string> | Promise<Record<string, string>>
  thrown: readonly unknown[]
}

/** A value that a field takes, as far as its schema tells. */
function usual(schema: z.core.$ZodType): unknown {
  const { def } = schema._zod
  switch (def.type) {
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef
      return Object.fromEntries(Object.entries(shape).map(([name, each]) => [name, usual(each)]))
    }
    case 'array':
      return [usual((def as z.core.$ZodArrayDef).element)]
    case 'enum':
      return Object.values((def as z.core.$ZodEnumDef).entries)[0]
    case 'literal':
      return (def as z.core.$ZodLiteralDef<never>).values[0]
    case 'union':
      return usual((def as z.core.$ZodUnionDef).options[0] as z.core.$ZodType)
    case 'pipe':
      return usual((def as z.core.$ZodPipeDef).in)
    case 'number':
      return Math.max(1, z.toJSONSchema(schema).minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return ID
    default:
      return 'innerType' in def ? usual((def as z.core.$ZodOptionalDef).innerType) : 'x'
  }
}

/** Every place in a value, by its path. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([name, each]) => places(each, [...path, name]))
  return path.length === 0 ? inner : [path, ...inner]
}

function put(value: unknown, path: readonly string[], what: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return what
  const inner = (value as Record<string, unknown>)[name]
  if (Array.isArray(value)) return value.with(Number(name), put(inner, rest, what))
  return { ...(value as object), [name]: put(inner, rest, what) }
}

/** As an address can carry it: no half of a character, and no value that is no text. */
const inAddress = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '?'))
}

type Asked = { method: string; path: string; body?: string }

function request({ route }: Endpoint, input: Record<string, unknown>): Asked {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const rest = { ...input }
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = inAddress(rest[name] ?? '')
    delete rest[name]
    return value || '%00'
  })
  if (method !== 'GET') return { method, path, body: JSON.stringify(rest) }
  const query = Object.entries(rest).map(([name, value]) => `${name}=${inAddress(value)}`)
  return { method, path: `${path}?${query.join('&')}` }
}

/** The answer's status and body; a 500 or a slow answer is what this test is against. */
async function ask({ app, headers, thrown }: Server, { method, path, body }: Asked, what: string) {
  const before = thrown.length
  const from = performance.now()
  const own = await headers()
  const response = await app.request(path, {
    method,
    headers: { ...own, 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  })
  const said = `${what}: ${method} ${path.slice(0, 80)} ${body?.slice(0, 80)}`
  const text = await response.text()
  assert.ok(response.status < 500, `${said}: ${response.status} ${JSON.stringify(thrown.at(-1))}`)
  assert.equal(thrown.length, before, said)
  assert.ok(performance.now() - from < LONGEST_MS, said)
  return { status: response.status, text }
}

async function torment(server: Server, contract: Contract): Promise<void> {
  for (const [name, row] of Object.entries(contract)) {
    // What ends the session of the test itself.
    if (name === 'signOut') continue
    const input = usual(row.input) as Record<string, unknown>
    for (const path of places(input)) {
      for (const [what, value] of nasty) {
        const asked = request(row, put(input, path, value) as Record<string, unknown>)
        const { status, text } = await ask(server, asked, `${name}.${path.join('.')} ${what}`)
        if (what !== 'NUL') continue
        assert.equal(status, 400, `${name}.${path.join('.')} ${what}: ${text.slice(0, 200)}`)
        assert.equal(JSON.parse(text).field, path.join('.'), name)
      }
    }
    await bodies(server, row, name)
  }
}

/** What is wrong with a body or a query as a whole, and the field that is named. */
async function bodies(server: Server, row: Endpoint, name: string): Promise<void> {
  const input = usual(row.input) as Record<string, unknown>
  const { method, path, body } = request(row, input)
  if (method === 'GET') {
    const long = `${path}${path.includes('?') ? '&' : '?'}x=${'9'.repeat(100_000)}`
    await ask(server, { method, path: long }, `${name} long`)
    return
  }
  const wrong: [string, string, string][] = [
    ['{"a":1,"a":2}', 'a', 'twice'],
    [`{"a":${'['.repeat(50_000)}`, 'a', 'deep'],
    [`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'a.a.a', 'deep'],
    ['{"toString":1}', 'toString', 'unknown'],
    ['[]', 'body', 'a list'],
    ['{', 'body', 'half'],
    ['"\\ud800"', 'body', 'a text'],
  ]
  for (const [text, field, what] of wrong) {
    const answer = await ask(server, { method, path, body: text }, `${name} ${what}`)
    assert.equal(answer.status, 400, `${name} ${what} ${answer.text.slice(0, 100)}`)
    assert.equal(JSON.parse(answer.text).field, field, `${name} ${what}`)
  }
  for (const place of places(JSON.parse(body ?? '{}'))) {
    const inner = place.slice(0, -1)
    const at = inner.reduce<unknown>((value, each) => (value as never)[each], input)
    if (inner.length === 0 || typeof at !== 'object' || at === null || Array.isArray(at)) continue
    const sent = put(JSON.parse(body ?? '{}'), inner, { ...at, stranger: 1 })
    const asked = { method, path, body: JSON.stringify(sent) }
    const { status, text } = await ask(server, asked, `${name}.${inner.join('.')} stranger`)
    assert.equal(status, 400, `${name}.${inner.join('.')} stranger: ${text.slice(0, 200)}`)
    assert.equal(JSON.parse(text).field, [...inner, 'stranger'].join('.'), name)
  }
}

test('the register names what is wrong with any input', async () => {
  const till = await openTill()
  const insert = till.disk.prepare('insert or replace into session values (?, ?, ?)')
  insert.run(sha256('olga'), 'Ольга', 2 ** 52)
  // The till's own log is silent: a throw shows as a 500.
  await torment(
    { app: till.app(), headers: () => ({ cookie: 'zpos=olga' }), thrown: [] },
    registerApi,
  )
})

test('the operator and its cabinet name what is wrong with any input', async () => {
  const db = await memoryPostgres()
  const { log, thrown } = noting()
  const { app } = await openOperator({
    db,
    clock: aClock(),
    log,
    key: operatorKey,
    verify: believesOperator,
  })
  const { unp, company } = anIssuer()
  const emails = { client: 'client@demo.by', staff: 'staff@demo.by' }
  await sowOperator(db, {
    clients: [{ unp, company }],
    accounts: [
      { email: emails.client, password: 'demo', role: 'client', unp },
      { email: emails.staff, password: 'demo', role: 'staff', unp: null },
    ],
    registers: [],
    devices: [],
  })
  for (const email of Object.values(emails)) {
    const body = JSON.stringify({ email, password: 'demo' })
    const response = await app.request('/api/session', { method: 'POST', body })
    const [cookie = ''] = response.headers.getSetCookie()[0]?.split(';') ?? []
    const server = { app, headers: () => ({ cookie }), thrown }
    const own = email === emails.staff ? staffRoles.administrator : clientRights
    const others = new Set<unknown>(operatorRights.filter((right) => !own.includes(right)))
    const rows = Object.entries(operatorCabinetApi).filter(([, { right }]) => !others.has(right))
    await torment(server, Object.fromEntries(rows))
    if (email === emails.client) await torment(server, together(operatorApi, enrolmentApi))
  }
  await db.close()
})

test('the office and its cabinet name what is wrong with any input', async () => {
  const db = await memoryPostgres()
  const { log, thrown } = noting()
  const { app } = await openOffice({
    db,
    clock: aClock(),
    log,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: true,
  })
  const { unp, company } = anIssuer()
  const emails = ['client@demo.by', 'staff@demo.by']
  await sowOffice(db, {
    tariffs: [{ tariff: 'month', name: 'Месяц', price: 100, months: 1 }],
    contracts: [{ number: 'N1', unp, company, concludedAt: 0 }],
    equipment: [{ serial: 'ZP1', contract: 'N1' }],
    accounts: [
      { email: 'client@demo.by', password: 'demo', contract: 'N1' },
      { email: 'staff@demo.by', password: 'demo', role: 'staff' },
    ],
  })
  for (const email of emails) {
    const body = JSON.stringify({ email, password: 'demo' })
    const response = await app.request('/api/session', { method: 'POST', body })
    const [cookie = ''] = response.headers.getSetCookie()[0]?.split(';') ?? []
    // Whoever lacks a right is refused before anything is read.
    const { rights } = (await response.json()) as { rights: Access[] }
    const may: Access[] = ['public', 'signed-in', ...rights]
    const rows = Object.entries(officeCabinetApi).filter(([, { right }]) => may.includes(right))
    await torment({ app, headers: () => ({ cookie }), thrown }, Object.fromEntries(rows))
  }
  await torment({ app, headers: () => ({}), thrown }, officeApi)
  await db.close()
})

test('the bank names what is wrong with any input', async () => {
  const db = await memoryPostgres()
  const { log, thrown } = noting()
  const { app } = await openAcquirer({ db, clock: aClock(), log, secrets })
  const headers = () => ({ authorization: `Bearer ${secrets.token}` })
  await torment({ app, headers, thrown }, acquirerApi)
  await db.close()
})

test('the stand names what is wrong with any input', async () => {
  const { log, thrown } = noting()
  // Its handlers kill processes; the door before them is what is tried.
  const handlers = Object.fromEntries(
    Object.keys(standApi).map((name) => [name, async () => ({ kind: 'done', value: {} })]),
  )
  const app = servePublic(standApi, handlers as never, { log })
  await torment({ app, headers: () => ({}), thrown }, standApi)
})

test('a device’s service answers every message by a name', async () => {
  const { post, authorize, ok } = await aService()
  await authorize()
  await ok('open_shift')
  const payloads: Partial<Record<string, unknown>> = {
    create_sale: sale(),
    create_deposit: deposit('1.00'),
    create_withdraw: deposit('1.00'),
    create_money_back: { money_back: sale().sale },
    create_rollback: { rollback: { header: { cashier: 'И', currency: 'BYN' }, number: 1 } },
  }
  for (const [address, actions] of Object.entries(services)) {
    for (const action of actions) {
      const usualData = payloads[action] ?? { pin: '0', number: 1, old_pin: '0' }
      const message = {
        type: 'send',
        address,
        headers: { action, token: FREE, sid: '', operation_id: ID, expected_number: 1 },
        data: usualData,
      }
      for (const path of places(message)) {
        // A wrong PIN too many and the rest is not reached.
        if (path.includes('pin') || action === 'authorize' || action === 'logout') continue
        for (const [what, value] of nasty) {
          const answer = await post(JSON.stringify(put(message, path, value)))
          assert.ok(answer.type, `${action} ${path.join('.')} ${what}`)
        }
      }
    }
  }
  for (const body of ['[', '[]', '"a"', '['.repeat(100_000), `{"data":${'[1,'.repeat(50_000)}`]) {
    assert.equal((await post(body)).type, 'error')
  }
  assert.ok(Object.keys(fiscalActions).length > 5)
})

test('names that would look like another line are refused by the device’s service', async () => {
  const { fault, authorize, ok } = await aService()
  await authorize()
  await ok('open_shift')
  for (const name of ['Хлеб\nИтого 0.00', 'Хлеб\u202e00.1', 'Хлеб\u2028x', 'a\u0007b']) {
    const items = [{ ...sale().sale.items[0], name }]
    assert.equal(await fault('create_sale', sale({ items })), 'TSRV_DESERIALIZE_ERROR', name)
    const cashier = { header: { cashier: name, currency: 'BYN' } }
    assert.equal(await fault('create_sale', sale(cashier)), 'TSRV_DESERIALIZE_ERROR', name)
  }
})
