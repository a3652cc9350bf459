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
const openAt = (url: string) => {
  const post = openPost({
    ZPOS_SMTP_URL: url,
    ZPOS_SMTP_PASSWORD: undefined,
    ZPOS_MAIL_FROM: 'zpos@demo.by',
  })
  assert.ok(post)
  return post
}

test('a message arrives in whole, under its own id, however often it is sent', async (t) => {
  const server = await aMailServer()
  t.after(server.close)
  const post = openAt(server.url)
  const one = mail()
  assert.equal(await post.send(one), 'taken')
  assert.equal(await post.send(one), 'taken')
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
  assert.deepEqual(fates, ['refused', 'unknown', 'taken'])
})

test('nobody there, and somebody who hangs up, is not known', async (t) => {
  assert.equal(await openAt(`smtp://127.0.0.1:${await freePort()}`).send(mail()), 'unknown')
  const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  t.after(() => rude.close())
  await new Promise((resolve) => rude.once('listening', resolve))
  const at = rude.address()
  assert.ok(at && typeof at === 'object')
  assert.equal(await openAt(`smtp://127.0.0.1:${at.port}`).send(mail()), 'unknown')
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
})
