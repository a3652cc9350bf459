import assert from 'node:assert/strict'
import { sign } from 'node:crypto'
import { test } from 'node:test'
import { seal } from '#core/document/document.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { fiscalResponseOf } from '#services/sko/response.ts'
import { newKey } from '#shop/enrolment.ts'
import type { Delivered } from '#shop/wire.ts'
import { aDocument } from '#test/fixtures.ts'
import { goods, type Impostor, issuer, openTill, type Till } from '#test/till.ts'

// V1: somebody else in the place of the СКО, against the whole register and the real СКО behind.

const json = (data: unknown, type = 'send'): Delivered => ({
  status: 200,
  body: JSON.stringify({ type, address: '', data, headers: {} }),
})

const impostorsKey = newKey()

/** A document as the device would answer with, were it its own. */
function madeUp(operation: string, sum: number): object {
  const document = aDocument({ operation, issuer, number: 2, sum: sum as never })
  const sealed = seal(document, {
    hash: sha256,
    sign: (text) => sign(null, Buffer.from(text), impostorsKey).toString('base64'),
  })
  return fiscalResponseOf({ ...sealed, number: 2, operation, command: '', document })
}

const headersOf = (body = '{}'): Record<string, unknown> => JSON.parse(body).headers ?? {}

/** Whoever answers without the secret, and never asks the device. */
const alone: Record<string, Impostor> = {
  'a made-up document': ({ body }) => {
    const { action, operation_id } = headersOf(body)
    const response = madeUp(String(operation_id), 500)
    return json(action === 'outcome' ? { verdict: 'done', response } : response)
  },
  'an empty 200': () => ({ status: 200, body: '' }),
  'a refusal': () => json({ name: 'AVQFR_SHIFT_IS_CLOSED', description: 'x' }, 'error'),
  'a device pulled out': () => json({ name: 'USB_NO_DEVICE', description: 'x' }, 'error'),
  'that it never was': () => json({ verdict: 'never' }),
  'as a service without our additions': ({ body }) =>
    headersOf(body).action === 'next_cheque_number'
      ? json(1)
      : json({ name: 'TSRV_ACTION_NOT_FOUND', description: 'x' }, 'error'),
}

async function openShift(): Promise<Till> {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.print()
  return till
}

const impersonate = (till: Till, answer: Impostor | null) =>
  till.impersonate(answer && { at: 'device', answer })

/** What must not have changed while somebody lied. */
async function sellTo(till: Till) {
  const [papers, number] = [till.papers().length, till.device.number()]
  const { cash } = await till.status()
  const begun = await till.begin('sale', goods(500))
  const { id, state } = begun.body
  await till.watch()
  await till.print()
  assert.equal(state, 'red')
  const status = await till.status()
  assert.deepEqual(status.distrusted, ['sko'])
  assert.deepEqual([status.cash, till.papers().length], [cash, papers], 'nothing paid or printed')
  const { body: evidence } = await till.ask('GET', `/api/operations/${id}/evidence`)
  assert.equal(evidence.device, 'distrusted')
  return { id, made: till.device.number() - number }
}

/** The true СКО is back: the receipt ends, the next one goes. */
async function recovers(till: Till, id: string, state: string) {
  impersonate(till, null)
  await till.watch()
  assert.equal((await till.view(id)).state, state)
  assert.deepEqual((await till.status()).distrusted, [])
  const sold = await till.begin('sale', goods(500))
  assert.equal(sold.body.state, 'registered')
  const { cash, skoCash } = await till.facts()
  assert.equal(cash, skoCash)
}

for (const [what, answer] of Object.entries(alone)) {
  test(`an impostor answers ${what}: nothing registered, printed or paid`, async () => {
    const till = await openShift()
    impersonate(till, answer)
    const { id, made } = await sellTo(till)
    assert.equal(made, 0)
    await recovers(till, id, 'failed')
  })
}

test('the answer to another operation, recorded with its proof, is none to this one', async () => {
  const till = await openShift()
  const recorded: Delivered[] = []
  impersonate(till, async (request, real) => {
    const got = await real(request)
    recorded.push(got)
    return got
  })
  await till.begin('sale', goods(500))
  await till.print()
  impersonate(till, () => recorded[0] ?? null)
  const { id, made } = await sellTo(till)
  assert.equal(made, 0)
  await recovers(till, id, 'failed')
})

/** Whoever stands between the two, and alters what he likes. */
const between: Record<string, Impostor> = {
  'turns a document into a refusal': async (request, real) => {
    const got = await real(request)
    const refused = json({ name: 'TIN_ZERO_SUM', description: 'x' }, 'error')
    assert.ok(got && got !== 'lost' && refused && refused !== 'lost')
    return { ...got, body: refused.body }
  },
  'says that it was too busy to be asked': async (request, real) => {
    await real(request)
    return { status: 404, body: '' }
  },
  'asks twice and hands on the second answer': async (request, real) => {
    await real(request)
    return real(request)
  },
}

for (const [what, answer] of Object.entries(between)) {
  test(`somebody between ${what}: the document is found, not made anew`, async () => {
    const till = await openShift()
    impersonate(till, answer)
    const { id, made } = await sellTo(till)
    assert.equal(made, 1)
    await recovers(till, id, 'registered')
  })
}

test('a command that was changed on its way makes nothing', async () => {
  const till = await openShift()
  impersonate(till, (request, real) =>
    real({ ...request, body: request.body?.replace('"5.00"', '"1.00"') }),
  )
  const number = till.device.number()
  const { id, state } = (await till.begin('sale', goods(500))).body
  // What is asked of it goes through: the device has it not, and never will.
  assert.equal(state, 'failed')
  assert.equal(till.device.number(), number)
  await recovers(till, id, 'failed')
})

test('a document that somebody makes up in the operator’s place is not believed', async () => {
  const till = await openShift()
  till.set({ skoSilent: true })
  const { id } = (await till.begin('sale', goods(500))).body
  till.impersonate({
    at: 'inquiry',
    answer: ({ path }) => {
      const operation = /outcome\/([^?]+)/.exec(path)?.[1]
      if (operation === undefined) return { status: 200, body: '{"acknowledged":0}' }
      const { document: sealed } = madeUp(operation, 500) as { document: object }
      return { status: 200, body: JSON.stringify({ verdict: 'done', sealed }) }
    },
  })
  await till.watch()
  await till.print()
  assert.equal((await till.view(id)).state, 'red')
  assert.deepEqual((await till.status()).distrusted, ['operator'])
  till.impersonate(null)
  till.set({ skoSilent: false })
  await till.watch()
  assert.equal((await till.view(id)).state, 'failed')
})
