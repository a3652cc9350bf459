import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Hono } from 'hono'
import {
  type Access,
  officeRights,
  operatorRights,
  type Right,
  registerRights,
  rightsFor,
} from '#core/access/rights.ts'
import {
  clientRights,
  clientRoleNames,
  officeRoles,
  rightsOfAccount,
  type StaffRoleName,
  staffRoleNames,
  staffRoles,
  usualRoles,
} from '#core/access/roles.ts'
import { acquirerApi, acquirerRoutes } from '#core/api/acquirer.ts'
import { acquirerFeedApi } from '#core/api/acquirer-feed.ts'
import { type Contract, type Endpoint, together } from '#core/api/contract.ts'
import { officeApi, officeRoutes } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { officeFiles } from '#core/api/office-trade.ts'
import { operatorApi, operatorRoutes } from '#core/api/operator.ts'
import { cabinetRoutes } from '#core/api/operator-cabinet/exports.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { enrolmentApi } from '#core/api/operator-enrolment.ts'
import { registerApi, registerRoutes } from '#core/api/register.ts'
import type { Settings } from '#core/api/register-settings.ts'
import { standApi, standRoutes } from '#core/api/stand.ts'
import { rightsWords } from '#core/words/rights.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { openOffice } from '#services/office/app.ts'
import { sowOffice } from '#services/office/seed.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { openPeople } from '#services/register/catalogue/people.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { secrets } from './bank.ts'
import { aClock, anIssuer } from './fixtures.ts'
import { newPostgres } from './server-postgres.ts'
import { openTill } from './till.ts'

// Every endpoint of every contract, and every route beside them, by everybody: what the real
// servers answer, and what docs/rights.md says. Both follow from the contracts.

const devicesApi = together(operatorApi, enrolmentApi)
const bankApi = together(acquirerApi, acquirerFeedApi)

/** A way to call, and the rights that it needs. */
type Way = { route: string; access: Access; rights: readonly Right[]; body: object }

const ID = '0197a2b4-2222-7000-8000-000000000001'
/** A value that each setting takes. */
const settings: Record<keyof Settings, unknown> = {
  clearing: true,
  paperLanguage: 'ru',
  cashCount: 'sum',
  blindCount: false,
  marking: 'all',
  electronicReceipt: true,
}
/** A closing of the shift, with and without cash to withdraw. */
const closing = { id: ID, cash: 0, closing: ID.replace(/1$/, '2') }

/** What an endpoint is called with where its rights depend on it: each such call once. */
function bodiesOf(access: Access): object[] {
  if (typeof access === 'string') return [{}]
  if ('field' in access) {
    return Object.keys(access.rights).map((value) => ({ id: ID, [access.field]: value }))
  }
  if ('lendable' in access) return [{}]
  if ('closing' in access.fields) {
    return [{}, closing, { ...closing, withdrawal: ID.replace(/1$/, '3') }]
  }
  const given = Object.entries(settings)
  assert.deepEqual(Object.keys(access.fields), Object.keys(settings))
  return [{}, ...given.map(([name, value]) => ({ [name]: value })), settings]
}

function waysOf(contract: Contract, routes: Readonly<Record<string, Access>>): Way[] {
  const rows: [string, Access][] = [
    ...Object.values(contract).map(({ route, right }): [string, Access] => [route, right]),
    ...Object.entries(routes),
  ]
  return rows.flatMap(([route, access]) =>
    bodiesOf(access).map((body): Way => {
      const rights = access === 'public' ? [] : rightsFor(access, body)
      return { route, access, rights, body }
    }),
  )
}

/** What a caller gets before anything is done: 401, 403, or her call is heard. */
type Caller = { headers: Record<string, string>; isKnown: boolean; may: (right: Right) => boolean }

const expected = ({ access, rights }: Way, { isKnown, may }: Caller): number | 'heard' => {
  if (access === 'public') return 'heard'
  if (!isKnown) return 401
  return rights.every(may) ? 'heard' : 403
}

