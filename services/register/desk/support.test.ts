import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NeighbourSaid, SupportFile, SupportOperation } from '#core/support/file.ts'
import { DAY, HOUR, MINUTE, minskDay } from '#core/time.ts'
import { TERMINAL_KEY } from '#shop/enrolment.ts'
import { secrets } from '#test/bank.ts'
import { goods, openTill, type Till } from '#test/till.ts'

const byCard = (sum: number, name = 'Хлеб') => ({
  ...goods(sum, name),
  payments: [{ means: 'card', sum }],
})

async function aTill(): Promise<Till> {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 10_000 })
  return till
}

async function gathered(till: Till, query: string, user = 'Ольга') {
  const response = await till.app().request(`/api/exports/support${query}`, {
    headers: { cookie: `zpos=${encodeURIComponent(user)}`, 'accept-language': 'ru' },
  })
  const page = await response.text()
  const [, data = 'null'] = /id="data">\n([^<]*)\n<\/script>/.exec(page) ?? []
  return { status: response.status, headers: response.headers, page, file: JSON.parse(data) }
}

const one = (file: SupportFile): SupportOperation => {
  const [operation] = file.operations
  assert.ok(operation)
  return operation
}
const saidBy = (heard: readonly NeighbourSaid[], who: string) =>
  heard.find((each) => each.who === who)?.verdict

test('a card sale is told across till, device, operator and bank, with identities', async () => {
  const till = await aTill()
  const { body } = await till.begin('sale', byCard(500))
  await till.deliver()
  await till.print()
  const { status, headers, file, page } = await gathered(till, `?operation=${body.id}`)
  assert.equal(status, 200)
  assert.match(headers.get('content-disposition') ?? '', /support-\d{4}-\d\d-\d\d-\d{6}\.html/)
  const operation = one(file)
  assert.deepEqual(
    operation.heard.map(({ who, verdict }) => [who, verdict]),
    [
      ['sko', 'done'],
      ['operator', 'done'],
      ['bank', 'approved'],
    ],
  )
  assert.deepEqual(
    operation.steps.map(({ by, what }) => [by, what]),
    [
      ['person', 'begun'],
      ['till', 'presented'],
      ['bank', 'bank'],
      ['sko', 'device'],
      ['till', 'printed'],
    ],
  )
  assert.equal(operation.heard[2]?.facts.rrn, body.card.rrn)
  assert.equal(operation.document?.uid, body.uid)
  assert.ok(operation.printedAt)
  for (const known of [body.id, body.uid, body.card.rrn]) assert.ok(page.includes(known), known)
  assert.deepEqual(
    file.acts.map(({ what }: { what: string }) => what),
    ['support-gathered'],
  )
})

test('whoever is silent has not answered: that is no «нет», nothing follows from it', async () => {
  const till = await aTill()
  till.set({ answersLost: 1 })
  const { body } = await till.begin('sale', byCard(500))
  till.set({ skoSilent: true, operatorDown: true, bankDown: true })
  const before = await till.view(body.id)
  const { file, page } = await gathered(till, `?operation=${body.id}`)
  const operation = one(file)
  assert.deepEqual(
    operation.heard.map(({ verdict }) => verdict),
    ['silent', 'silent', 'silent'],
  )
  assert.deepEqual(
    ['sko', 'operator', 'bank'].map((who) => saidBy(file.heard, who)),
    ['silent', 'silent', 'silent'],
  )
  assert.equal(page.match(/<td>не ответил/g)?.length, 6)
  assert.doesNotMatch(page, /документа нет и не будет|операции нет/)
  assert.equal((await till.view(body.id)).state, before.state)
})

test('somebody in the bank’s place has answered, and is told as that', async () => {
  const till = await aTill()
  const { body } = await till.begin('sale', byCard(500))
  till.impersonate({ at: 'bank', answer: () => ({ status: 200, body: '00112233' }) })
  const { file } = await gathered(till, `?operation=${body.id}`)
  assert.equal(saidBy(one(file).heard, 'bank'), 'distrusted')
  assert.equal(saidBy(file.heard, 'bank'), 'distrusted')
})

test('no secret, no card number, no address and no name of goods is in it', async () => {
  const till = await aTill()
  const { pan } = till.bank.card
  const spaced = pan.replace(/(\d{4})(?=\d)/g, '$1 ')
  const typed = `карта ${spaced}, anna@example.by`
  const lines = { header: [typed], footer: [typed] }
  await till.ask('PUT', '/api/paper-lines', { body: lines, as: 'Ольга' })
  const button = {
    title: typed.slice(0, 30),
    kind: 'percent',
    value: 500,
    reason: typed,
    on: 'line',
  }
  await till.ask('PUT', '/api/discounts', { body: { buttons: [button] }, as: 'Ольга' })
  await till.lay([{ kind: 'warning', reason: typed, from: till.clock.now(), till: null }])
  till.clock.advance(2 * MINUTE)
  await till.askMeasures()
  await till.begin('sale', byCard(500, typed))
  await till.begin('sale', goods(300, typed))
  till.set({ answersLost: 1, skoSilent: true })
  await till.begin('deposit', { sum: 700 })
  const { page, file } = await gathered(till, `?day=${minskDay(till.clock.now())}`)
  assert.ok(file.operations.length >= 4)
  const digits = page.replace(/[^\d]/g, '')
  assert.ok(!digits.includes(pan), 'the card')
  const planted = [
    'example.by',
    'anna@',
    spaced.slice(0, 9),
    TERMINAL_KEY.secret,
    'PRIVATE KEY',
    '$argon2',
    ...Object.values(secrets),
  ]
  for (const secret of planted) assert.ok(!page.includes(secret), secret)
  assert.match(String(file.health.measures), /карта •••/)
})

test('the last ones and a day are bounded, the newest first, and say what was cut', async () => {
  const till = await aTill()
  for (let made = 0; made < 4; made += 1) await till.begin('deposit', { sum: 100 + made })
  const last = await gathered(till, '?last=2')
  assert.deepEqual(
    last.file.operations.map(({ sum }: SupportOperation) => sum),
    [103, 102],
  )
  till.clock.advance(2 * DAY)
  await till.begin('withdrawal', { sum: 50 })
  const day = minskDay(till.clock.now())
  const today = await gathered(till, `?day=${day}`)
  assert.deepEqual(
    today.file.operations.map(({ sum }: SupportOperation) => sum),
    [50],
  )
  const before = await gathered(till, `?day=${minskDay(till.clock.now() - 2 * DAY)}`)
  assert.equal(before.file.operations.length, 6)
  const none = await gathered(till, `?day=${minskDay(till.clock.now() - 9 * DAY - HOUR)}`)
  assert.deepEqual([none.file.operations, none.file.acts], [[], []])
})

test('of settled operations of a list nobody is asked again', async () => {
  const till = await aTill()
  await till.begin('sale', goods(300))
  const { file } = await gathered(till, '')
  assert.deepEqual(
    file.operations.map(({ heard }: SupportOperation) => heard),
    [[], [], []],
  )
})

test('it is for whoever has the right, and what is asked wrongly is named', async () => {
  const till = await aTill()
  assert.equal((await gathered(till, '', 'Анна')).status, 403)
  assert.equal((await gathered(till, '?day=2026-02-31')).status, 400)
  assert.equal((await gathered(till, '?last=0')).status, 400)
  assert.equal((await gathered(till, '?operation=1')).status, 400)
  const unknown = await gathered(till, '?operation=01938a70-0000-7000-8000-00000000ffff')
  assert.equal(unknown.status, 409)
  assert.match(unknown.page, /operation\.unknown/)
})
