import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import type { Send, SentAnswer, SentRequest } from '#core/api/client.ts'
import { fiscalResponse } from '#core/api/tsrv.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { deviceFaults } from '#core/sko/faults.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { httpSend } from '#services/runtime/send.ts'
import {
  aClock,
  aDocument,
  aKey,
  anEnrolledDevice,
  anIssuer,
  anOperation,
  sealWith,
} from '#test/fixtures.ts'
import { provenEnd } from '#test/proven.ts'
import { openSeals } from './seal.ts'
import { commandBytes, openSkoLink } from './sko.ts'

// What the till makes of what comes over the wire: only a listed «no» is one.

const token = anIssuer().device
const unknown = { type: 'device', outcome: 'unknown' }
/** The secret, and what the far end keeps of it, in every form. */
const secrets = [
  'secret',
  sha256('secret'),
  ...(['base64', 'base64url', 'latin1'] as const).map((form) =>
    Buffer.from(sha256('secret'), 'hex').toString(form),
  ),
]
const { id, command, expected } = anOperation()
const operation = anOperation({ bytes: commandBytes(command, { token, id, expected }) })
const key = aKey()

/** The link over a line whose far end proves what it answers: every message the same. */
const aLink = (answer: Awaited<ReturnType<Send>>) => linkOver(provenEnd('secret', () => answer))

/** The link over any line, with what was sent over it and what was made of what came. */
function linkOver(far: Send) {
  const sent: SentRequest[] = []
  const checks: boolean[] = []
  const complaints: unknown[] = []
  const send: Send = (request) => {
    sent.push(request)
    return far(request)
  }
  const link = openSkoLink({
    send,
    token,
    credential: 'secret',
    seals: openSeals(anEnrolledDevice(key)),
    holder: () => null,
    checked: (passed) => checks.push(passed),
    clock: aClock(),
    log: { info: () => {}, error: (_, details) => complaints.push(details?.fault) },
  })
  return { sent, checks, complaints, link }
}
const says = (data: unknown, type = 'send') => ({
  status: 200,
  body: JSON.stringify({ type, address: '', data }),
})
const refuses = (name: string) => says({ name, description: 'причина' }, 'error')
/** Of a device that sends words alone. */
const facts = { said: 'причина' }
const fiscalise = (answer: Awaited<ReturnType<Send>>) => aLink(answer).link.fiscalise(operation)

/** What a device answers when it has made the document. */
function response(change: Partial<FiscalDocument> = {}) {
  const made = aDocument({ operation: operation.id, ...change })
  const { body, hash, uid, signature } = sealWith(made, key)
  return fiscalResponse.parse({
    number: made.number,
    shift_number: made.shift,
    uid,
    created: '',
    serial: made.issuer.device,
    register_number: made.issuer.registerNumber,
    sum: '12.50',
    change: '0.00',
    cash_in: { BYN: '12.50' },
    document: { body, hash, uid, signature },
  })
}

test('every refusal that the device is known to give is «no», by its own code', async () => {
  for (const name of deviceFaults.filter((each) => each !== 'USB_NO_DEVICE')) {
    const event = await fiscalise(refuses(name))
    assert.deepEqual(event, { type: 'device', outcome: 'refused', code: name, facts })
  }
})

test('a code that is not listed is «don’t know», never «no»', async () => {
  for (const name of ['AVQFR_INTERNAL_ERROR', '$.io.timeout', '', 'toString']) {
    assert.deepEqual(await fiscalise(refuses(name)), { type: 'device', outcome: 'unknown' }, name)
  }
})

test('a device that is not there was provably not reached', async () => {
  for (const answer of [refuses('USB_NO_DEVICE'), { unsent: 'ECONNREFUSED' }]) {
    assert.deepEqual(await fiscalise(answer), { type: 'device', outcome: 'unsent' })
  }
})

test('whatever else comes is «don’t know»', async () => {
  const answers = [
    { lost: 'deadline' },
    { status: 500, body: '' },
    { status: 502, body: '<html>' },
    { status: 200, body: '{"type":' },
    { status: 200, body: '<html>' },
    says(null),
    says({ name: 'TIN_ZERO_SUM' }, 'error'),
    says({ ...response(), document: null }),
    says(response({ operation: '0197a2b4-0000-7000-8000-000000000002' })),
    says(response({ operation: null })),
    says(response({ kind: 'refund' })),
  ]
  for (const answer of answers) {
    const told = JSON.stringify(answer).slice(0, 120)
    assert.deepEqual(await fiscalise(answer), { type: 'device', outcome: 'unknown' }, told)
  }
})

