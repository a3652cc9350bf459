import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { WantedUpdate } from '#core/api/update-files.ts'
import type { SignedFile, TargetsFile } from '#core/updating/metadata.ts'
import { signRoot, signTargets } from '#core/updating/signing.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { currentVersion, isUpdateWanted, programsHome } from '#services/runtime/installed.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openReleaseKey } from '#services/runtime/release-keys.ts'
import { openPrograms } from './links/programs.ts'
import { type Hands, update } from './update.ts'

const scratch = mkdtempSync(join(tmpdir(), 'zpos-updater-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
const keyOf = (name: string) => openReleaseKey(join(scratch, `${name}.pem`))
const roots = [1, 2, 3].map((n) => keyOf(`root-${n}`))
const release = keyOf('targets')
const stolen = keyOf('stolen')
const online = keyOf('online')

const expires = '2099-01-01T00:00:00Z'
const aRoot = (version: number, by = release) =>
  signRoot({ version, expires, root: roots, targets: [by], online }, roots)
const firstRoot = JSON.stringify(aRoot(1))
const own = { version: '0.1.0', platform: 'linux-x64', node: 24 }

/** An archive of a version, as `npm run release` lays them out. */
function anArchive(version: string, says = version): string {
  const tree = join(scratch, `tree-${version}`)
  mkdirSync(tree, { recursive: true })
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ version: says }))
  const path = join(scratch, `${version}-${says}.tar.gz`)
  execFileSync('tar', ['-czf', path, '-C', tree, '.'])
  return path
}

type Wish = {
  version?: string
  by?: typeof release
  says?: string
  request?: string
  archive?: string
}

/** A till whose register wants a version: its data, and where programs are installed. */
async function aTill(wish: Wish = {}) {
  const at = mkdtempSync(join(scratch, 'till-'))
  const [data, folder] = [join(at, 'data'), join(at, 'programs')]
  mkdirSync(join(data, 'register', 'updates'), { recursive: true })
  mkdirSync(folder)
  writeFileSync(join(data, 'register', 'register.sqlite'), 'the memory')
  const hands = (change: Partial<typeof own> = {}): Hands =>
    Object.assign(
      openPrograms({
        folder,
        data,
        firstRoot,
        own: Object.assign({}, own, change),
        log: silentLog,
      }),
      { tried: async () => null },
    )
  const want = async (wish: Wish) => {
    const { version = '0.2.0', by = release, says, request = 'one' } = wish
    const archive = wish.archive ?? anArchive(version, says)
    const length = statSync(archive).size
    const sha256 = await fileSha256(archive)
    const { platform, node } = own
    const notes = { ru: 'а', be: 'б', en: 'c' }
    const made = { version, path: 'till.tar.gz', sha256, length, platform, node, notes }
    const signed: SignedFile<TargetsFile> = signTargets(null, { release: made, expires }, [by])
    const targets = JSON.stringify(signed)
    const wanted: WantedUpdate = { request, version, roots: [], targets, archive }
    writeFileSync(join(data, 'register', 'updates', 'wanted.json'), JSON.stringify(wanted))
    return wanted
  }
  const wanted = await want(wish)
  const memory = () => readFileSync(join(data, 'register', 'register.sqlite'), 'utf8')
  const rewrite = (change: Partial<WantedUpdate>) =>
    writeFileSync(
      join(data, 'register', 'updates', 'wanted.json'),
      JSON.stringify(Object.assign({}, wanted, change)),
    )
  return { data, folder, hands, want, wanted, rewrite, memory }
}

test('what is wanted and signed is installed at one stroke, once', async () => {
  const { data, folder, hands } = await aTill()
  const home = () => programsHome(folder, { version: own.version, home: '/package' })
  assert.equal(home(), '/package')
  assert.ok(isUpdateWanted(data, folder))
  const { installing } = await update(hands())
  assert.deepEqual(installing, { step: 'installed', version: '0.2.0' })
  assert.equal(home(), join(folder, 'versions', '0.2.0'))
  assert.ok(!isUpdateWanted(data, folder))
  await update(
    Object.assign(hands(), { unpack: () => assert.fail('carried out again'), tried: assert.fail }),
  )
})

