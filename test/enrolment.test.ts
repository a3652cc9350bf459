import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { client, type Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { skoApi } from '#core/api/sko.ts'
import { attest, type Pairing } from '#core/operator/statement.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { inProcess } from '#services/operator/suite-ground.ts'
import { openTillFiles } from '#services/register/enrolment.ts'
import { openPairing } from '#services/register/links/pairing.ts'
import { agreementHalf, newDeviceKey, sharedSecret } from '#services/runtime/device-keys.ts'
import { writeWhole } from '#services/runtime/durable-file.ts'
import { openEnrolling } from '#services/runtime/enrolling.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { makeDevices } from '#services/sko/enrolments.ts'
import { openKeys } from '#services/sko/keys.ts'
import { openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aClock, anIssuer } from './fixtures.ts'
import { newPostgres } from './server-postgres.ts'
import { provenPost } from './tsrv-client.ts'

// Device and till on the disks of two machines, an operator that is the real one, and a person who
// confirms every code that she sees. Whoever is killed begins anew from its disk.

const OPERATOR_KEYS = 'the operator’s keys'
const OFFICE = { url: 'http://office.example', keys: 'the office’s keys' }
let db: Postgres
let app: Awaited<ReturnType<typeof openOperator>>['app']
let cabinet: Client<typeof operatorCabinetApi>
const clock = aClock()
const { unp, company } = anIssuer()
let register = 210_000_000

before(async () => {
  db = await newPostgres('operator')
  const signing = { key: operatorKey, verify: believesOperator }
  const told = {
    publicKeys: () => OPERATOR_KEYS,
    cabinetUrl: 'http://cabinet',
    office: () => OFFICE,
  }
  const opened = await openOperator({ db, clock, log: silentLog, ...signing, ...told })
  app = opened.app
  const email = 'client@demo.by'
  await sowOperator(db, {
    clients: [{ unp, company }],
    accounts: [{ email, password: 'demo', role: 'client', unp }],
    registers: [],
    devices: [],
  })
  cabinet = client(operatorCabinetApi, inProcess(app))
  await cabinet.signIn({ email, password: 'demo' })
})
after(() => db.close())

/** A register of the client's that nothing is connected to yet. */
async function aRegister(): Promise<number> {
  register += 1
  const registers = [{ registerNumber: register, unp, place: 'Магазин', address: 'Минск' }]
  await sowOperator(db, { clients: [], accounts: [], registers, devices: [] })
  return register
}

const aFolder = (t: { after: (work: () => void) => void }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-enrolment-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The process ends here, at the boundary of this number. */
class Killed extends Error {}
function boundaries(last: number) {
  let count = 0
  return {
    pass: () => {
      count += 1
      if (count === last) throw new Killed()
    },
    isPast: () => count >= last,
  }
}

type Boundaries = ReturnType<typeof boundaries>

const wire =
  (send: Send, { pass }: Boundaries): Send =>
  async (request) => {
    pass()
    const answer = await send(request)
    pass()
    return answer
  }

/** A life of the service over its folder: `steps` ask and poll. */
function startSko(folder: string, limits: Boundaries, wanted: string[] = []) {
  const store = openSkoStore(openSkoDb(join(folder, 'sko.sqlite')))
  const keys = openKeys(join(folder, 'keys'))
  makeDevices(join(folder, 'keys'), { wanted, store, keys })
  limits.pass()
  const keepKeys = (pem: string) => {
    limits.pass()
    writeWhole(join(folder, 'operator-keys.pem'), pem)
    limits.pass()
  }
  const steps: (() => Promise<unknown>)[] = []
  const stopped = { stop: async () => {}, wake: () => {} }
  const sko = openSko({
    store,
    keys,
    joining: Object.assign({ pin: 'no hash', keepKeys }, keys),
    send: wire(inProcess(app), limits),
    verify: believesOperator,
    now: clock.now,
    elapsed: clock.elapsed,
    chance: () => 0,
    repeat: (work) => {
      steps.push(work)
      return stopped
    },
    log: silentLog,
  })
  sko.start()
  const api = client(skoApi, inProcess(sko.app))
  const waiting = async () => {
    const answer = await api.enrolment({})
    return answer.kind === 'done' ? answer.value.waiting : assert.fail(answer.kind)
  }
  return { app: sko.app, store, steps, waiting, stop: sko.stop, keys }
}

async function confirm(code: string, serial: string, to: number): Promise<string> {
  const answer = await cabinet.confirmEnrolment({ code, serial, register: to })
  return answer.kind === 'refused' ? answer.code : answer.kind
}

/** Lives after lives until the device is at work; the person confirms what she sees. */
async function connectSko(folder: string, to: number, limits: Boundaries) {
  for (let life = 0; life < 5; life++) {
    let sko: ReturnType<typeof startSko> | null = null
    try {
      sko = startSko(folder, limits)
      for (let step = 0; step < 6; step++) {
        await sko.steps[0]?.()
        const [asking] = await sko.waiting()
        if (!asking) return sko
        if (asking.code !== null) await confirm(asking.code, asking.serial, to)
      }
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      await sko?.stop()
    }
  }
  return assert.fail('the device never came to be at work')
}

test('wherever the service is killed, its device comes to be connected, once', async (t) => {
  let kills = 0
  for (let at = 1; ; at++) {
    const [folder, to, limits] = [aFolder(t), await aRegister(), boundaries(at)]
    const sko = await connectSko(folder, to, limits)
    const rows = await db.query<{ device: string }>(
      'select device from device where register = $1',
      [to],
    )
    const [serial = ''] = sko.store.serials()
    assert.deepEqual(rows, [{ device: serial }], `killed at ${at}`)
    assert.deepEqual(sko.store.device(serial)?.device.issuer, {
      company,
      unp,
      place: 'Магазин',
      address: 'Минск',
      registerNumber: to,
      device: serial,
    })
    assert.equal(readFileSync(join(folder, 'operator-keys.pem'), 'utf8'), OPERATOR_KEYS)
    await sko.stop()
    if (!limits.isPast()) break
    kills += 1
  }
  assert.ok(kills >= 7, `${kills}`)
})

test('devices that are wanted are made once, and one pulled out is not made anew', async (t) => {
  const folder = aFolder(t)
  const wanted = ['AVQ1', 'AVQ2'].map((each) => `${each}${folder.slice(-6)}`.replace(/\W/g, 'X'))
  const [first = '', second = ''] = wanted
  const never = boundaries(Number.POSITIVE_INFINITY)
  const one = startSko(folder, never, wanted)
  assert.deepEqual((await one.waiting()).map(({ serial }) => serial).toSorted(), wanted.toSorted())
  const key = one.keys.privateKey(first)
  await one.steps[0]?.()
  await one.steps[1]?.()
  for (const { serial, code } of await one.waiting()) {
    assert.equal(await confirm(code ?? '', serial, await aRegister()), 'done')
  }
  await one.steps[0]?.()
  await one.steps[1]?.()
  assert.deepEqual(await one.waiting(), [])
  await one.stop()
  rmSync(join(folder, 'keys', `${second}.pem`))
  const two = startSko(folder, never, wanted)
  assert.equal(two.keys.privateKey(first), key)
  assert.equal(two.keys.privateKey(second), null)
  await two.stop()
})

test('a service whose store is gone does not give its numbers out a second time', async (t) => {
  const [folder, to] = [aFolder(t), await aRegister()]
  const never = boundaries(Number.POSITIVE_INFINITY)
  const sko = await connectSko(folder, to, never)
  const [serial = ''] = sko.store.serials()
  await sko.stop()
  await db.query('update device set number = 3 where device = $1', [serial])
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `sko.sqlite${end}`), { force: true })
  const anew = startSko(folder, never)
  await anew.steps[0]?.()
  await anew.steps[0]?.()
  const [asking] = await anew.waiting()
  assert.deepEqual([asking?.state, asking?.why], ['rejected', 'enrolment.store-lost'])
  assert.deepEqual(anew.store.serials(), [])
  await anew.stop()
})