test('the operation’s own document is «done»', async () => {
  const event = await fiscalise(says(response()))
  assert.ok(event.type === 'device' && event.outcome === 'done')
  assert.equal(event.signed.document.operation, operation.id)
})

test('an outcome is what was told of it, and silence where nothing was understood', async () => {
  const outcome = async (answer: Awaited<ReturnType<Send>>) =>
    (await aLink(answer).link.outcome(operation)).verdict
  assert.equal(await outcome(says({ verdict: 'done', response: response() })), 'done')
  assert.equal(await outcome(says({ verdict: 'unknown' })), 'lacks')
  assert.equal(await outcome(says({ verdict: 'busy' })), 'busy')
  const others = response({ operation: '0197a2b4-0000-7000-8000-000000000002' })
  assert.equal(await outcome(says({ verdict: 'done', response: others })), 'distrusted')
  assert.equal(await outcome(says({ verdict: 'no' })), 'silent')
  assert.equal(await outcome(refuses('AVQFR_SHIFT_IS_CLOSED')), 'silent')
  assert.equal(await outcome({ lost: 'deadline' }), 'silent')
  assert.equal(await outcome({ unsent: 'ECONNREFUSED' }), 'away')
  assert.equal(await outcome(refuses('USB_NO_DEVICE')), 'away')
})

test('«never» counts of a device that is as far as it once was, and of no older copy', async () => {
  const outcome = async (next: number, guessed = false) => {
    const far = provenEnd('secret', ({ body = '' }) =>
      says(body.includes('next_cheque_number') ? next : { verdict: 'never' }),
    )
    const asked = { ...operation, guessed }
    return (await linkOver(far).link.outcome(asked)).verdict
  }
  assert.equal(await outcome(expected), 'never')
  assert.equal(await outcome(expected + 1), 'never', 'another document got the number')
  assert.equal(await outcome(expected - 1), 'silent')
  assert.equal(await outcome(expected - 1, true), 'never', 'it was never the device’s word')
  assert.equal(await outcome(Number.NaN), 'silent')
})

test('a state is told whole or not at all: cash that cannot be read is not zero', async () => {
  const state = (cash: string) =>
    aLink(
      says({
        serial: anIssuer().device,
        next_number: 5,
        acknowledged: 4,
        cash_in: { BYN: cash },
        shift_state: null,
        oldest_unsent: null,
        issuer: anIssuer(),
        upload_fault: null,
      }),
    ).link.state()
  assert.equal((await state('12.50'))?.cash, 1250)
  assert.equal((await state('100000000000.00'))?.cash, 10_000_000_000_000, 'an older one may')
  assert.equal((await state('-0.50'))?.cash, -50)
  for (const cash of ['', '-', 'нет', '1.005']) assert.equal(await state(cash), null, cash)
  assert.equal(await aLink(says(null)).link.state(), null, 'not authorised')
})

test('a command leaves as it was written, with a proof, without the secret', async () => {
  const { sent, link } = aLink({ lost: 'deadline' })
  await link.fiscalise(operation)
  await link.fiscalise(operation)
  const [first, again] = sent
  assert.equal(first?.body, operation.bytes)
  assert.equal(again?.body, operation.bytes)
  assert.notDeepEqual(first?.headers, again?.headers)
  for (const text of secrets) assert.ok(!JSON.stringify(sent).includes(text))
})

/** What an impostor in the device's place may answer; each is the device's, were it proved. */
const claims = {
  'a made-up document': says(response()),
  'a refusal': refuses('AVQFR_SHIFT_IS_CLOSED'),
  'a device pulled out': refuses('USB_NO_DEVICE'),
  'nothing of it': says({ verdict: 'unknown' }),
  never: says({ verdict: 'never' }),
  done: says({ verdict: 'done', response: response() }),
  'an empty answer': { status: 200, body: '' },
  'a redirection': { status: 302, body: '' },
  'an action it lacks': refuses('TSRV_ACTION_NOT_FOUND'),
}

for (const [what, answer] of Object.entries(claims)) {
  test(`unproved, ${what} is neither yes nor no, and is told`, async () => {
    const { link, checks } = linkOver(async () => answer)
    assert.deepEqual(await link.fiscalise(operation), { type: 'device', outcome: 'unknown' })
    assert.equal((await link.outcome(operation)).verdict, 'distrusted')
    assert.equal((await link.abandon(operation)).verdict, 'distrusted')
    assert.equal(await link.state(), null)
    assert.equal(await link.document(1), null)
    assert.deepEqual(new Set(checks), new Set([false]))
  })
}

