import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { openSignIn } from './sign-in.ts'

/** A server that lets anybody in, and says from where it was asked. */
function aServer(isSecure = false, key = 'key') {
  const cookies = openSignIn({ name: 'zpos', key, isSecure })
  const app = new Hono()
  app.post('/in/:person', (call) => {
    cookies.letIn(call, { person: call.req.param('person'), token: 'token' })
    return call.json({})
  })
  app.get('/place/:person', (call) => call.json(cookies.placeOf(call, call.req.param('person'))))
  app.get('/token', (call) => call.text(cookies.tokenOf(call)))
  const base = 'http://till.shop:8080'
  const signIn = async (person: string) => {
    const answer = await app.request(`${base}/in/${person}`, { method: 'POST' })
    return answer.headers.getSetCookie()
  }
  const get = async (path: string, cookie: string, at = base) =>
    (await app.request(`${at}${path}`, { headers: { cookie } })).text()
  return { signIn, get }
}
const sent = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ')

test('cookies are for the server alone, and for no other site', async () => {
  for (const cookie of await aServer().signIn('anna')) {
    assert.match(cookie, /^zpos-8080/)
    for (const wanted of ['HttpOnly', 'SameSite=Strict', 'Path=/']) {
      assert.ok(cookie.includes(wanted), wanted)
    }
    assert.ok(!cookie.includes('Secure'), 'a till of one machine speaks no TLS')
  }
})

test('behind TLS they never travel without it, and are of this host alone', async () => {
  for (const cookie of await aServer(true).signIn('anna')) {
    assert.match(cookie, /^__Host-zpos-8080/)
    assert.ok(cookie.includes('Secure') && !cookie.includes('Domain'))
  }
})

test('two servers of one host have cookies of their own', async () => {
  const { signIn, get } = aServer()
  const cookie = sent(await signIn('anna'))
  assert.equal(await get('/token', cookie), 'token')
  assert.equal(await get('/token', cookie, 'http://till.shop:8090'), '')
})

test('a browser is known for those who were in it, and for nobody else', async () => {
  const { signIn, get } = aServer()
  const cookie = sent(await signIn('anna'))
  assert.equal(JSON.parse(await get('/place/anna', cookie)).standing, 'known')
  assert.equal(JSON.parse(await get('/place/olga', cookie)).standing, 'stranger')
  assert.equal(JSON.parse(await get('/place/anna', '')).standing, 'stranger')
})

test('nobody can say of a browser that it is known without the key', async () => {
  const forged = sent(await aServer(false, 'another').signIn('anna'))
  assert.equal(JSON.parse(await aServer().get('/place/anna', forged)).standing, 'stranger')
})
