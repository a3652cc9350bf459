// Clients strictly apart: every way of the cabinet is tried with another client's names.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { cabinetRoutes } from '#core/api/operator-cabinet/exports.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { kopecks } from '#core/money.ts'
import { isoMinsk, MINUTE } from '#core/time.ts'
import { NOW } from '#test/fixtures.ts'
import { aVisitor, type Ground } from './suite-ground.ts'

type Route = (typeof operatorCabinetApi)[keyof typeof operatorCabinetApi]['route']
type Names = { device: string; register: number; unp: string; uid: string; email: string }

/** A visitor with stored documents whose content nobody else has. */
async function aTenant(ground: Ground) {
  const visitor = await aVisitor(ground)
  const secret = randomUUID()
  const operation = randomUUID()
  const documents = visitor.chain(4, (n) => ({
    at: NOW + n * MINUTE,
    sum: kopecks(12_345),
    cashier: secret,
    operation: n === 2 ? operation : null,
  }))
  await visitor.api.submit({ device: visitor.device, documents })
  const [, second] = documents
  assert.ok(second)
  const { device, registerNumber: register, unp, email } = visitor
  const names: Names = { device, register, unp, uid: second.uid, email }
  // The beginnings of uids come from hashes: whoever tells one has seen the document.
  const secrets = [secret, `ООО «${unp}»`, ...documents.flatMap(({ hash }) => [hash.slice(0, 16)])]
  return { ...visitor, documents, operation, names, secrets }
}
type Tenant = Awaited<ReturnType<typeof aTenant>>