test('a proof of another answer, or of one to another question, is none', async () => {
  const recorded: SentAnswer[] = []
  const real = provenEnd('secret', () => says(response()))
  const first = linkOver(async (request) => {
    const got = await real(request)
    assert.ok('status' in got)
    recorded.push(got)
    return got
  })
  assert.equal((await first.link.fiscalise(operation)).type, 'device')
  assert.deepEqual(first.checks, [true, true])
  const [taken] = recorded
  assert.ok(taken)
  const replayed = linkOver(async () => taken)
  assert.deepEqual(await replayed.link.fiscalise(operation), unknown)
  assert.deepEqual(replayed.checks, [false])
  const altered = linkOver(async (request) => {
    const got = await real(request)
    return 'status' in got ? { ...got, body: refuses('TIN_ZERO_SUM').body } : got
  })
  assert.deepEqual(await altered.link.fiscalise(operation), unknown)
  const elsewhere = linkOver((request) => real({ ...request, body: '{}' }))
  await assert.rejects(elsewhere.link.fiscalise(operation), /every request of the till is proved/)
})

test('an error of the way claims nothing, and takes no trust', async () => {
  for (const status of [429, 500, 502, 503]) {
    const { link, checks } = linkOver(async () => ({ status, body: '' }))
    assert.deepEqual(await link.fiscalise(operation), unknown)
    assert.equal((await link.outcome(operation)).verdict, 'silent')
    assert.deepEqual(checks, [])
  }
})

test('a proved line that shows a false document is told until it shows a true one', async () => {
  const foreign = sealWith(aDocument({ operation: operation.id }), aKey())
  const other = response({ operation: '0197a2b4-0000-7000-8000-000000000002' })
  let shown: object = { ...response(), document: foreign }
  const { link, checks, complaints } = linkOver(provenEnd('secret', () => says(shown)))
  assert.deepEqual(await link.fiscalise(operation), unknown)
  shown = other
  assert.deepEqual(await link.fiscalise(operation), unknown)
  assert.deepEqual(complaints, ['seal', 'other'])
  shown = {}
  await link.state()
  assert.equal(checks.at(-1), false, 'a question that goes well proves no document')
  shown = response()
  const made = await link.fiscalise(operation)
  assert.ok(made.type === 'device' && made.outcome === 'done')
  assert.equal(checks.at(-1), true)
})

test('a refusal with facts is told by them, not by its words', async () => {
  const data = { name: 'TIN_ZERO_SUM', description: 'причина', facts: { line: 3 } }
  const event = await fiscalise(says(data, 'error'))
  assert.ok(event.type === 'device' && event.outcome === 'refused')
  assert.deepEqual(event.facts, { line: 3 })
})

test('nothing of the secret is on the wire, whoever listens there', async () => {
  const bytes: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (part) => {
      bytes.push(part)
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 60_000 })
  const { link, checks } = linkOver(send)
  await link.fiscalise(operation)
  for (const ask of [link.outcome, link.abandon]) await ask(operation)
  await link.state()
  await link.document(1)
  send.close()
  server.close()
  const heard = Buffer.concat(bytes).toString('latin1')
  assert.equal(heard.match(/POST \/tsrv/g)?.length, 5)
  for (const text of secrets) assert.ok(!heard.includes(text), text)
  assert.deepEqual(checks, Array(5).fill(false))
})

test('R30: a device’s service that was too busy has done nothing', async () => {
  assert.deepEqual(await fiscalise({ status: 429, body: '' }), {
    type: 'device',
    outcome: 'unsent',
  })
  const busy = { kind: 'refused', code: 'server.busy', facts: {}, message: 'м', next: 'н' }
  const answer = { status: 503, body: JSON.stringify(busy) }
  assert.deepEqual(await fiscalise(answer), { type: 'device', outcome: 'unsent' })
  const proxy = { status: 503, body: '<html>' }
  assert.deepEqual(await fiscalise(proxy), { type: 'device', outcome: 'unknown' })
  // Whoever did not prove that he is the device's service may have passed the command on.
  for (const unproved of [answer, { status: 429, body: '' }]) {
    assert.deepEqual(await linkOver(async () => unproved).link.fiscalise(operation), unknown)
  }
})
