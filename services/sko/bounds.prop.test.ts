import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fiscalMessage, fiscalResponse, tokenState } from '#core/api/tsrv.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import { type Command, type Device, newDevice } from '#core/sko/device.ts'
import { isDeviceFault } from '#core/sko/faults.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { anyCommand, anyDevice } from '#test/extremes.ts'
import { anIssuer } from '#test/fixtures.ts'
import { header, item, provenPost } from '#test/tsrv-client.ts'

/** The service with one device, in whatever state it is given, commanded by its till. */
function aServiceWith(device: Device) {
  const token = device.issuer.device
  const store = openSkoStore(openSkoDb(':memory:'))
  store.enrol({ serial: token, device, pin: '', credential: sha256('secret') })
  const { app } = openSko({
    store,
    keys: { present: () => true, signer: () => () => 'c2lnbmVk', certificate: () => '' },
    chance: () => 0,
    log: silentLog,
    now: () => device.lastAt,
    elapsed: () => 0,
    send: async () => ({ unsent: 'no operator here' }),
    verify: believesOperator,
  })
  const post = provenPost(app, { asker: token, secret: 'secret' })
  const call = async (address: string, action: string, data?: unknown) => {
    const headers = { action, token }
    const answer = await post(JSON.stringify({ type: 'send', address, headers, data }))
    if (answer.type !== 'error') return { data: answer.data as unknown, fault: null }
    const { name } = answer.data as { name: string }
    assert.ok(isDeviceFault(name), name)
    return { data: null, fault: name }
  }
  return { call, close: store.close }
}

type Service = ReturnType<typeof aServiceWith>

/** Every answer of the service after a command: document, state and reports. */
async function checkAnswers({ call }: Service, command: Command): Promise<string | null> {
  const { address, action, data } = fiscalMessage(command)
  const made = await call(address, action, data)
  if (made.fault === null) {
    const { document } = fiscalResponse.parse(made.data)
    const body = JSON.parse(document.body)
    assert.deepEqual(fiscalDocument.parse(body), body)
  }
  const state = tokenState.parse((await call('ik.service.token', 'get_token_state')).data)
  assert.match(state.cash_in.BYN, /^\d{1,11}\.\d\d$/)
  const shift = 'ik.service.token.shift'
  const x = await call(shift, 'get_x_report')
  if (x.fault === null) assertReport(x.data)
  const z = await call(shift, 'get_z_report_copy', { number: 3 })
  if (z.data !== null) assertReport(z.data)
  return made.fault
}

function assertReport(report: unknown): void {
  const { currencyReports } = report as { currencyReports: [Record<string, unknown>] }
  for (const [name, value] of Object.entries(currencyReports[0])) {
    if (name === 'currency') continue
    const isCount = name.endsWith('Count')
    if (isCount) assert.ok(Number.isSafeInteger(value), `${name}: ${value}`)
    else assert.match(String(value), /^\d{1,14}\.\d\d$/, name)
  }
}

test('every answer of the service parses, whatever a device in any state is asked', async () => {
  const commands = fc.array(anyCommand, { minLength: 1, maxLength: 5 })
  let signed = 0
  await fc.assert(
    fc.asyncProperty(anyDevice, commands, async (device, all) => {
      const service = aServiceWith(device)
      for (const command of all) {
        if ((await checkAnswers(service, command)) === null) signed += 1
      }
      service.close()
    }),
    { numRuns: 60 },
  )
  assert.ok(signed > 0)
})

test('the largest document that the protocol allows fits the line to the operator', async () => {
  // What takes the most bytes once it is JSON within JSON.
  const name = '"'.repeat(128)
  const code = { value: '"'.repeat(64) }
  const large = { ...item, name, code, price: '1.00', tax_rate: 'tax20', markup: '1.00' }
  const items = Array.from({ length: 500 }, () => large)
  const service = aServiceWith(newDevice(anIssuer()))
  await service.call('ik.service.token.shift', 'open_shift')
  const payments = [{ payment_type: 'cash', value: '1000.00' }]
  const sale = { sale: { header, items, payments, cheque_discount: '0.00' } }
  const made = await service.call('ik.service.token.sales.retail', 'create_sale', sale)
  assert.equal(made.fault, null)
  const { document, number } = fiscalResponse.parse(made.data)
  const batch = JSON.stringify({ documents: [{ number, ...document }] })
  assert.ok(Buffer.byteLength(batch) <= 1_000_000, `${Buffer.byteLength(batch)} bytes`)
  service.close()
})
