import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { client, type Send } from '#core/api/client.ts'
import type { Client } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import { MINUTE } from '#core/time.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { codeOf, inProcess } from '#services/operator/suite-ground.ts'
import { deviceKeysIn, openDeviceKeys } from '#services/register/links/device-keys.ts'
import { openSeals } from '#services/register/links/seal.ts'
import { openSkoLink } from '#services/register/links/sko.ts'
import { newDeviceKey, publicHalf } from '#services/runtime/device-keys.ts'
import { announcement } from '#services/runtime/key-changes.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { layNextKey, openKeys } from '#services/sko/keys.ts'
import { enrol, openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aClock } from './fixtures.ts'
import { newPostgres } from './server-postgres.ts'
import { aClient, deposit, overApp, provenPost } from './tsrv-client.ts'

// A device changes its key (0049) between its till and the operator, the real ones all three.

const unp = '191000002'
const clock = aClock()
let db: Postgres
let app: Awaited<ReturnType<typeof openOperator>>['app']
let api: Client<typeof operatorApi>
let count = 0

before(async () => {
  db = await newPostgres('operator')
  const signing = { key: operatorKey, verify: believesOperator }
  app = (await openOperator({ db, clock, log: silentLog, ...signing })).app
  api = client(operatorApi, inProcess(app))
})
after(() => db.close())

