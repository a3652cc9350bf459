import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { v7 } from 'uuid'
import { demoPeople } from '#core/demo/shop.ts'
import { kopecks } from '#core/money.ts'
import { DAY, MINUTE } from '#core/time.ts'
import { openTill } from '#test/till.ts'
import { openGoods } from '../catalogue/goods.ts'
import { carryOutCopy } from '../links/copying.ts'
import { openRegisterDb } from '../memory/store.ts'

const shelf = [{ name: 'Хлеб <ржаной>', code: '00001', price: kopecks(250) }].map((row) => ({
  ...row,
  vat: 20 as const,
  unit: 'piece' as const,
  group: 'Г',
  marking: 'none' as const,
}))

const EMAIL = 'Anna.Petrova@demo.by'

/** A sale, and what is asked of its letters. */
async function aSale() {
  const till = await openTill()
  openGoods(till.disk, till.clock.now).add(shelf)
  await till.begin('shift-opening')
  const lines = [{ code: '00001', quantity: 2000 }]
  const sale = await till.begin('sale', { lines, payments: [{ means: 'cash', sum: 500 }] })
  const { id } = sale.body
  assert.equal(sale.body.state, 'registered')
  const send = (email = EMAIL, letter = v7(), of = id) =>
    till.ask('POST', `/api/operations/${of}/letters`, { body: { letter, email } })
  const again = (letter: string) =>
    till.ask('POST', `/api/operations/${id}/letters/again`, { body: { letter } })
  const letters = async () => (await till.ask('GET', `/api/operations/${id}/letters`)).body.letters
  const counts = async () => {
    const { waiting, failed } = (await till.status()).letters
    return { waiting, failed }
  }
  return { till, sale: sale.body, send, again, letters, counts }
}

test('a receipt goes out as its paper is, and its address is gone', async () => {
  const { till, sale, send, letters, counts } = await aSale()
  const asked = await send(` ${EMAIL} `)
  assert.equal(asked.status, 200)
  assert.equal(asked.body.email, EMAIL)
  assert.deepEqual(await counts(), { waiting: 1, failed: 0 })
  assert.equal(till.mailbox.letters.length, 0, 'nobody waits for a mail server')
  await till.mail()
  const [mail, ...more] = till.mailbox.letters
  assert.ok(mail && more.length === 0)
  assert.equal(mail.to, EMAIL)
  assert.match(mail.subject, new RegExp(`^Чек № ${sale.number}, `))
  await till.print()
  const paper = till.papers().at(-1) ?? ''
  const words = (text: string) => text.replace(/\[QR .*?\]|[\s-]+/gs, ' ').trim()
  assert.equal(words(mail.text), words(paper.replace(/\[QR[^\]]*\]/s, '')))
  assert.match(mail.text, new RegExp(sale.uid))
  assert.match(mail.html ?? '', /Хлеб &lt;ржаной&gt;/)
  assert.match(mail.html ?? '', new RegExp(`cid:qr" alt="QR ${sale.uid}"`))
  assert.deepEqual([...(mail.pictures?.[0]?.png.slice(1, 4) ?? [])], [...Buffer.from('PNG')])
  const [letter] = await letters()
  assert.deepEqual([letter.state, letter.email, letter.said], ['sent', null, null])
  assert.deepEqual(await counts(), { waiting: 0, failed: 0 })
  await till.mail()
  assert.equal(till.mailbox.letters.length, 1)
  const rows = JSON.stringify(till.disk.prepare('select * from receipt_letter').all())
  assert.ok(!rows.includes('demo.by'))
})

test('the letter is in the language of the shop’s papers, with its own lines', async () => {
  const { till, send } = await aSale()
  const as = demoPeople.administrator
  await till.ask('PUT', '/api/settings', { as, body: { paperLanguage: 'be' } })
  await send()
  await till.mail()
  assert.match(till.mailbox.letters[0]?.subject ?? '', /^Чэк № /)
  assert.match(till.mailbox.letters[0]?.html ?? '', /<html lang="be">/)
})

test('the same letter asked for again is the same one', async () => {
  const { till, send, letters } = await aSale()
  const letter = v7()
  const [one, other] = [await send(EMAIL, letter), await send(EMAIL, letter)]
  assert.deepEqual(one.body, other.body)
  await till.mail()
  assert.equal((await send(EMAIL, letter)).body.state, 'sent')
  await till.mail()
  assert.equal(till.mailbox.letters.length, 1)
  assert.equal((await letters()).length, 1)
})

test('what a server puts off is tried again, later and later, under the same name', async () => {
  const { till, send, letters, again } = await aSale()
  till.mailbox.answers.push(
    { fate: 'unknown', said: `451 ${EMAIL.toLowerCase()}: try later` },
    { fate: 'unknown', said: '' },
  )
  await send()
  await till.mail()
  const [put] = await letters()
  assert.deepEqual([put.state, put.attempts, put.said], ['waiting', 1, '451 …: try later'])
  await till.mail()
  assert.equal(till.mailbox.letters.length, 1, 'not before its time')
  till.clock.advance(MINUTE)
  await till.mail()
  const [twice] = await letters()
  assert.ok(twice.nextAt - till.clock.now() > put.nextAt - put.at, 'a longer rest')
  assert.equal((await again(put.letter)).status, 200)
  await till.mail()
  assert.equal((await letters())[0].state, 'sent')
  const names = new Set(till.mailbox.letters.map(({ id }) => id))
  assert.deepEqual([...names], [put.letter])
})

