import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import { fiscalResponse } from '#core/api/tsrv.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { deviceFaults } from '#core/sko/faults.ts'
import { aClock, aDocument, aKey, anIssuer, anOperation, sealWith } from '#test/fixtures.ts'
import { commandBytes, openSkoLink } from './sko.ts'

// What the till makes of what comes over the wire: only a listed «no» is one.

const token = anIssuer().device
const { id, command, expected } = anOperation()
const operation = anOperation({ bytes: commandBytes(command, { token, id, expected }) })
const key = aKey()

/** The link over a wire that answers every message the same. */
function aLink(answer: Awaited<ReturnType<Send>>) {
  const sent: { headers: Record<string, unknown> }[] = []
  const send: Send = async ({ body = '' }) => {
    sent.push(JSON.parse(body))
    return answer
  }
  return { sent, link: openSkoLink({ send, token, credential: 'secret', clock: aClock() }) }
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
  assert.equal(await outcome(says({ verdict: 'never' })), 'never')
  assert.equal(await outcome(says({ verdict: 'busy' })), 'busy')
  const others = response({ operation: '0197a2b4-0000-7000-8000-000000000002' })
  assert.equal(await outcome(says({ verdict: 'done', response: others })), 'silent')
  assert.equal(await outcome(says({ verdict: 'no' })), 'silent')
  assert.equal(await outcome(refuses('AVQFR_SHIFT_IS_CLOSED')), 'silent')
  assert.equal(await outcome({ lost: 'deadline' }), 'silent')
  assert.equal(await outcome({ unsent: 'ECONNREFUSED' }), 'away')
  assert.equal(await outcome(refuses('USB_NO_DEVICE')), 'away')
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

test('a command leaves as it was written; the credential joins it on the wire alone', async () => {
  const { sent, link } = aLink({ lost: 'deadline' })
  await link.fiscalise(operation)
  await link.fiscalise(operation)
  const [first, again] = sent
  assert.deepEqual(again, first)
  const { credential, ...headers } = first?.headers ?? {}
  assert.equal(credential, 'secret')
  assert.deepEqual(JSON.parse(operation.bytes), { ...first, headers })
  assert.ok(!operation.bytes.includes('secret'))
})

test('a refusal with facts is told by them, not by its words', async () => {
  const data = { name: 'TIN_ZERO_SUM', description: 'причина', facts: { line: 3 } }
  const event = await fiscalise(says(data, 'error'))
  assert.ok(event.type === 'device' && event.outcome === 'refused')
  assert.deepEqual(event.facts, { line: 3 })
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
})