/** A device at work, by the folder of its service, and its till's own. */
async function aDevice(t: { after: (work: () => void) => void }) {
  count += 1
  const [serial, registerNumber] = [`VSK${count}KEYS`, 220_000_000 + count]
  const folder = mkdtempSync(join(tmpdir(), 'zpos-device-key-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'keys'))
  const path = join(folder, 'keys', `${serial}.pem`)
  writeFileSync(path, newDeviceKey())
  const publicKey = publicHalf(readFileSync(path, 'utf8'))
  await sowOperator(db, {
    clients: [{ unp, company: 'ООО' }],
    accounts: [],
    registers: [{ registerNumber, unp, place: 'Магазин', address: 'Минск' }],
    devices: [{ serial, registerNumber, publicKey }],
  })
  const store = openSkoStore(openSkoDb(join(folder, 'sko.sqlite')))
  const issuer = { company: 'ООО', unp, place: 'Магазин', address: 'Минск' }
  const credentialSha256 = sha256('secret')
  await enrol(store, [{ serial, registerNumber, pin: '1234', credentialSha256, ...issuer }])
  const line = { isWhole: true, loses: false }
  const send: Send = async (request) => {
    if (!line.isWhole) return { unsent: 'the line is cut' }
    const answer = await inProcess(app)(request)
    return line.loses && request.path.endsWith('/keys') ? { lost: 'the answer' } : answer
  }
  const start = () => startService({ serial, folder, send, store })
  const own = { serial, unp, registerNumber, publicKey }
  return { serial, path, folder, line, start, own, store }
}

type Folder = { serial: string; folder: string; send: Send; store: ReturnType<typeof openSkoStore> }

/** A life of the service: `turn` does once whatever it does by itself. */
function startService({ serial, folder, send, store }: Folder) {
  const keys = openKeys(join(folder, 'keys'))
  const steps: (() => Promise<unknown>)[] = []
  const sko = openSko({
    store,
    keys,
    send,
    verify: believesOperator,
    now: clock.now,
    elapsed: clock.elapsed,
    chance: () => 0,
    repeat: (work) => {
      steps.push(work)
      return { stop: async () => {}, wake: () => {} }
    },
    log: silentLog,
  })
  sko.start()
  const { ok } = aClient(serial, provenPost(sko.app, { asker: serial, secret: 'secret' }))
  return {
    app: sko.app,
    turn: async () => {
      clock.advance(10 * MINUTE)
      for (const step of steps) await step()
    },
    open: () => ok('open_shift'),
    deposit: async (documents: number) => {
      for (let i = 0; i < documents; i++) await ok('create_deposit', deposit('1.00'))
    },
  }
}

type Service = ReturnType<typeof startService>

/** A life of the till over its folder. */
function startTill(
  { own, folder }: Pick<Awaited<ReturnType<typeof aDevice>>, 'own' | 'folder'>,
  service: Service,
) {
  const keys = openDeviceKeys(own, { kept: deviceKeysIn(folder), log: silentLog })
  const link = openSkoLink({
    send: overApp(service.app),
    token: own.serial,
    credential: 'secret',
    seals: openSeals(own, keys.keyAt),
    keysHeard: keys.heard,
    holder: () => null,
    checked: () => {},
    clock,
    log: silentLog,
  })
  return {
    hear: () => link.state(),
    /** Numbers of documents, up to this one, that it does not believe. */
    disbelieved: async (last: number) => {
      const numbers = Array.from({ length: last }, (_, i) => i + 1)
      const shown = await Promise.all(numbers.map((number) => link.document(number)))
      return numbers.filter((_, i) => shown[i] === null)
    },
  }
}

const heldOf = async (device: string): Promise<number> => {
  const answer = await api.head({ device })
  return answer.kind === 'done' ? answer.value.acknowledged : assert.fail(answer.kind)
}

test('a device changes its key at work: each document has the key of its number', async (t) => {
  const device = await aDevice(t)
  let service = device.start()
  await service.open()
  await service.deposit(4)
  const till = startTill(device, service)
  await till.hear()
  assert.ok(layNextKey(device.path))
  assert.equal(layNextKey(device.path), false, 'one at a time')
  await service.turn()
  await till.hear()
  await service.deposit(40)
  assert.deepEqual(await till.disbelieved(45), [])
  const former = openSeals(device.own)
  const signed = device.store.byNumber(device.serial, 45)
  assert.ok(signed)
  assert.deepEqual(former(signed, { number: 45 }), { fault: 'seal' }, 'by the new key')
  await service.turn()
  assert.equal(await heldOf(device.serial), 45)
  // Killed and begun anew, both know what there was, and the next key follows the second.
  service = device.start()
  const later = startTill(device, service)
  assert.deepEqual(await later.disbelieved(45), [])
  assert.ok(layNextKey(device.path))
  await service.turn()
  await later.hear()
  await service.deposit(40)
  assert.deepEqual(await later.disbelieved(85), [])
  await service.turn()
  assert.equal(await heldOf(device.serial), 85)
  await service.turn()
  const [row] = await db.query<{ made: number }>('select made from device where device = $1', [
    device.serial,
  ])
  assert.equal(row?.made, 85, 'it tells of itself by the new key')
})

test('an operator that was away, or whose answer was lost, is told before documents', async (t) => {
  const device = await aDevice(t)
  device.line.isWhole = false
  const first = device.start()
  await first.open()
  layNextKey(device.path)
  await first.turn()
  await first.deposit(40)
  device.line.isWhole = true
  device.line.loses = true
  await first.turn()
  const service = device.start()
  device.line.loses = false
  await service.turn()
  await service.turn()
  assert.equal(await heldOf(device.serial), 41)
})

test('an operator that was put back is told again', async (t) => {
  const device = await aDevice(t)
  const service = device.start()
  await service.open()
  layNextKey(device.path)
  await service.turn()
  await service.deposit(40)
  await service.turn()
  assert.equal(await heldOf(device.serial), 41)
  const first = device.store.hashAt(device.serial, 1)
  await db.query('delete from document where device = $1 and number > 1', [device.serial])
  await db.query(`update device set number = 1, hash = $2, key_changes = '[]' where device = $1`, [
    device.serial,
    first,
  ])
  await service.deposit(1)
  for (let turn = 0; turn < 5; turn++) await service.turn()
  assert.equal(await heldOf(device.serial), 42)
})

test('a device that was put back announces no key ahead of an announced one', async (t) => {
  const device = await aDevice(t)
  const keys = openKeys(join(device.folder, 'keys'))
  for (const number of [100, 50]) {
    layNextKey(device.path)
    keys.announce(device.serial, number)
  }
  const starts = keys.changes(device.serial).map(({ change }) => change.from)
  assert.deepEqual(starts, [121, 121])
})

test('killed at any step of a change, till, device and operator go on', async (t) => {
  for (const killedAt of ['before it is laid', 'laid', 'announced', 'heard by the till']) {
    const device = await aDevice(t)
    const first = device.start()
    await first.open()
    if (killedAt === 'before it is laid') {
      const dies = () => {
        throw new Error('killed')
      }
      assert.throws(() => layNextKey(device.path, dies), /killed/)
    }
    assert.ok(layNextKey(device.path))
    if (killedAt !== 'laid' && killedAt !== 'before it is laid') await first.turn()
    if (killedAt === 'heard by the till') await startTill(device, first).hear()
    const service = device.start()
    const till = startTill(device, service)
    await service.turn()
    await till.hear()
    await service.deposit(40)
    await service.turn()
    assert.deepEqual(await till.disbelieved(41), [], killedAt)
    assert.equal(await heldOf(device.serial), 41, killedAt)
  }
})

test('an announcement of before changes nothing, and a former key names nobody', async (t) => {
  const device = await aDevice(t)
  const service = device.start()
  await service.open()
  const stolen = readFileSync(device.path, 'utf8')
  const former = openKeys(join(device.folder, 'keys')).changes(device.serial)
  assert.deepEqual(former, [])
  layNextKey(device.path)
  await service.turn()
  await service.deposit(40)
  await service.turn()
  const known = openKeys(join(device.folder, 'keys')).changes(device.serial)
  const tell = (changes: typeof known) => api.followKeys({ device: device.serial, changes })
  assert.equal((await tell(known)).kind, 'done')
  const owner = `device ${device.serial}` as const
  const forged = announcement({ owner, from: 90, until: 90 }, stolen, newDeviceKey())
  assert.deepEqual(codeOf(await tell([forged])), 'seal.broken')
  assert.deepEqual(codeOf(await tell([...known, forged])), 'seal.broken')
  const strange = announcement({ owner, from: 90, until: 90 }, newDeviceKey(), newDeviceKey())
  assert.deepEqual(codeOf(await tell([strange])), 'seal.broken')
  await service.deposit(1)
  await service.turn()
  assert.equal(await heldOf(device.serial), 42)
})
