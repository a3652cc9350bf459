import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { client } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { DAY, HOUR, minskDay } from '#core/time.ts'
import { isSignedFor } from '#core/updating/metadata.ts'
import type { Release } from '#core/updating/release.ts'
import { signRoot, signTargets } from '#core/updating/signing.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openReleaseKey, verifyHex } from '#services/runtime/release-keys.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { openOffice } from './app.ts'
import { sowOffice } from './seed.ts'
import { STAFF, visiting } from './suite-ground.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-office-releases-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const keyOf = (name: string) => openReleaseKey(join(folder, `${name}.pem`))
const roots = [1, 2, 3].map((n) => keyOf(`root-${n}`)) as [Key, Key, Key]
const targetsKey = keyOf('targets-1')
const online = keyOf('office')
type Key = ReturnType<typeof keyOf>

const clock = aClock()
const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`
const notes = { ru: 'Быстрее', be: 'Хутчэй', en: 'Faster' }
/** Longer than any other body may be, as an archive is. */
const bytes = Buffer.concat([Buffer.from('an archive'), Buffer.alloc(1_500_000)])
const aRelease = (version: string, more: Partial<Release> = {}): Release =>
  Object.assign(
    {
      version,
      path: `zpos-till-${version}-linux-x64.tar.gz`,
      sha256: sha256(bytes),
      length: bytes.length,
      platform: 'linux-x64',
      node: 24,
      notes,
    },
    more,
  )

const aRoot = (version = 1, signers: readonly Key[] = roots.slice(0, 2), own = roots) =>
  signRoot(
    { version, expires: utc(clock.now() + 365 * DAY), root: own, targets: [targetsKey], online },
    signers,
  )
const someTargets = (version: string, more: Partial<Release> = {}) =>
  signTargets(null, { release: aRelease(version, more), expires: utc(clock.now() + 90 * DAY) }, [
    targetsKey,
  ])

let db: Postgres
before(async () => {
  db = await newPostgres('office')
})
after(() => db.close())

/** Publishes these versions one after the other, whatever they hold. */
async function publishAll(...versions: readonly string[]): Promise<void> {
  await office.archive(bytes)
  let present: ReturnType<typeof someTargets> | null = null
  for (const version of versions) {
    const made = { release: aRelease(version), expires: utc(clock.now() + 90 * DAY) }
    present = signTargets(present?.signed ?? null, made, [targetsKey])
    assert.equal(await office.publish(present), 'done')
  }
}

/** An office with the first root, and one of its people. */
async function anOffice() {
  const { app } = await openOffice({
    db,
    clock,
    log: silentLog,
    key: operatorKey,
    verify: believesOperator,
    takesDemoPayments: true,
    releases: {
      folder: join(folder, 'archives'),
      key: online,
      firstRoot: () => JSON.stringify(aRoot()),
    },
  })
  await db.query('delete from release_file where role <> $1 or version > 1', ['root'])
  const accounts = [{ email: STAFF, password: 'demo', role: 'staff' as const }]
  await sowOffice(db, { tariffs: [], contracts: [], equipment: [], accounts })
  let cookie = ''
  const send = visiting(app)
  const staff = client(officeCabinetApi, send)
  const signed = await app.request('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email: STAFF, password: 'demo' }),
    headers: { 'content-type': 'application/json' },
  })
  cookie = signed.headers.get('set-cookie') ?? ''
  await staff.signIn({ email: STAFF, password: 'demo' })
  const archive = (body: Uint8Array<ArrayBuffer>) =>
    app.request('/api/archives', { method: 'POST', body, headers: { cookie } })
  const metadata = async (name: string) => {
    const answer = await app.request(`/releases/metadata/${name}`)
    return answer.status === 200 ? JSON.parse(await answer.text()) : null
  }
  const publish = async (file: object) => {
    const answer = await staff.publish({ metadata: JSON.stringify(file) })
    return answer.kind === 'invalid' ? answer.fault : answer.kind
  }
  return { app, staff, archive, metadata, publish }
}

let office: Awaited<ReturnType<typeof anOffice>>
beforeEach(async () => {
  office = await anOffice()
})

test('a signed release is published once its archive lies there', async () => {
  const { staff, archive, publish, metadata, app } = office
  assert.equal(await publish(someTargets('0.9.9', { sha256: 'b'.repeat(64) })), 'release-archive')
  assert.equal(await metadata('timestamp.json'), null)
  assert.equal((await archive(bytes)).status, 200)
  assert.equal(await publish(someTargets('0.2.0')), 'done')
  const timestamp = await metadata('timestamp.json')
  const snapshot = await metadata(`${timestamp.signed.meta['snapshot.json'].version}.snapshot.json`)
  assert.equal(snapshot.signed.meta['targets.json'].version, 1)
  for (const [role, file] of [['timestamp', timestamp] as const, ['snapshot', snapshot] as const]) {
    assert.ok(isSignedFor(aRoot().signed, role, { file, verify: verifyHex }))
  }
  const listed = await staff.releases({})
  assert.ok(listed.kind === 'done')
  assert.deepEqual(
    listed.value.releases.map(({ version, notes: told }) => [version, told.be]),
    [['0.2.0', 'Хутчэй']],
  )
  const got = await app.request('/releases/archives/zpos-till-0.2.0-linux-x64.tar.gz')
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), bytes)
})

test('an archive that was cut goes on from where it was', async () => {
  const { archive, publish, app } = office
  await archive(bytes)
  await publish(someTargets('0.2.0'))
  const path = '/releases/archives/zpos-till-0.2.0-linux-x64.tar.gz'
  const past = `bytes=${bytes.length}-`
  const rest = await app.request(path, { headers: { range: 'bytes=3-' } })
  assert.equal(rest.status, 206)
  assert.deepEqual(Buffer.from(await rest.arrayBuffer()), bytes.subarray(3))
  assert.equal((await app.request(path, { headers: { range: past } })).status, 416)
  assert.equal((await app.request('/releases/archives/other')).status, 404)
})

test('targets of a wrong key, an old version, expired or altered are not published', async () => {
  const { archive, publish } = office
  await archive(bytes)
  const made = { release: aRelease('0.2.0'), expires: utc(clock.now() + DAY) }
  assert.equal(await publish(signTargets(null, made, [online])), 'release-unsigned')
  const altered = someTargets('0.2.0')
  altered.signed.version = 7
  assert.equal(await publish(altered), 'release-unsigned')
  const past = { release: aRelease('0.2.0'), expires: utc(clock.now() - DAY) }
  assert.equal(await publish(signTargets(null, past, [targetsKey])), 'release-expired')
  assert.equal(await publish(someTargets('0.2.0')), 'done')
  assert.equal(await publish(someTargets('0.3.0')), 'release-not-next')
  assert.equal(await publish({ any: 'thing' }), 'malformed')
})

test('a new root takes two of the old keys and two of the new', async () => {
  const { publish, metadata } = office
  const [first, second, third] = roots
  const fresh = keyOf('root-4')
  // The third key was lost: it is replaced by the other two.
  const own = [first, second, fresh] as [Key, Key, Key]
  assert.equal(await publish(aRoot(2, [first, fresh], own)), 'release-unsigned')
  assert.equal(await publish(aRoot(2, [third, first], own)), 'release-unsigned')
  assert.equal(await publish(aRoot(3, [first, second], own)), 'release-not-next')
  assert.equal(await publish(aRoot(2, [first, second], own)), 'done')
  assert.equal((await metadata('2.root.json')).signed.version, 2)
  assert.equal((await metadata('1.root.json')).signed.version, 1)
})

test('the timestamp is signed anew within the hour, and lasts a day', async () => {
  const { archive, publish, metadata } = office
  await archive(bytes)
  await publish(someTargets('0.2.0'))
  const first = (await metadata('timestamp.json')).signed
  assert.equal((await metadata('timestamp.json')).signed.version, first.version)
  clock.advance(HOUR)
  const second = (await metadata('timestamp.json')).signed
  assert.equal(second.version, first.version + 1)
  assert.ok(Date.parse(second.expires) - clock.now() > DAY - HOUR)
  assert.deepEqual(second.meta, first.meta)
})

test('a version is required from its day on, and the taking back takes back all', async () => {
  const { staff } = office
  const required = async () => {
    const answer = await staff.requiredVersion({})
    assert.ok(answer.kind === 'done')
    return answer.value
  }
  await publishAll('0.2.0', '0.10.0')
  await staff.requireVersion({ version: '0.2.0', from: null })
  await staff.requireVersion({ version: '0.10.0', from: utc(clock.now() + 2 * DAY).slice(0, 10) })
  assert.equal((await required()).version, '0.2.0')
  assert.equal((await required()).ahead.length, 1)
  clock.advance(2 * DAY)
  await staff.signIn({ email: STAFF, password: 'demo' })
  assert.deepEqual(await required(), { version: '0.10.0', ahead: [] })
  await staff.requireVersion({ version: null })
  assert.deepEqual(await required(), { version: null, ahead: [] })
})

test('only what is published can be required, from a day that has not passed', async () => {
  const { staff } = office
  const faultOf = async (asked: Parameters<typeof staff.requireVersion>[0]) => {
    const answer = await staff.requireVersion(asked)
    return answer.kind === 'invalid' ? `${answer.field} ${answer.fault}` : answer.kind
  }
  const day = (days: number) => minskDay(clock.now() + days * DAY)
  assert.equal(await faultOf({ version: '0.2.0' }), 'version version-unpublished')
  await publishAll('0.2.0', '0.3.0')
  for (const version of ['9.0.0', '0.2.1', '0.1']) {
    assert.equal(await faultOf({ version }), 'version version-unpublished', version)
  }
  assert.equal(await faultOf({ version: '0.2.0', from: day(-1) }), 'from day-past')
  assert.equal(await faultOf({ version: null, from: day(1) }), 'from malformed')
  const kept = await staff.requiredVersion({})
  assert.deepEqual(kept.kind === 'done' && kept.value, { version: null, ahead: [] })
  assert.equal(await faultOf({ version: '0.2', from: day(0) }), 'done')
  assert.equal(await faultOf({ version: '0.3.0', from: day(1) }), 'done')
  // No till can fetch what an expired list names; what was required can be taken back all the same.
  clock.advance(91 * DAY)
  await staff.signIn({ email: STAFF, password: 'demo' })
  assert.equal(await faultOf({ version: '0.3.0' }), 'version version-stale')
  assert.equal(await faultOf({ version: null }), 'done')
})

test('a list that no till could meet a requirement from is not published', async () => {
  const { staff } = office
  await publishAll('0.2.0', '0.3.0')
  assert.equal((await staff.requireVersion({ version: '0.3.0' })).kind, 'done')
  const present = await office.metadata('2.targets.json')
  const without = (version: string) =>
    signTargets(
      Object.assign({}, present.signed, { targets: {} }),
      { release: aRelease(version), expires: utc(clock.now() + 90 * DAY) },
      [targetsKey],
    )
  assert.equal(await office.publish(without('0.2.0')), 'release-required')
  assert.equal(await office.publish(without('0.4.0')), 'done', 'a newer one will do')
  assert.equal((await staff.requireVersion({ version: null })).kind, 'done')
})
