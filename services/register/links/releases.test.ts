import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { DAY } from '#core/time.ts'
import {
  type SignedFile,
  type SnapshotFile,
  SPEC_VERSION,
  signFile,
  type TimestampFile,
} from '#core/updating/metadata.ts'
import { newerRelease, type Release } from '#core/updating/release.ts'
import { signRoot, signTargets } from '#core/updating/signing.ts'
import { fetchFile } from '#services/runtime/fetch-file.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openReleaseKey } from '#services/runtime/release-keys.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { httpSend } from '#services/runtime/send.ts'
import { openReleaseLink } from './releases.ts'

const scratch = mkdtempSync(join(tmpdir(), 'zpos-till-releases-'))
const keyOf = (name: string) => openReleaseKey(join(scratch, `${name}.pem`))
type Key = ReturnType<typeof keyOf>
const roots = [1, 2, 3].map((n) => keyOf(`root-${n}`))
const targetsKey = keyOf('targets')
const online = keyOf('online')
const stolen = keyOf('stolen')

const NOW = Date.now()
const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`
const bytes = Buffer.alloc(200_000, 'the programs ')
const notes = { ru: 'а', be: 'б', en: 'c' }
const release = (version: string, body = bytes): Release => ({
  version,
  path: `zpos-till-${version}.tar.gz`,
  sha256: sha256(body),
  length: body.length,
  platform: 'linux-x64',
  node: 24,
  notes,
})

/** What the office serves: files by their names, and archives. */
const served = {
  files: new Map<string, string | Buffer>(),
  /** Bytes of an answer after which nothing more comes, until somebody cuts the line. */
  cutAfter: Number.POSITIVE_INFINITY,
  ranges: [] as string[],
  cut: () => {},
  isDown: false,
}
const server: Server = createServer((request, response) => {
  const name = (request.url ?? '').split('/').at(-1) ?? ''
  const body = served.files.get(name)
  if (served.isDown) return void response.destroy()
  if (body === undefined) return void response.writeHead(404).end()
  const whole = Buffer.from(body)
  const { range = '' } = request.headers
  if (range !== '') served.ranges.push(range)
  const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0)
  const rest = whole.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
  if (rest.length <= served.cutAfter) return void response.end(rest)
  served.cut = () => response.destroy()
  response.write(rest.subarray(0, served.cutAfter))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
const send = httpSend(base, { deadlineMs: 20_000 })
after(() => {
  send.close()
  server.close()
  rmSync(scratch, { recursive: true, force: true })
})

type Made = {
  targets?: ReturnType<typeof signTargets>
  versions?: number
  until?: number
  by?: Key
}

const aRoot = (
  version: number,
  { signers = roots, own = roots, release: by = targetsKey } = {},
) => {
  const expires = utc(NOW + 365 * DAY)
  return signRoot({ version, expires, root: own, targets: [by], online }, signers)
}
const theTargets = (version: string, number = 1, by = targetsKey) => {
  const made = signTargets(null, { release: release(version), expires: utc(NOW + 90 * DAY) }, [])
  made.signed.version = number
  return signFile(made.signed, [by])
}

/** Publishes as the office would: targets, and a snapshot and a timestamp over them. */
function publish({ targets = theTargets('0.2.0'), versions = 1, until = DAY, by = online }: Made) {
  const entry = (version: number, text: string) => ({
    version,
    length: Buffer.byteLength(text),
    hashes: { sha256: sha256(text) },
  })
  const common = { spec_version: SPEC_VERSION, version: versions, expires: utc(NOW + until) }
  const text = JSON.stringify(targets)
  const snapshot: SignedFile<SnapshotFile> = signFile(
    Object.assign({ _type: 'snapshot' as const }, common, {
      meta: { 'targets.json': entry(targets.signed.version, text) },
    }),
    [by],
  )
  const told = JSON.stringify(snapshot)
  const timestamp: SignedFile<TimestampFile> = signFile(
    Object.assign({ _type: 'timestamp' as const }, common, {
      meta: { 'snapshot.json': entry(versions, told) },
    }),
    [by],
  )
  served.files.set(`${targets.signed.version}.targets.json`, text)
  served.files.set(`${versions}.snapshot.json`, told)
  served.files.set('timestamp.json', JSON.stringify(timestamp))
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'till-'))
  served.files.clear()
  Object.assign(served, { cutAfter: Number.POSITIVE_INFINITY, ranges: [], isDown: false })
})

const aTill = (firstRoot = JSON.stringify(aRoot(1))) =>
  openReleaseLink({ send, base, folder, firstRoot, log: silentLog })
const { signal } = new AbortController()
const telling = (told: (bytes: number) => void = () => {}) => ({ told, signal })
const heardBy = async (link = aTill()) => {
  const heard = await link.ask()
  return heard.is === 'heard' ? heard.releases.map(({ version }) => version).join() : heard.is
}

test('what was signed is told, and is known on when the office is silent', async () => {
  publish({})
  assert.equal(await heardBy(), '0.2.0')
  served.isDown = true
  const link = aTill()
  assert.equal(await heardBy(link), 'silent')
  assert.deepEqual(link.known(), [release('0.2.0')])
})

test('an office that has published nothing is not silent; one that hides it is', async () => {
  assert.equal(await heardBy(), '')
  publish({})
  assert.equal(await heardBy(), '0.2.0')
  served.files.clear()
  assert.equal(await heardBy(), 'silent')
})

test('a wrong key, an altered file and a foreign office are not believed', async () => {
  publish({ targets: theTargets('0.2.0', 1, stolen) })
  assert.equal(await heardBy(), 'distrusted')
  publish({ by: stolen })
  assert.equal(await heardBy(), 'distrusted')
  publish({})
  const text = String(served.files.get('1.targets.json'))
  served.files.set('1.targets.json', text.replace('0.2.0', '0.3.0'))
  assert.equal(await heardBy(), 'distrusted')
  assert.deepEqual(aTill().known(), [])
})

test('nothing goes back behind what was believed once: rollback', async () => {
  publish({ targets: theTargets('0.3.0', 5), versions: 5 })
  assert.equal(await heardBy(), '0.3.0')
  publish({ targets: theTargets('0.2.0', 4), versions: 4 })
  assert.equal(await heardBy(), 'distrusted')
  // Only the targets are older, under a timestamp that is newer.
  publish({ targets: theTargets('0.2.0', 4), versions: 6 })
  assert.equal(await heardBy(), 'distrusted')
  assert.deepEqual(
    aTill()
      .known()
      .map(({ version }) => version),
    ['0.3.0'],
  )
})

test('a frozen repository is noticed when its timestamp has expired', async () => {
  publish({ until: -DAY })
  assert.equal(await heardBy(), 'expired')
  publish({ versions: 2 })
  assert.equal(await heardBy(), '0.2.0')
})

test('parts of different times are not mixed: mix and match', async () => {
  publish({ targets: theTargets('0.2.0', 1), versions: 1 })
  const old = served.files.get('1.snapshot.json') ?? ''
  publish({ targets: theTargets('0.3.0', 2), versions: 2 })
  served.files.set('2.snapshot.json', old)
  assert.equal(await heardBy(), 'distrusted')
})

test('two of three replace a lost key, and what the old one signs counts no more', async () => {
  publish({})
  assert.equal(await heardBy(), '0.2.0')
  const fresh = keyOf('targets-2')
  const own = [...roots.slice(0, 2), keyOf('root-4')]
  served.files.set('2.root.json', JSON.stringify(aRoot(2, { own, release: fresh })))
  publish({ targets: theTargets('6.6.6', 2, targetsKey), versions: 2 })
  assert.equal(await heardBy(), 'distrusted')
  publish({ targets: theTargets('0.3.0', 3, fresh), versions: 3 })
  assert.equal(await heardBy(), '0.3.0')
})

test('one stolen root key makes no root', async () => {
  publish({})
  const forged = aRoot(2, { signers: roots.slice(0, 1), own: [stolen, stolen, stolen] })
  served.files.set('2.root.json', JSON.stringify(forged))
  assert.equal(await heardBy(), 'distrusted')
})

test('a root that came with newer programs takes over where the chain is broken', async () => {
  const fresh = keyOf('targets-3')
  publish({ targets: theTargets('0.4.0', 1, fresh) })
  assert.equal(await heardBy(), 'distrusted')
  assert.equal(await heardBy(aTill(JSON.stringify(aRoot(7, { release: fresh })))), '0.4.0')
})

test('a torn file of what is trusted is none: the root of the programs counts', async () => {
  publish({})
  await heardBy()
  const path = join(folder, 'trusted.json')
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100))
  assert.equal(await heardBy(), '0.2.0')
})

test('endless metadata end at their bound', async () => {
  publish({})
  served.files.set('timestamp.json', `{"signed":"${'x'.repeat(50_000)}"}`)
  assert.equal(await heardBy(), 'distrusted')
})

test('a download that was cut goes on, and stands only whole', async () => {
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  const link = aTill()
  const wanted = release('0.2.0')
  served.cutAfter = 70_000
  const cutAt = (bytes: number) => void (bytes >= 70_000 && served.cut())
  assert.equal(await link.fetch(wanted, telling(cutAt)), 'cut')
  assert.equal(existsSync(link.archiveOf(wanted)), false)
  served.cutAfter = Number.POSITIVE_INFINITY
  assert.equal(await link.fetch(wanted, telling()), 'stored')
  assert.match(served.ranges.at(-1) ?? '', /^bytes=[1-9]/)
  assert.deepEqual(readFileSync(link.archiveOf(wanted)), bytes)
})

test('another archive under that name, or one without an end, is thrown away', async () => {
  const link = aTill()
  const wanted = release('0.2.0')
  served.files.set('zpos-till-0.2.0.tar.gz', Buffer.alloc(bytes.length, 'an error page '))
  assert.equal(await link.fetch(wanted, telling()), 'wrong')
  served.files.set('zpos-till-0.2.0.tar.gz', Buffer.concat([bytes, bytes]))
  assert.equal(await link.fetch(wanted, telling()), 'wrong')
  assert.equal(existsSync(link.archiveOf(wanted)), false)
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  assert.equal(await link.fetch(wanted, telling()), 'stored')
})

test('an archive that has gone bad on the disk is fetched anew', async () => {
  const link = aTill()
  const wanted = release('0.2.0')
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  await link.fetch(wanted, telling())
  writeFileSync(link.archiveOf(wanted), Buffer.alloc(bytes.length))
  assert.equal(await link.fetch(wanted, telling()), 'stored')
  assert.deepEqual(readFileSync(link.archiveOf(wanted)), bytes)
})

test('a stopped till breaks its download off, and the next start goes on with it', async () => {
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  served.cutAfter = 70_000
  const stopping = new AbortController()
  const told = (count: number) => void (count >= 70_000 && stopping.abort())
  const fetched = aTill().fetch(release('0.2.0'), { told, signal: stopping.signal })
  assert.equal(await fetched, 'cut')
  served.cutAfter = Number.POSITIVE_INFINITY
  assert.equal(await aTill().fetch(release('0.2.0'), telling()), 'stored')
  assert.equal(served.ranges.at(-1), 'bytes=70000-')
})

test('a full disk is left alone, a silent server waited for no longer than said', async () => {
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  const { path, sha256: sha, length } = release('0.2.0')
  const target = join(folder, 'archives', 'one')
  const common = { url: `${base}/${path}`, path: target, sha256: sha, length, told: () => {} }
  const fetch = (spare: number, stallMs = 50) =>
    fetchFile(Object.assign({ stallMs, wholeMs: 60_000, spare }, common))
  assert.equal(await fetch(2 ** 60), 'no-room')
  assert.deepEqual(readdirSync(join(folder, 'archives')), [])
  served.cutAfter = 1000
  assert.equal(await fetch(0), 'cut')
  served.cut()
  served.cutAfter = Number.POSITIVE_INFINITY
  assert.equal(await fetch(0, 30_000), 'stored')
})

test('a good download goes only when its successor is whole', async () => {
  const link = aTill()
  served.files.set('zpos-till-0.2.0.tar.gz', bytes)
  await link.fetch(release('0.2.0'), telling())
  const more = Buffer.concat([bytes, Buffer.from('more')])
  served.files.set('zpos-till-0.3.0.tar.gz', more)
  served.cutAfter = 1000
  assert.equal(
    await link.fetch(
      release('0.3.0', more),
      telling(() => served.cut()),
    ),
    'cut',
  )
  assert.ok(existsSync(link.archiveOf(release('0.2.0'))))
  served.cutAfter = Number.POSITIVE_INFINITY
  await link.fetch(release('0.3.0', more), telling())
  assert.equal(existsSync(link.archiveOf(release('0.2.0'))), false)
})

test('only what this machine runs, and what is newer, is an update', () => {
  const own = { version: '0.2.0', platform: 'linux-x64', node: 24 }
  const other = (version: string, change: Partial<Release>) =>
    Object.assign(release(version), change)
  const all = [
    release('0.1.9'),
    release('0.2.0'),
    release('0.10.0'),
    release('0.9.0'),
    other('0.11.0', { platform: 'linux-arm64' }),
    other('0.12.0', { node: 26 }),
  ]
  assert.equal(newerRelease(all, own)?.version, '0.10.0')
  assert.equal(newerRelease(all, Object.assign({}, own, { version: '0.10.0' })), null)
})