test('a newer package runs before what was installed beside an older one', async () => {
  const { folder, hands } = await aTill()
  await update(hands())
  assert.equal(programsHome(folder, { version: '0.2.0', home: '/package' }), '/package')
})

test('whoever asks for it is not believed: signatures, hash, name and age decide', async () => {
  const unsigned = await aTill({ by: stolen })
  const foreign = await aTill()
  const grown = readFileSync(foreign.wanted.archive)
  writeFileSync(join(foreign.data, 'grown'), Buffer.concat([grown, Buffer.from('x')]))
  foreign.rewrite({ archive: join(foreign.data, 'grown') })
  const linked = await aTill()
  symlinkSync(linked.wanted.archive, join(linked.data, 'link'))
  linked.rewrite({ archive: join(linked.data, 'link') })
  const misnamed = await aTill({ says: '0.3.0' })
  const older = await aTill({ version: '0.0.9' })
  const other = await aTill()
  other.rewrite({ version: '0.3.0' })
  const why = async ({ hands, folder }: Awaited<ReturnType<typeof aTill>>) => {
    const { installing } = await update(hands())
    assert.equal(currentVersion(folder), null)
    assert.deepEqual(readdirSync(join(folder, 'versions')), [])
    return installing.step === 'failed' ? installing.why : installing.step
  }
  assert.equal(await why(unsigned), 'unsigned')
  assert.equal(await why(foreign), 'wrong-archive')
  assert.equal(await why(linked), 'failed')
  assert.equal(await why(misnamed), 'wrong-archive')
  assert.equal(await why(older), 'not-newer')
  assert.equal(await why(other), 'unsigned')
})

test('a signed archive of what no release holds leaves nothing behind', async () => {
  const tree = mkdtempSync(join(scratch, 'piped-'))
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ version: '0.2.0' }))
  execFileSync('mkfifo', [join(tree, 'z-pipe')])
  const piped = join(scratch, 'piped.tar.gz')
  execFileSync('tar', ['--sort=name', '-czf', piped, '-C', tree, '.'])
  const zeros = join(scratch, 'zeros.tar.gz')
  rmSync(join(tree, 'z-pipe'))
  writeFileSync(join(tree, 'z-zeros'), Buffer.alloc(20_000_000))
  execFileSync('tar', ['--sort=name', '-czf', zeros, '-C', tree, '.'])
  for (const archive of [piped, zeros]) {
    const till = await aTill({ archive })
    const { installing } = await update(till.hands())
    assert.deepEqual(installing, { step: 'failed', version: '0.2.0', why: 'wrong-archive' })
    assert.deepEqual(readdirSync(join(till.folder, 'versions')), [])
    await till.want({ request: 'two' })
    assert.equal((await update(till.hands())).installing.step, 'installed')
  }
})

test('pipes in the place of an archive or of a wish are not waited at', async () => {
  const till = await aTill()
  const pipe = join(till.data, 'pipe')
  execFileSync('mkfifo', [pipe])
  till.rewrite({ archive: pipe })
  const { installing } = await update(till.hands())
  assert.deepEqual(installing, { step: 'failed', version: '0.2.0', why: 'wrong-archive' })
  const wish = join(till.data, 'register', 'updates', 'wanted.json')
  rmSync(wish)
  execFileSync('mkfifo', [wish])
  assert.ok(!isUpdateWanted(till.data, till.folder))
  assert.equal((await update(till.hands())).installing.step, 'failed')
  rmSync(wish)
  writeFileSync(wish, ' '.repeat(16_000_001))
  assert.ok(!isUpdateWanted(till.data, till.folder))
  await till.want({ request: 'two' })
  assert.equal((await update(till.hands())).installing.step, 'installed')
})