/** The device makes a document, for a till that the operator has signed. */
async function openShift(sko: ReturnType<typeof startSko>, device: string, registerNumber: number) {
  const key = newDeviceKey()
  const agreement = agreementHalf(key)
  const pairing = { says: 'paired', device, registerNumber, till: 'K-1', agreement, at: 1 } as const
  const shown = await client(skoApi, inProcess(sko.app)).pair(attest(pairing, operatorKey))
  assert.equal(shown.kind, 'done')
  const half = agreementHalf(sko.keys.privateKey(device) ?? '')
  const secret = sharedSecret(key, half, device) ?? assert.fail('no secret')
  const headers = { action: 'open_shift', token: device }
  const message = { type: 'send', address: 'ik.service.token.shift', headers }
  const answer = await provenPost(sko.app, { asker: device, secret })(JSON.stringify(message))
  assert.notEqual(answer.type, 'error', JSON.stringify(answer))
}

test('an operator that has lost its books is asked again, and gets the documents', async (t) => {
  const [folder, to] = [aFolder(t), await aRegister()]
  const never = boundaries(Number.POSITIVE_INFINITY)
  const sko = await connectSko(folder, to, never)
  const [serial = ''] = sko.store.serials()
  await openShift(sko, serial, to)
  await sko.stop()
  await db.query('delete from enrolment where register = $1', [to])
  await db.query('delete from device where device = $1', [serial])
  const again = startSko(folder, never)
  const [carry, look] = again.steps
  await carry?.()
  await look?.()
  const ask = again.steps.at(-1)
  await ask?.()
  const [asking] = await again.waiting()
  assert.equal(await confirm(asking?.code ?? '', serial, to), 'done')
  await ask?.()
  assert.deepEqual(await again.waiting(), [])
  await carry?.()
  await carry?.()
  const rows = await db.query('select device, number from device where register = $1', [to])
  assert.deepEqual(rows, [{ device: serial, number: 1 }])
  assert.equal(again.store.device(serial)?.device.issuer.registerNumber, to)
  await again.stop()
})

