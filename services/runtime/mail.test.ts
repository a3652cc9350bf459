import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { freePort } from '#test/free-port.ts'
import { aMailServer } from '#test/mail-server.ts'
import { openPost } from './mail.ts'

const mail = (text = 'Здравствуйте, «Ўладзімір»') => ({
  id: randomUUID(),
  to: 'anna@demo.by',
  subject: 'Касса № 1 заблокирована',
  text,
})
const openAt = (url: string, bounds = {}) => {
  const settings = {
    ZPOS_SMTP_URL: url,
    ZPOS_SMTP_PASSWORD: undefined,
    ZPOS_MAIL_FROM: 'zpos@demo.by',
  }
  const post = openPost(settings, bounds)
  assert.ok(post)
  return post
}

test('a message arrives in whole, under its own id, however often it is sent', async (t) => {
  const server = await aMailServer()
  t.after(server.close)
  const post = openAt(server.url)
  const one = mail()
  for (const _ of [1, 2]) assert.deepEqual(await post.send(one), { fate: 'taken', said: '' })
  const arrived = { ...one, id: `<${one.id}@demo.by>` }
  assert.deepEqual(server.received, [arrived, arrived])
})

test('a no for ever is refused, a no for now is not known', async (t) => {
  const codes = [550, 451, null]
  const server = await aMailServer(() => codes.shift() ?? null)
  t.after(server.close)
  const post = openAt(server.url)
  const fates = []
  for (let n = 0; n < 3; n++) fates.push(await post.send(mail()))
  assert.deepEqual(fates, [
    { fate: 'refused', said: '550 no' },
    { fate: 'unknown', said: '451 no' },
    { fate: 'taken', said: '' },
  ])
})

test('nobody there, and somebody who hangs up, is not known', async (t) => {
  const nobody = await openAt(`smtp://127.0.0.1:${await freePort()}`).send(mail())
  assert.equal(nobody.fate, 'unknown')
  const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  t.after(() => rude.close())
  await new Promise((resolve) => rude.once('listening', resolve))
  const at = rude.address()
  assert.ok(at && typeof at === 'object')
  assert.equal((await openAt(`smtp://127.0.0.1:${at.port}`).send(mail())).fate, 'unknown')
})

test('a server that talks without end is left', async (t) => {
  const talker = createServer((socket) => {
    socket.on('error', () => {})
    const talk = () => {
      if (!socket.destroyed) socket.write('220-', () => setImmediate(talk))
    }
    talk()
  }).listen(0, '127.0.0.1')
  t.after(() => talker.close())
  await new Promise((resolve) => talker.once('listening', resolve))
  const at = talker.address()
  assert.ok(at && typeof at === 'object')
  const post = openAt(`smtp://127.0.0.1:${at.port}`, { wholeMs: 300 })
  assert.equal((await post.send(mail())).fate, 'unknown')
})

test('a page with a picture arrives beside its text; too long is not begun', async (t) => {
  const server = await aMailServer()
  t.after(server.close)
  const post = openAt(server.url)
  const png = Buffer.from('iVBORw0KGgo=', 'base64')
  const page = '<p>Чек</p><img src="cid:qr" alt="">'
  const whole = Object.assign(mail(), { html: page, pictures: [{ name: 'qr', png }] })
  assert.equal((await post.send(whole)).fate, 'taken')
  const [arrived] = server.received
  assert.equal(arrived?.html?.trim(), page)
  assert.equal(arrived?.text.trim(), whole.text)
  assert.deepEqual(arrived?.pictures, [{ name: '<qr>', type: 'image/png', bytes: png.length }])
  assert.deepEqual(await post.send(mail('x'.repeat(5_000_001))), {
    fate: 'refused',
    said: 'too long',
  })
  assert.equal(server.received.length, 1)
})

test('an address that would add a line to the message adds nothing', async (t) => {
  const server = await aMailServer()
  t.after(server.close)
  const sly = { ...mail(), subject: 'a\r\nBcc: eve@demo.by', to: 'anna@demo.by' }
  await openAt(server.url).send(sly)
  assert.deepEqual(
    server.received.map(({ to }) => to),
    ['anna@demo.by'],
  )
  // No list, no second person and no name is read out of an address.
  for (const to of ['anna@demo.by, eve@demo.by', 'anna@demo.by\r\nBcc: eve@demo.by']) {
    await openAt(server.url).send(Object.assign(mail(), { to }))
  }
  assert.deepEqual(
    server.received.map(({ to }) => to),
    ['anna@demo.by'],
  )
})