async function got(app: Hono, { route, body }: Way, { headers }: Caller) {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const path = pattern.replace(':id', ID).replace(/:\w+/g, '1')
  const response = await app.request(path, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return 'heard'
  }
  const told = (await response.text()).slice(0, 2000)
  assert.ok(response.status < 500, `${route}: ${response.status}`)
  // Of releases nothing is published here, and a till is told so by 404.
  if (!route.includes('/releases/')) assert.notEqual(response.status, 404, route)
  if (response.status === 403) assert.match(told, /"right":"/, 'the right is named')
  // A wrong PIN is no matter of rights.
  return response.status === 401 || response.status === 403 ? response.status : 'heard'
}

const nobody: Caller = { headers: {}, isKnown: false, may: () => false }

async function judge(app: Hono, ways: readonly Way[], callers: () => Caller[]): Promise<void> {
  for (const way of ways) {
    for (const caller of callers()) {
      const who = `${way.route} ${JSON.stringify(way.body)} ${JSON.stringify(caller.headers)}`
      assert.equal(await got(app, way, caller), expected(way, caller), who)
    }
  }
}

/** No route but those that are declared; what every route goes through has no method. */
function assertDeclared(app: Hono, ways: readonly Way[], pages: readonly string[] = []): void {
  const declared = new Set([...ways.map(({ route }) => route), ...pages])
  const served = app.routes.filter(({ method }) => method !== 'ALL')
  const routes = new Set(served.map(({ method, path }) => `${method} ${path}`))
  assert.deepEqual([...routes].toSorted(), [...declared].toSorted())
}

test('the register answers each endpoint by the rights of who asks', async () => {
  const till = await openTill()
  openPeople(till.disk, till.clock).setRole('cashier', usualRoles.cashier)
  const ways = waysOf(registerApi, registerRoutes)
  const insert = till.disk.prepare('insert or replace into session values (?, ?, ?)')
  const signedIn = (user: string, rights: readonly Right[]): Caller => {
    insert.run(sha256(user), user, 2 ** 52)
    const headers = { cookie: `zpos=${encodeURIComponent(user)}` }
    return { headers, isKnown: true, may: (right) => rights.includes(right) }
  }
  // Signed in anew for each call: one of them signs out.
  const callers = () => [
    nobody,
    signedIn('Анна', usualRoles.cashier.rights),
    signedIn('Ольга', usualRoles.administrator.rights),
  ]
  await judge(till.app(), ways, callers)
  assertDeclared(till.app(), ways)
})

test('a role is what the shop has made of it, from the next call on', async () => {
  const till = await openTill()
  const people = openPeople(till.disk, till.clock)
  const ways = waysOf(registerApi, registerRoutes)
  const cookie = `zpos=${encodeURIComponent('Анна')}`
  for (const right of registerRights) {
    people.setRole('cashier', { rights: [right], discountPercent: 0 })
    const anna = { headers: { cookie }, isKnown: true, may: (asked: Right) => asked === right }
    const guarded = ways.filter(({ rights }) => rights.length > 0)
    await judge(till.app(), guarded, () => [anna])
  }
})

test('the operator and its cabinet answer each endpoint by the rights of who asks', async () => {
  const db = await newPostgres('operator')
  const { app } = await openOperator({
    db,
    clock: aClock(),
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
  })
  const { unp, company } = anIssuer()
  const emailOf = (role: 'client' | StaffRoleName) => `${role}@demo.by`
  await sowOperator(db, {
    clients: [{ unp, company }],
    accounts: [
      { email: emailOf('client'), password: 'demo', role: 'client', unp },
      ...staffRoleNames.map((staffRole) => {
        const email = emailOf(staffRole)
        return { email, password: 'demo', role: 'staff', unp: null, staffRole } as const
      }),
    ],
    registers: [],
    devices: [],
  })
  const signedIn = async (role: 'client' | StaffRoleName): Promise<Caller> => {
    const response = await app.request('/api/session', {
      method: 'POST',
      body: JSON.stringify({ email: emailOf(role), password: 'demo' }),
    })
    const [cookie = ''] = response.headers.getSetCookie()[0]?.split(';') ?? []
    const of =
      role === 'client' ? { role, staffRole: null } : ({ role: 'staff', staffRole: role } as const)
    const rights: readonly Right[] = rightsOfAccount(
      Object.assign({ clientRole: 'owner' as const }, of),
    )
    return { headers: { cookie }, isKnown: true, may: (right) => rights.includes(right) }
  }
  const ways = [...waysOf(devicesApi, operatorRoutes), ...waysOf(operatorCabinetApi, cabinetRoutes)]
  for (const way of ways) {
    const callers = [nobody, await signedIn('client')]
    for (const role of staffRoleNames) callers.push(await signedIn(role))
    await judge(app, [way], () => callers)
  }
  assertDeclared(app, ways, ['GET /', 'GET /assets/*'])
  await db.close()
})

test('the office and its cabinet answer each endpoint by the rights of who asks', async () => {
  const db = await newPostgres('office')
  const { app } = await openOffice({
    db,
    clock: aClock(),
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: false,
  })
  const { unp, company } = anIssuer()
  const roles = ['owner', 'accountant', 'viewer', 'staff'] as const
  type Role = (typeof roles)[number]
  const emailOf = (role: Role) => `${role}@demo.by`
  await sowOffice(db, {
    tariffs: [],
    contracts: [{ number: 'N1', unp, company, concludedAt: 0 }],
    equipment: [],
    accounts: [
      ...clientRoleNames.map((role) => ({
        email: emailOf(role),
        password: 'demo',
        contract: 'N1',
        clientRole: role,
      })),
      { email: emailOf('staff'), password: 'demo', role: 'staff' },
    ],
  })
  const signedIn = async (role: Role): Promise<Caller> => {
    const response = await app.request('/api/session', {
      method: 'POST',
      body: JSON.stringify({ email: emailOf(role), password: 'demo' }),
    })
    const [cookie = ''] = response.headers.getSetCookie()[0]?.split(';') ?? []
    const rights: readonly Right[] = officeRoles[role]
    return { headers: { cookie }, isKnown: true, may: (right) => rights.includes(right) }
  }
  const ways = [...waysOf(officeApi, officeRoutes), ...waysOf(officeCabinetApi, officeFiles)]
  for (const way of ways) {
    const callers = [nobody]
    for (const role of roles) callers.push(await signedIn(role))
    await judge(app, [way], () => callers)
  }
  assertDeclared(app, ways, ['GET /', 'GET /assets/*'])
  await db.close()
})

test('the bank answers each endpoint to the holder of its token alone', async () => {
  const db = await newPostgres('acquirer')
  const { app } = await openAcquirer({ db, clock: aClock(), log: silentLog, secrets })
  const bearing = (token: string, isKnown: boolean): Caller => ({
    headers: { authorization: `Bearer ${token}` },
    isKnown,
    may: () => false,
  })
  const ways = waysOf(bankApi, acquirerRoutes)
  const callers = [nobody, bearing('another', false), bearing(secrets.token, true)]
  await judge(app, ways, () => callers)
  assertDeclared(app, ways)
  await db.close()
})

const titles = rightsWords.ru
const page = readFileSync(join(import.meta.dirname, '../docs/rights.md'), 'utf8')

/** The rows of the table under a heading. */
function table(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  return section.split('\n## ')[0]?.match(/^\| `.*$/gm) ?? []
}

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`
const mark = (truth: boolean): string => (truth ? 'да' : '–')

const accessText = (access: Access): string => {
  if (access === 'public') return 'все'
  if (access === 'signed-in') return 'вошедший'
  if (typeof access === 'string') return `\`${access}\``
  const named = (rights: Readonly<Record<string, Right>>) =>
    Object.entries(rights)
      .map(([value, right]) => `${value} \`${right}\``)
      .join(', ')
  if ('lendable' in access) return `\`${access.lendable}\``
  return 'fields' in access
    ? `за каждое поле: ${named(access.fields)}`
    : `по \`${access.field}\`: ${named(access.rights)}`
}

const endpointRows = (contract: Contract, routes: Readonly<Record<string, Access>> = {}) => [
  ...Object.values(contract).map(({ route, right }: Endpoint) =>
    row(`\`${route}\``, accessText(right)),
  ),
  ...Object.entries(routes).map(([route, access]) => row(`\`${route}\``, accessText(access))),
]

test('docs/rights.md is the table of rights and of the usual roles', () => {
  const { cashier, administrator } = usualRoles
  const expectedRows = registerRights.map((right) => {
    const roles = [cashier, administrator].map(({ rights, discountPercent }) => {
      const limit = right === 'discount' && discountPercent < 100 ? `до ${discountPercent} %` : 'да'
      return rights.includes(right) ? limit : mark(false)
    })
    return row(`\`${right}\``, titles[right], ...roles)
  })
  assert.deepEqual(table('Права'), expectedRows)
  const ofRoles = [clientRights, ...staffRoleNames.map((name) => staffRoles[name])]
  const ofOperator = operatorRights.map((right) =>
    row(`\`${right}\``, titles[right], ...ofRoles.map((rights) => mark(rights.includes(right)))),
  )
  assert.deepEqual(table('Права у оператора'), ofOperator)
})

test('docs/rights.md is the table of the office’s rights', () => {
  const ofRoles = [...clientRoleNames, 'staff' as const].map((role) => officeRoles[role])
  const expectedRows = officeRights.map((right) =>
    row(`\`${right}\``, titles[right], ...ofRoles.map((rights) => mark(rights.includes(right)))),
  )
  assert.deepEqual(table('Права в кабинете zPOS'), expectedRows)
})

test('docs/rights.md says of every endpoint who may call it', () => {
  assert.deepEqual(table('Касса'), endpointRows(registerApi, registerRoutes))
  assert.deepEqual(table('Оператор: устройства'), endpointRows(devicesApi, operatorRoutes))
  assert.deepEqual(table('Оператор: кабинет'), endpointRows(operatorCabinetApi, cabinetRoutes))
  assert.deepEqual(table('Биллинг'), endpointRows(officeApi, officeRoutes))
  assert.deepEqual(table('Кабинет zPOS'), endpointRows(officeCabinetApi, officeFiles))
  assert.deepEqual(table('Банк'), endpointRows(bankApi, acquirerRoutes))
  assert.deepEqual(table('Стенд'), endpointRows(standApi, standRoutes))
})