/** What is sent by each way, naming what is the other's. */
const attempts: Record<Route, (other: Names & { operation: string }) => object[]> = {
  'POST /api/session': ({ email }) => [{ email, password: 'guess' }],
  'GET /api/session': () => [{}],
  'DELETE /api/session': () => [],
  'PUT /api/session/language': () => [{ language: 'ru' }],
  'GET /api/registers': ({ unp, device }) => [{}, { unp, device }],
  'GET /api/registers/:register/measures': ({ register }) => [{ register }],
  'PUT /api/registers/:register/warning': ({ register }) => [{ register, reason: 'чужой' }],
  'DELETE /api/registers/:register/warning': ({ register }) => [{ register }],
  'PUT /api/registers/:register/block': ({ register }) => [{ register, reason: 'чужой' }],
  'DELETE /api/registers/:register/block': ({ register }) => [{ register }],
  'GET /api/documents': ({ device, uid }) => [
    { device },
    { uid: uid.slice(0, 10) },
    { device, uid, sum: 12_345 },
    { unp: device },
    // Tokens of pages, the other's own and one made up of both.
    { before: `${NOW + 100 * MINUTE}.9.${device}` },
    { before: `${NOW + 3 * MINUTE}.3.${device}`, device },
  ],
  'GET /api/documents/:uid': ({ uid }) => [{ uid }],
  'GET /api/evidence': ({ device, unp }) => [{}, { device, unp }],
  'GET /api/answers': ({ device, uid, operation }) => [
    { device, uid },
    { device, operation, expected: 2 },
    { device, day: isoMinsk(NOW).slice(0, 10), time: '12:02', sum: 12_345 },
  ],
  'POST /api/devices/:device/operations/:operation/word': ({ device, operation }) => [
    { device, operation, verdict: 'never', evidence: 'statement', reason: 'чужой' },
  ],
  'GET /api/words': ({ register }) => [{}, { register }],
  'GET /api/people': ({ unp }) => [{}, { unp }],
  'POST /api/people': ({ email }) => [{ email, role: 'viewer' }],
  'PUT /api/people/:email': ({ email }) => [{ email, role: 'viewer', disabled: true }],
  'DELETE /api/people/:email/invitation': ({ email }) => [{ email }],
  'POST /api/client-invitations/look': ({ email }) => [{ token: email.padEnd(20, 'a') }],
  'POST /api/client-invitations/accept': ({ email }) => [
    { token: email.padEnd(20, 'a'), password: 'a password that is long' },
  ],
  'PUT /api/session/password': () => [{ current: 'guess', password: 'a password that is long' }],
  'GET /api/session/notices': () => [{}],
  'PUT /api/session/notices': () => [{ wanted: ['unsent'] }],
  'GET /api/sessions': ({ email }) => [{}, { email }],
  'DELETE /api/sessions': ({ email }) => [{ email }],
  'DELETE /api/sessions/:session': () => [{ session: '0123456789abcdef' }],
  'GET /api/acts': ({ unp, register, email }) => [{}, { unp, register, email }],
  'GET /api/findings': ({ unp }) => [{}, { unp }],
  'GET /api/clients': ({ unp }) => [{}, { search: unp }],
  'GET /api/fleet': ({ unp, device }) => [{}, { unp }, { search: device }],
  'GET /api/fleet/:register': ({ register }) => [{ register }],
  'GET /api/overview': () => [{}],
  'GET /api/staff': () => [{}],
  'POST /api/staff': ({ email }) => [{ email, staffRole: 'support' }],
  'PUT /api/staff/:email': ({ email }) => [{ email, staffRole: 'support', reason: 'чужой' }],
  'PUT /api/staff/:email/disabled': ({ email }) => [{ email, reason: 'чужой' }],
  'DELETE /api/staff/:email/disabled': ({ email }) => [{ email, reason: 'чужой' }],
  'DELETE /api/staff/:email/sessions': ({ email }) => [{ email, reason: 'чужой' }],
  'POST /api/staff/:email/invitation': ({ email }) => [{ email, reason: 'чужой' }],
  'DELETE /api/staff/:email/second-factor': ({ email }) => [{ email, reason: 'чужой' }],
  'POST /api/invitation': ({ email }) => [{ token: email, password: 'a long password' }],
  'POST /api/session/second-factor': () => [{}],
  'PUT /api/session/second-factor': () => [{ code: '000000' }],
  'DELETE /api/session/second-factor': () => [{ code: '000000' }],
  'POST /api/clients/:unp/view': ({ unp }) => [{ unp, reason: 'чужой' }],
  'DELETE /api/view': () => [{}],
  'GET /api/views': ({ unp }) => [{}, { unp }],
  'POST /api/codes/look-up': () => [{ code: 'BCDF-GHJK' }],
  'POST /api/codes/confirm': ({ register }) => [{ code: 'BCDF-GHJK', register }],
  'POST /api/codes/refuse': () => [{ code: 'BCDF-GHJK' }],
  'POST /api/devices/:device/retirement': ({ device }) => [{ device, reason: 'чужой' }],
  'GET /api/codes/places': ({ unp }) => [{}, { unp }],
}

/** Sends as a browser of the visitor's would, past every client of ours. */
async function sent({ send }: Tenant, route: string, input: object) {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const rest: Record<string, unknown> = Object.fromEntries(Object.entries(input))
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const texts = Object.entries(rest).map(([name, value]) => [name, String(value)])
  const query = texts.length > 0 ? `?${new URLSearchParams(texts)}` : ''
  const got = await (method === 'GET'
    ? send({ method, path: `${path}${query}` })
    : send({ method, path, body: JSON.stringify(rest) }))
  assert.ok('status' in got)
  return got
}

const tellsNothing = (told: string, { secrets }: Tenant, of: string): void => {
  const leaked = secrets.filter((secret) => told.toLowerCase().includes(secret.toLowerCase()))
  assert.deepEqual(leaked, [], of)
}