/** A life of a till that asks; what it keeps lies in its folder. */
function startTill(folder: string, limits: Boundaries) {
  const files = openTillFiles(folder)
  const [serial, privateKey] = [files.serial(), files.privateKey()]
  limits.pass()
  const enrolling = openEnrolling({
    send: wire(inProcess(app), limits),
    kind: 'register',
    serial,
    privateKey,
    elapsed: clock.elapsed,
    chance: () => 0,
    enrolled: files.keep,
    log: silentLog,
  })
  return { files, serial, enrolling }
}

async function connectTill(folder: string, to: number, limits: Boundaries) {
  for (let life = 0; life < 6; life++) {
    try {
      const { files, serial, enrolling } = startTill(folder, limits)
      for (let step = 0; step < 4; step++) {
        if ((await enrolling.step()) === null) return files.read() ?? assert.fail('nothing is kept')
        const { code } = enrolling.view()
        if (code !== null) await confirm(code, serial, to)
      }
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }
  return assert.fail('the till never came to be connected')
}

test('wherever the till is killed, it is connected, and its device takes it', async (t) => {
  const to = await aRegister()
  const sko = await connectSko(aFolder(t), to, boundaries(Number.POSITIVE_INFINITY))
  const [serial = ''] = sko.store.serials()
  for (let at = 1; ; at++) {
    const limits = boundaries(at)
    const folder = aFolder(t)
    const own = await connectTill(folder, to, limits)
    assert.equal(own.device.serial, serial)
    assert.equal(readFileSync(join(folder, 'operator-keys.pem'), 'utf8'), OPERATOR_KEYS)
    assert.deepEqual(own.office, OFFICE)
    assert.equal(readFileSync(openTillFiles(folder).officeKeys, 'utf8'), OFFICE.keys)
    assert.equal(await openPairing(inProcess(sko.app), own, silentLog).step(), null)
    assert.equal(sko.store.device(serial)?.credential, sha256(own.credential))
    const ask = provenPost(sko.app, { asker: serial, secret: own.credential })
    const headers = { action: 'get_token_state', token: serial }
    const answer = await ask(JSON.stringify({ type: 'send', address: 'avqfr.sko', headers }))
    assert.notEqual(answer.type, undefined, 'the answer is proved')
    await db.query('delete from till where register = $1', [to])
    clock.advance(1000)
    if (!limits.isPast()) break
  }
  await sko.stop()
})

test('a till killed between its two files goes on', async (t) => {
  const to = await aRegister()
  const never = boundaries(Number.POSITIVE_INFINITY)
  const sko = await connectSko(aFolder(t), to, never)
  const folder = aFolder(t)
  writeFileSync(join(folder, 'operator-keys.pem'), OPERATOR_KEYS)
  assert.equal(openTillFiles(folder).read(), null)
  assert.equal((await connectTill(folder, to, never)).device.registerNumber, to)
  await sko.stop()
})

test('a device takes no till but the newest that its operator has signed', async (t) => {
  const to = await aRegister()
  const sko = await connectSko(aFolder(t), to, boundaries(Number.POSITIVE_INFINITY))
  const [device = ''] = sko.store.serials()
  const api = client(skoApi, inProcess(sko.app))
  const agreement = agreementHalf(newDeviceKey())
  const said: Pairing = {
    says: 'paired',
    device,
    registerNumber: to,
    till: 'K-1',
    agreement,
    at: 100,
  }
  const shown = async (change: Partial<Pairing>, key = operatorKey) => {
    const answer = await api.pair(attest({ ...said, ...change }, key))
    return answer.kind === 'refused' ? answer.code : answer.kind
  }
  const credential = () => sko.store.device(device)?.credential
  const forger = () => ({ key: operatorKey('').key, signature: 'Zm9yZ2Vk' })
  assert.equal(await shown({}, forger), 'pairing.refused')
  assert.equal(await shown({ device: 'ANOTHER' }), 'pairing.refused')
  assert.equal(await shown({ registerNumber: to + 1 }), 'pairing.refused')
  assert.equal(await shown({ agreement: 'no key' }), 'pairing.refused')
  assert.equal(credential(), null)
  assert.equal(await shown({}), 'done')
  const first = credential()
  assert.ok(first)
  assert.equal(await shown({}), 'done', 'shown again at each start')
  assert.equal(credential(), first)
  const newer = agreementHalf(newDeviceKey())
  assert.equal(await shown({ at: 200, till: 'K-2', agreement: newer }), 'done')
  assert.notEqual(credential(), first)
  assert.equal(await shown({}), 'pairing.refused', 'the till of before')
  await sko.stop()
})
