import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { registerApi } from '#core/api/register.ts'
import { demoShop } from '#core/demo/shop.ts'
import { signRoot, signTargets } from '#core/updating/signing.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import { inProcess } from '#services/operator/suite-ground.ts'
import { listen } from '#services/runtime/listen.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openReleaseKey } from '#services/runtime/release-keys.ts'
import { httpSend } from '#services/runtime/send.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { buildPackage } from '../scripts/package.ts'
import { packRelease } from '../scripts/release-archive.ts'
import { memoryPostgres } from './embedded-postgres.ts'
import { aClock } from './fixtures.ts'
import { freePort } from './free-port.ts'

// The package put into a Debian root of its own and taken out again: this machine's root with a
// layer over it that is thrown away, or a bare one (`debootstrap`) named by ZPOS_TEST_ROOT. No
// systemd runs there: the programs are started as their units say.

const below = process.env.ZPOS_TEST_ROOT ?? '/'
const services = ['sko', 'register'] as const
type Service = (typeof services)[number]

const folder = mkdtempSync(join(tmpdir(), 'zpos-install-'))
const [layer, top] = [join(folder, 'layer'), join(folder, 'root')]
const ports: Record<Service, number> = { sko: await freePort(), register: await freePort() }
const running = new Map<Service, ChildProcess>()
const keys = join(folder, 'keys')
const keyOf = (name: string) => openReleaseKey(join(keys, `${name}.pem`))
const [expires, targetsKey] = ['2099-01-01T00:00:00Z', keyOf('targets-1')]
const rootKeys = [keyOf('root-1'), keyOf('root-2')]
const root = JSON.stringify(
  signRoot(
    { version: 1, expires, root: rootKeys, targets: [targetsKey], online: keyOf('online') },
    rootKeys,
  ),
)

let holder: ChildProcess | undefined
let deb = ''

const mounts = `
  mount -t tmpfs -o mode=755 layer ${layer}
  mkdir ${layer}/upper ${layer}/work
  mount -t overlay -o lowerdir=${below},upperdir=${layer}/upper,workdir=${layer}/work overlay ${top}
  mount --bind /proc ${top}/proc
  mount --bind /dev ${top}/dev`
const isRoot = process.getuid?.() === 0
const canLayer = isRoot && layered('exit 0').status === 0
const skip = canLayer ? false : 'needs root and overlayfs'

function layered(then: string) {
  for (const each of [layer, top]) mkdirSync(each, { recursive: true })
  const script = `set -e; ${mounts.trim().replaceAll('\n', ';')}; ${then}`
  return spawnSync('unshare', ['--mount', 'sh', '-c', script], { encoding: 'utf8' })
}