export const tenantPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'no way of the cabinet tells a client anything of another, or does anything to it': async (
    ground,
  ) => {
    const mine = await aTenant(ground)
    const other = await aTenant(ground)
    const asked = Object.assign({ operation: other.operation }, other.names)
    const routes = Object.values(operatorCabinetApi).map(({ route }) => route)
    assert.deepEqual(Object.keys(attempts).toSorted(), routes.toSorted(), 'every way is tried')
    for (const route of routes) {
      for (const input of attempts[route](asked)) {
        const { body } = await sent(mine, route, input)
        tellsNothing(body, other, `${route} ${JSON.stringify(input)}`)
      }
    }
    const people = await other.cabinet.people({})
    assert.ok(people.kind === 'done')
    const { email } = other
    assert.deepEqual(people.value.people, [{ email, role: 'owner', disabled: false }])
    const own = await other.cabinet.registers({})
    assert.ok(own.kind === 'done')
    assert.deepEqual(
      own.value.registers.map(({ measures, number }) => [measures, number]),
      [[[], 4]],
      'nothing was done to the other',
    )
    const seen = await sent(other, 'GET /api/documents', {})
    assert.throws(() => tellsNothing(seen.body, other, ''), 'the marks would be noticed')
  },

  'a page token of another client’s goes on in the own list alone': async (ground) => {
    const mine = await aTenant(ground)
    const other = await aTenant(ground)
    const page = await other.cabinet.documents({ limit: 1 })
    assert.ok(page.kind === 'done' && page.value.next)
    const borrowed = await mine.cabinet.documents({ before: page.value.next })
    assert.ok(borrowed.kind === 'done')
    assert.ok(borrowed.value.documents.every(({ device }) => device === mine.device))
    tellsNothing(JSON.stringify(borrowed.value), other, 'a borrowed token')
  },

  'a file holds what the list shows, and of nobody else, whatever is asked for': async (ground) => {
    const mine = await aTenant(ground)
    const other = await aTenant(ground)
    const [route = ''] = Object.keys(cabinetRoutes)
    assert.equal(Object.keys(cabinetRoutes).length, 1, 'every file is tried')
    const csv = await sent(mine, route, { as: 'csv' })
    const lines = csv.body.trimEnd().split('\r\n')
    assert.deepEqual([csv.status, lines.length], [200, 5])
    for (const { uid, number } of mine.documents) {
      assert.ok(lines.some((line) => line.includes(`;${number};`) && line.includes(uid)))
    }
    assert.match(lines[1] ?? '', /;23\.11\.2026 12:04:00;.*;123,45;/)
    for (const asked of [
      {},
      { device: other.device },
      { uid: other.names.uid },
      { unp: other.unp },
      { before: `${NOW * 2}.9.${other.device}` },
    ]) {
      for (const as of ['csv', 'xlsx']) {
        const { body } = await sent(mine, route, Object.assign({ as }, asked))
        tellsNothing(body, other, JSON.stringify(asked))
      }
    }
    const day = isoMinsk(NOW).slice(0, 10)
    const none = await sent(mine, route, { as: 'csv', day: '2026-11-24', dayTo: '2026-11-30' })
    assert.equal(none.body.trimEnd().split('\r\n').length, 1)
    const some = await sent(mine, route, { as: 'csv', day, dayTo: '2026-11-30', number: 2 })
    assert.equal(some.body.trimEnd().split('\r\n').length, 2)
    const wrong = await sent(mine, route, { as: 'pdf' })
    assert.equal(wrong.status, 400)
    const stranger = await ground.app.request('/api/exports/documents?as=csv')
    assert.equal(stranger.status, 401)
  },

  'a file of many pages is whole, each document once, while others upload': async (ground) => {
    const { chain, api, device, send } = await aVisitor(ground)
    const documents = chain(450)
    for (const from of [0, 100, 200, 300]) {
      await api.submit({ device, documents: documents.slice(from, from + 100) })
    }
    const [file] = await Promise.all([
      send({ method: 'GET', path: '/api/exports/documents?as=csv' }),
      api.submit({ device, documents: documents.slice(400) }),
    ])
    assert.ok('body' in file)
    const uids = file.body.match(/[0-9A-F]{24}/g) ?? []
    assert.equal(new Set(uids).size, uids.length, 'each once')
    const first = new Set(documents.slice(0, 400).map(({ uid }) => uid as string))
    assert.equal(uids.filter((uid) => first.has(uid)).length, 400, 'all that was there')
  },
}
