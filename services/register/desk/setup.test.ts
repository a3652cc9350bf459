import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import { openTill } from '#test/till.ts'

/** A connected till that knows nobody, asked over a connection from somewhere. */
async function openEmpty() {
  const till = await openTill()
  till.disk.exec('delete from session; delete from person')
  const ask = async (
    from: string,
    [method, path, body]: [string, string, object?],
    headers: Record<string, string> = {},
  ) => {
    const sent = { method, headers: { 'content-type': 'application/json', ...headers } }
    const incoming = { socket: { remoteAddress: from }, headers }
    const init = body ? Object.assign(sent, { body: JSON.stringify(body) }) : sent
    const response = await till.app().request(path, init, { incoming })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const name = (from: string, headers = {}) =>
    ask(from, ['POST', '/api/setup/administrator', form()], headers)
  return { till, ask, name }
}

const form = () => ({ request: v7(), name: 'Ольга', pin: '7392' })
const setup = ['GET', '/api/setup'] as [string, string]

test('the first administrator is named at the till itself, and no proxy is that', async () => {
  const { till, ask, name } = await openEmpty()
  const through = { 'x-forwarded-for': '192.168.1.7' }
  for (const [from, headers] of [
    ['192.168.1.7', {}],
    ['::ffff:10.0.0.2', {}],
    ['', {}],
    ['127.0.0.1', through],
    ['::1', { forwarded: 'for=192.168.1.7' }],
  ] as const) {
    assert.equal((await ask(from, setup, headers)).body.administrator, 'elsewhere', from)
    const refused = await name(from, headers)
    assert.deepEqual([refused.status, refused.body.code], [409, 'administrator.elsewhere'], from)
  }
  assert.equal(till.disk.prepare('select count(*) n from person').get()?.n, 0)
  for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    assert.equal((await ask(here, setup)).body.administrator, 'wanted', here)
  }
  assert.equal((await name('::1')).status, 200)
  assert.equal((await ask('192.168.1.7', setup)).body.administrator, 'known')
  assert.equal((await name('::1')).body.code, 'administrator.known')
})

test('a PIN that others try first is no administrator’s', async () => {
  const { ask } = await openEmpty()
  const sent = Object.assign(form(), { pin: '1234' })
  const refused = await ask('127.0.0.1', ['POST', '/api/setup/administrator', sent])
  assert.deepEqual([refused.status, refused.body.field], [400, 'pin'])
})

test('the first steps are told by what was done, until they are put away', async () => {
  const { till, ask, name } = await openEmpty()
  await name('::1')
  const signed = await till.app().request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'Ольга', pin: '7392' }),
  })
  const cookie = signed.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const steps = async () => (await ask('::1', ['GET', '/api/first-steps'], { cookie })).body
  const before = await steps()
  assert.deepEqual(before, { wanted: true, office: null, printed: false, goods: 0, sold: false })
  const added = await ask(
    '::1',
    [
      'POST',
      '/api/stock',
      {
        request: v7(),
        name: 'Хлеб',
        codes: [],
        group: 'Хлеб',
        unit: 'piece',
        price: 198,
        vat: null,
        favourite: false,
      },
    ],
    { cookie },
  )
  assert.equal(added.status, 200, JSON.stringify(added.body))
  assert.deepEqual(await steps(), Object.assign(before, { goods: 1 }))
  assert.equal((await ask('::1', ['DELETE', '/api/first-steps'], { cookie })).status, 200)
  assert.equal((await steps()).wanted, false)
})

test('a shop whose people were there before has no first steps', async () => {
  const till = await openTill()
  const cookie = `zpos=${encodeURIComponent('Ольга')}`
  const told = await till.app().request('/api/first-steps', { headers: { cookie } })
  assert.equal(((await told.json()) as { wanted: boolean }).wanted, false)
})