before(async () => {
  if (skip) return
  deb = await buildPackage({ trustedRoot: root })
  const script = `set -e; ${mounts.trim().replaceAll('\n', ';')}; echo up; exec sleep infinity`
  holder = spawn('unshare', ['--mount', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  await new Promise((resolve) => holder?.stdout?.once('data', resolve))
})

after(() => {
  for (const child of running.values()) child.kill('SIGKILL')
  holder?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const enter = (command: readonly string[]): string[] => [
  ...['--mount', '--target', String(holder?.pid), 'chroot', top],
  ...['env', '--ignore-environment', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'],
  ...['DEBIAN_FRONTEND=noninteractive', ...command],
]

const inRoot = (...command: string[]): string =>
  execFileSync('nsenter', enter(command), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

function install(): void {
  const name = basename(deb)
  // The root of the layer is seen by the holder alone: the file goes in by a pipe.
  execFileSync('nsenter', enter(['sh', '-c', `cat > /${name}`]), { input: readFileSync(deb) })
  inRoot('dpkg', '--install', `/${name}`)
  inRoot('rm', `/${name}`)
}

/** Starts a program as systemd would by its unit. */
async function start(service: Service): Promise<void> {
  const unit = inRoot('cat', `/usr/lib/systemd/system/zpos-${service}.service`)
  const said = (key: string) =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)
  const [user = ''] = said('User')
  for (const [key, at] of [
    ['StateDirectory', '/var/lib'],
    ['CacheDirectory', '/var/cache'],
  ] as const) {
    for (const name of said(key)) {
      inRoot('install', '-d', '-m', '700', '-o', user, '-g', user, `${at}/${name}`)
    }
  }
  const [file = ''] = said('EnvironmentFile')
  const settings = inRoot('cat', file).match(/^[A-Z_]+=.*$/gm) ?? []
  const as = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  const [command = ''] = said('ExecStart')
  const own = [...said('Environment'), ...settings]
  const child = spawn('nsenter', enter([...as, 'env', ...own, ...command.split(' ')]), {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  running.set(service, child)
  for (const last = Date.now() + 60_000; Date.now() < last; await pause(50)) {
    assert.equal(child.exitCode, null, `${service} ended`)
    const answer = await fetch(`${urlOf(service)}/health`).catch(() => null)
    if (answer?.ok) return
  }
  throw new Error(`${service} does not answer`)
}

const urlOf = (service: Service) => `http://127.0.0.1:${ports[service]}`

async function stop(): Promise<void> {
  for (const [service, child] of running) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    running.delete(service)
  }
}

async function startBoth(): Promise<void> {
  for (const service of services) await start(service)
}

const REGISTER = 199_000_001
const OFFICE = { url: 'http://office.example', keys: 'the office’s keys\n' }
const { unp, company } = demoShop
const email = 'client@demo.by'

/** The operator that the till is told of, and its client in the cabinet. */
async function openOwnOperator() {
  const db = await memoryPostgres()
  const signing = { key: operatorKey, verify: believesOperator, publicKeys: () => 'keys' }
  const told = { clock: aClock(), log: silentLog, office: () => OFFICE }
  const { app } = await openOperator(Object.assign({ db }, signing, told))
  await sowOperator(db, {
    clients: [{ unp, company }],
    accounts: [{ email, password: 'demo', role: 'client', unp }],
    registers: [{ registerNumber: REGISTER, unp, place: 'Магазин', address: 'Минск' }],
    devices: [],
  })
  const cabinet = client(operatorCabinetApi, inProcess(app))
  await cabinet.signIn({ email, password: 'demo' })
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0 })
  return { url: `http://127.0.0.1:${port}`, cabinet, close: () => close().then(db.close) }
}

/** A till that has just been connected begins anew, and cuts what it was asked meanwhile. */
async function heard<T>(ask: () => Promise<T | null>): Promise<T> {
  for (const last = Date.now() + 60_000; Date.now() < last; await pause(100)) {
    const answer = await ask().catch(() => null)
    if (answer !== null) return answer
  }
  return assert.fail('the till does not answer')
}

const till = () => client(registerApi, httpSend(urlOf('register'), { deadlineMs: 5000 }))

const setUp = () =>
  heard(async () => {
    const answer = await till().setup({})
    return answer.kind === 'done' ? answer.value : null
  })

/** Whoever waits is confirmed in the cabinet, until the till is connected. */
async function connect({ cabinet }: Awaited<ReturnType<typeof openOwnOperator>>): Promise<string> {
  let serial = ''
  for (const last = Date.now() + 60_000; Date.now() < last; await pause(100)) {
    const { waiting, devices } = await setUp()
    if (!waiting) return serial
    serial = waiting.serial
    for (const { code, serial: asks } of [...devices, waiting]) {
      if (code) await cabinet.confirmEnrolment({ code, serial: asks, register: REGISTER })
    }
  }
  return assert.fail('the till was not connected')
}

/** Leaves the wish and the archive as a register does, and lets the updater work by its unit. */
async function updateTo(version: string): Promise<string> {
  const notes = { ru: 'а', be: 'б', en: 'c' }
  const { file, ...release } = await packRelease({
    version,
    notes,
    out: folder,
    trustedRoot: root,
  })
  const updates = '/var/lib/zpos-register/register/updates'
  const archive = `${updates}/archive`
  const targets = JSON.stringify(signTargets(null, { release, expires }, [targetsKey]))
  const wanted = JSON.stringify({ request: v7(), version, roots: [], targets, archive })
  inRoot('install', '-d', '-m', '700', '-o', 'zpos-register', '-g', 'zpos-register', updates)
  for (const [path, input] of [
    [archive, readFileSync(file)],
    [`${updates}/wanted.json`, wanted],
  ] as const) {
    const put = `umask 077; cat > ${path}; chown zpos-register: ${path}`
    execFileSync('nsenter', enter(['sh', '-c', put]), { input })
  }
  const unit = inRoot('cat', '/usr/lib/systemd/system/zpos-update.service')
  const said = (key: string) =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)
  const only = (said('CapabilityBoundingSet')[0] ?? '').toLowerCase().replaceAll('cap_', '+')
  const bounded = ['setpriv', `--bounding-set=-all,${only.replaceAll(' ', ',')}`, '--no-new-privs']
  const settings = inRoot('cat', '/etc/zpos/till.env').match(/^[A-Z_]+=.*$/gm) ?? []
  inRoot('install', '-d', '-m', '755', '/var/lib/zpos-programs')
  const [command = ''] = said('ExecStart')
  const own = [...said('Environment'), ...settings]
  const as = [...bounded, 'sh', '-c', 'umask 022; exec "$@"', '-', 'env', ...own]
  execFileSync('nsenter', enter([...as, ...command.split(' ')]), { stdio: 'inherit' })
  return inRoot('cat', '/var/lib/zpos-programs/state.json')
}

const modeOf = (path: string) => inRoot('stat', '-c', '%U %a', path).trim()

test('the package installs, its programs work as their users, and removal keeps the data', {
  skip,
}, async (t) => {
  install()
  const operator = await openOwnOperator()
  t.after(operator.close)
  for (const setting of [
    `ZPOS_OPERATOR_URL=${operator.url}`,
    `ZPOS_REGISTER_PORT=${ports.register}`,
    `ZPOS_SKO_PORT=${ports.sko}`,
    `ZPOS_SKO_URL=${urlOf('sko')}`,
  ]) {
    inRoot('sed', '-i', `$a ${setting}`, '/etc/zpos/till.env')
  }
  await startBoth()
  const serial = await connect(operator)
  assert.match(serial, /^K-/)
  // The office comes with the connection: nobody lays its key into the package.
  const office = '/var/lib/zpos-register/register/office-keys.pem'
  assert.equal(inRoot('cat', office), OFFICE.keys)
  assert.equal(modeOf(office), 'zpos-register 600')
  assert.equal((await setUp()).administrator, 'wanted')
  const wanted = { request: v7(), name: 'Ольга', pin: '7392' }
  await heard(async () => {
    const named = await till().firstAdministrator(wanted)
    return named.kind === 'done' ? named : null
  })
  for (const service of services) {
    assert.equal(modeOf(`/var/lib/zpos-${service}/${service}`), `zpos-${service} 700`)
    assert.match(modeOf(`/usr/lib/zpos/services/${service}/main.ts`), /^root 6?44$/)
  }
  const page = await heard(async () => (await fetch(urlOf('register'))).text())
  assert.match(page, /<script/)
  await stop()

  // The register's user runs what root has installed, and cannot write it.
  assert.match(await updateTo('9.0.0'), /"step":"installed"/)
  assert.match(
    modeOf('/var/lib/zpos-programs/versions/9.0.0/services/register/main.ts'),
    /^root 6?44$/,
  )
  await startBoth()
  const health = await (await fetch(`${urlOf('register')}/health`)).text()
  assert.match(health, /"version":"9\.0\.0"/)
  await stop()

  inRoot('dpkg', '--remove', 'zpos-till')
  assert.equal(inRoot('sh', '-c', 'ls /usr/lib/zpos 2>/dev/null || true'), '')
  assert.equal(modeOf('/var/lib/zpos-register/register'), 'zpos-register 700')
  install()
  await startBoth()
  const { waiting, administrator } = await setUp()
  assert.deepEqual([waiting, administrator], [null, 'known'], 'the same till, its people kept too')
  assert.equal((await till().signIn({ user: 'Ольга', pin: '7392' })).kind, 'done')
  await stop()
})

test('its units say nothing that systemd does not know', { skip }, () => {
  const isKnown = spawnSync('systemd-analyze', ['--version']).status === 0
  if (!isKnown) return
  const units = join(folder, 'units')
  cpSync(join(import.meta.dirname, '..', 'install'), units, { recursive: true })
  const done = spawnSync(
    'systemd-analyze',
    ['verify', ...[...services, 'update'].map((name) => `${units}/zpos-${name}.service`)],
    { encoding: 'utf8' },
  )
  const told = done.stderr.split('\n').filter((line) => !/not executable|^$/.test(line))
  assert.deepEqual(told, [])
})