test('a letter that waits is not held up by a clock that is put back', async () => {
  const { till, send, letters } = await aSale()
  till.mailbox.answers.push({ fate: 'unknown', said: '' })
  await send()
  await till.mail()
  till.clock.advance(-DAY)
  await till.mail()
  assert.equal((await letters())[0].state, 'sent')
})

test('a no for ever ends with its reason, without the address, and can be sent again', async () => {
  const { till, send, letters, again, counts } = await aSale()
  till.mailbox.answers.push({ fate: 'refused', said: `550 <${EMAIL}> no such user` })
  await send()
  await till.mail()
  const [letter] = await letters()
  assert.deepEqual([letter.state, letter.said], ['refused', '550 <…> no such user'])
  assert.deepEqual(await counts(), { waiting: 0, failed: 1 })
  assert.equal((await till.status()).letters.failing, letter && (await till.list())[0].id)
  assert.equal((await again(letter.letter)).body.state, 'waiting')
  await till.mail()
  assert.equal((await letters())[0].state, 'sent')
  assert.equal((await again(letter.letter)).body.code, 'letter.forgotten')
})

test('an address that failed is kept for a day, or until another comes', async () => {
  const { till, send, letters, counts, again } = await aSale()
  till.mailbox.answers.push({ fate: 'refused', said: '' }, { fate: 'refused', said: '' })
  await send('wrong@demo.by')
  await till.mail()
  await send('wrong-too@demo.by')
  await till.mail()
  assert.deepEqual(
    (await letters()).map(({ email }: { email: string | null }) => email).sort(),
    ['wrong-too@demo.by', null].sort(),
  )
  till.clock.advance(DAY + MINUTE)
  await till.mail()
  assert.deepEqual(await counts(), { waiting: 0, failed: 0 })
  const [letter] = await letters()
  assert.equal((await again(letter.letter)).body.code, 'letter.forgotten')
  till.clock.advance(91 * DAY)
  await till.mail()
  assert.deepEqual(await letters(), [])
})

test('after a day of tries a letter is given up, and waits for nobody', async () => {
  const { till, send, letters } = await aSale()
  await send()
  for (let tries = 0; tries < 60; tries += 1) {
    till.mailbox.answers.push({ fate: 'unknown', said: 'no answer' })
    await till.mail()
    till.clock.advance(30 * MINUTE)
  }
  const [letter] = await letters()
  assert.deepEqual([letter.state, letter.nextAt], ['given-up', null])
})

test('a wrong address is refused by the name of its field', async () => {
  const { till, send } = await aSale()
  const wrong = ['anna', 'a@b.by, c@d.by', `${EMAIL}\r\nBcc: eve@demo.by`, `x\u202e@demo.by`]
  for (const email of wrong) {
    const answer = await send(email)
    assert.deepEqual([answer.status, answer.body.field], [400, 'email'], email)
  }
  await till.mail()
  assert.equal(till.mailbox.letters.length, 0)
})

test('only customers’ receipts are sent, where it is on, not without end', async () => {
  const { till, send } = await aSale()
  const deposit = await till.begin('deposit', { sum: 100 })
  assert.equal((await send(EMAIL, v7(), deposit.body.id)).body.code, 'letter.no-receipt')
  assert.equal((await send(EMAIL, v7(), v7())).body.code, 'operation.unknown')
  for (let n = 0; n < 5; n += 1) assert.equal((await send()).status, 200)
  assert.equal((await send()).body.code, 'letter.many')
  const as = demoPeople.administrator
  await till.ask('PUT', '/api/settings', { as, body: { electronicReceipt: false } })
  assert.equal((await till.status()).letters.are, 'off')
  assert.equal((await send()).body.code, 'letter.off')
})

test('a copy of the memory carries no address away, and sends nothing again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-letters-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const source = join(folder, 'register.sqlite')
  const db = openRegisterDb(source)
  db.prepare(
    `insert into receipt_letter(id, operation, made_at, asked_at, email, next_at)
     values ('l', 'o', 0, 0, ?, 0)`,
  ).run(EMAIL)
  const path = join(folder, 'register-1.sqlite')
  const proved = await carryOutCopy({ do: 'copy', source, path, at: 1 })
  assert.equal(proved.fault, null)
  db.close()
  assert.ok(!readFileSync(path).includes(EMAIL))
  const copy = openRegisterDb(path)
  t.after(() => copy.close())
  const row = copy.prepare('select state, email from receipt_letter').get()
  assert.deepEqual([row?.state, row?.email], ['given-up', null])
})
