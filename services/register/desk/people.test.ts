import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hono } from 'hono'
import { v7 } from 'uuid'
import { openTill } from '#test/till.ts'

type Told = { status: number; body: Record<string, unknown> }

/** People at the register's own server, each by a cookie of her own. */
async function openDesk() {
  const till = await openTill()
  const ask = async (
    app: Hono,
    cookie: string,
    [method, path, body]: [string, string, object?],
  ) => {
    const response = await app.request(path, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const told: Told = { status: response.status, body: await response.json() }
    return { told, cookies: response.headers.getSetCookie() }
  }
  // Those of a shop in one process are known by their names.
  const olga = async (...request: [string, string, object?]) =>
    (await ask(till.app(), `zpos=${encodeURIComponent('Ольга')}`, request)).told
  const signIn = async (user: string, pin: string) => {
    const { told, cookies } = await ask(till.app(), '', ['POST', '/api/session', { user, pin }])
    const cookie = cookies.map((each) => each.split(';')[0]).join('; ')
    const as = async (...request: [string, string, object?]) =>
      (await ask(till.app(), cookie, request)).told
    return { told, cookie, as }
  }
  const add = (name: string, pin: string, role = 'cashier') =>
    olga('POST', '/api/people', { request: v7(), name, role, pin })
  const acts = (what: string) =>
    till.disk
      .prepare('select person, body from act where what = ? order by seq')
      .all(what)
      .map(({ person, body }) => ({ person, ...JSON.parse(String(body)) }))
  return { till, olga, signIn, add, acts }
}

test('a PIN that others try first is refused with its reason, whoever gives it', async () => {
  const { add, signIn, olga } = await openDesk()
  for (const [pin, reason] of [
    ['1111', /повторяются/],
    ['1234', /подряд/],
    ['0000', /повторяются/],
    ['3112', /дату/],
    ['12a4', /цифр/],
  ] as const) {
    const { status, body } = await add('Пётр', pin)
    assert.deepEqual([status, body.field], [400, 'pin'])
    assert.match(String(body.message), reason)
  }
  assert.equal((await add('Пётр', '7392')).status, 200)
  const petr = await signIn('Пётр', '7392')
  const own = await petr.as('PUT', '/api/session/pin', { pin: '7392', newPin: '4321' })
  assert.deepEqual([own.status, own.body.field], [400, 'newPin'])
  const { people } = (await olga('GET', '/api/people')).body as { people: { name: string }[] }
  assert.deepEqual(
    people.map(({ name }) => name),
    ['Анна', 'Ольга', 'Пётр'],
  )
})

test('everybody changes her own PIN, who knows it', async () => {
  const { add, signIn, acts } = await openDesk()
  await add('Пётр', '7392')
  const { as } = await signIn('Пётр', '7392')
  const wrong = await as('PUT', '/api/session/pin', { pin: '9999', newPin: '4815' })
  assert.deepEqual([wrong.status, wrong.body.code], [409, 'pin.wrong'])
  const changed = await as('PUT', '/api/session/pin', { pin: '7392', newPin: '4815' })
  assert.equal(changed.status, 200)
  assert.equal((await as('GET', '/api/session')).status, 200)
  assert.equal((await signIn('Пётр', '7392')).told.status, 409)
  assert.equal((await signIn('Пётр', '4815')).told.status, 200)
  assert.deepEqual(acts('pin-changed'), [{ person: 'Пётр' }])
  assert.deepEqual(acts('pin-failed'), [{ person: 'Пётр' }])
})

test('a stream of events ends at once when its person is out, or may something else', async () => {
  const { till, add, signIn, olga } = await openDesk()
  await add('Пётр', '7392')
  const { cookie, as } = await signIn('Пётр', '7392')
  const listen = async () => {
    const response = await till.app().request('/api/events', { headers: { cookie } })
    const reader = response.body?.getReader()
    assert.ok(reader)
    return async () => {
      while (!(await reader.read()).done);
    }
  }
  const ended = await listen()
  const rights = ['sale', 'shift']
  const role = { rights, discountPercent: 0, revision: 1 }
  assert.equal((await olga('PUT', '/api/roles/cashier', role)).status, 200)
  await ended()
  const { body } = await as('GET', '/api/session')
  assert.deepEqual(body.rights, rights, 'the session goes on with what it may now')
  const over = await listen()
  const person = `/api/people/${encodeURIComponent('Пётр')}/disabled`
  assert.equal((await olga('PUT', person, { revision: 1 })).status, 200)
  await over()
  assert.equal((await as('GET', '/api/session')).status, 401)
})

test('sign-ins, failed ones and refusals by right are written down, and fill no disk', async () => {
  const { add, signIn, acts } = await openDesk()
  await add('Пётр', '7392')
  const { as } = await signIn('Пётр', '7392')
  await signIn('Пётр', '4815')
  await signIn('Никто-8241', '4815')
  for (let i = 0; i < 30; i += 1) assert.equal((await as('GET', '/api/people')).status, 403)
  await as('DELETE', '/api/session')
  assert.deepEqual(acts('signed-in'), [{ person: 'Пётр' }])
  assert.deepEqual(acts('signed-out'), [{ person: 'Пётр' }])
  // What is no name of anybody is not written: it may be a PIN in the wrong field.
  assert.deepEqual(acts('sign-in-failed'), [{ person: null, subject: 'Пётр' }, { person: null }])
  assert.deepEqual(acts('right-refused').length, 10)
  assert.deepEqual(acts('right-refused')[0], { person: 'Пётр', right: 'people.edit' })
})

test('what is refused in the midst of the work is a refusal by right too', async () => {
  const { add, olga, signIn, acts } = await openDesk()
  const role = { request: v7(), name: 'Старший', rights: ['people.edit'], discountPercent: 0 }
  await olga('POST', '/api/roles', role)
  await add('Пётр', '7392', 'Старший')
  const { as } = await signIn('Пётр', '7392')
  const person = `/api/people/${encodeURIComponent('Пётр')}`
  const told = await as('PUT', person, { revision: 1, role: 'administrator' })
  assert.deepEqual([told.status, told.body.code], [403, 'right.required'])
  assert.match(String(told.body.message), /есть у вас самих.*«Продажа»/)
  assert.match(String(told.body.next), /Анна, Ольга/)
  assert.deepEqual(acts('right-refused'), [{ person: 'Пётр', right: 'sale' }])
})