test('a replaced key counts by the roots that lead to it, the old one no more', async () => {
  const till = await aTill()
  await till.want({ by: stolen })
  const wanted = JSON.parse(
    readFileSync(join(till.data, 'register', 'updates', 'wanted.json'), 'utf8'),
  )
  till.rewrite(Object.assign(wanted, { roots: [JSON.stringify(aRoot(2, stolen))] }))
  assert.equal((await update(till.hands())).installing.step, 'installed')
  // A register that forgets the newer root does not bring the old key back.
  await till.want({ version: '0.3.0', request: 'two' })
  const { installing } = await update(till.hands())
  assert.deepEqual(installing, { step: 'failed', version: '0.3.0', why: 'unsigned' })
  assert.equal(currentVersion(till.folder), '0.2.0')
})

test('a version that is not well on the copy leaves the one before', async () => {
  const { folder, hands, want, memory } = await aTill()
  const { installing } = await update(
    Object.assign(hands(), { tried: async () => 'unhealthy' as const }),
  )
  assert.deepEqual(installing, { step: 'failed', version: '0.2.0', why: 'unhealthy' })
  assert.equal(currentVersion(folder), null)
  assert.equal(memory(), 'the memory')
  await want({ request: 'two' })
  assert.equal((await update(hands())).installing.step, 'installed')
})

class Cut extends Error {}

/** The hands, cut short at the nth thing they do: before it, in its midst, or right behind it. */
function cutAt(hands: Hands, cut: { at: number; when: 'before' | 'midst' | 'behind' }) {
  let count = 0
  const struck =
    <A extends unknown[], R>(work: (...args: A) => R, half?: () => void) =>
    (...args: A): R => {
      const isNow = count++ === cut.at
      if (isNow && cut.when !== 'behind') {
        if (cut.when === 'midst') half?.()
        throw new Cut()
      }
      const result = work(...args)
      if (!isNow) return result
      if (result instanceof Promise) return result.then(() => Promise.reject(new Cut())) as R
      throw new Cut()
    }
  const { state, wanted } = hands
  return { state, wanted, struck, count: () => count }
}

test('cut short anywhere, either version is whole, and the data are as they were', async () => {
  let cuts = 0
  for (const when of ['before', 'midst', 'behind'] as const) {
    for (let at = 0; ; at++) {
      const { data, folder, hands, want, memory } = await aTill()
      const real = hands()
      const { state, wanted, struck } = cutAt(real, { at, when })
      const versions = join(folder, 'versions')
      const half = () => {
        mkdirSync(join(versions, 'draft', 'tree'), { recursive: true })
        writeFileSync(join(versions, 'draft', 'archive'), 'half')
      }
      const dying: Hands = {
        state,
        wanted,
        keep: struck(real.keep, () => writeFileSync(join(folder, 'state.json.new'), '{"half')),
        unpack: struck(real.unpack, half),
        tried: struck(real.tried),
        switchTo: struck(real.switchTo, () =>
          symlinkSync('versions/0.2.0', `${folder}/current.new`),
        ),
        clear: struck(real.clear, half),
      }
      const ended = await update(dying).catch((error: unknown) => error)
      if (!(ended instanceof Cut)) break
      cuts++
      const home = programsHome(folder, { version: own.version, home: '/package' })
      assert.ok(home === '/package' || existsSync(join(home, 'package.json')), `${when} ${at}`)
      assert.equal(memory(), 'the memory')
      const hasSwitched = currentVersion(folder) !== null
      const { installing } = await update(hands())
      const steps = hasSwitched ? ['installed'] : ['installed', 'failed']
      assert.ok(steps.includes(installing.step), `${when} ${at}: ${installing.step}`)
      assert.equal(currentVersion(folder), installing.step === 'installed' ? '0.2.0' : null)
      assert.deepEqual(readdirSync(versions), installing.step === 'installed' ? ['0.2.0'] : [])
      await want({ version: '0.3.0', request: 'two' })
      assert.equal((await update(hands())).installing.step, 'installed')
      assert.equal(currentVersion(folder), '0.3.0')
      assert.ok(!isUpdateWanted(data, folder))
    }
  }
  assert.ok(cuts >= 24, `${cuts} cuts`)
})
