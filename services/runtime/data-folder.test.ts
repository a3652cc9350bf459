import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { takeLock } from './data-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-folder-'))
after(() => rmSync(root, { recursive: true, force: true }))
let folders = 0

function aFolder(): string {
  const folder = join(root, String(++folders))
  mkdirSync(folder)
  return folder
}

const MODULE = join(import.meta.dirname, 'data-folder.ts')

/** A process of its own that does something with data folders, says so and stays. */
async function aProcess(t: TestContext, work: string) {
  const source = `import { ownFolder, takeLock } from ${JSON.stringify(MODULE)}
    import { writeFileSync } from 'node:fs'
    ${work}
    console.log('done')
    setInterval(() => {}, 1000)`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (part) => {
    said += part
  })
  const gone = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), gone])
  return {
    pid: child.pid,
    said: () => said,
    code: async () => (await gone)[0],
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

test('a lock is had once, and tells who has it', () => {
  const path = join(aFolder(), 'lock')
  const first = takeLock(path)
  assert.ok(first.kind === 'ours')
  const second = takeLock(path)
  assert.ok(second.kind === 'theirs')
  assert.deepEqual([second.by?.pid, second.by?.host], [process.pid, hostname()])
  assert.ok(Date.now() - (second.by?.since ?? 0) < 60_000)
  first.release()
  const third = takeLock(path)
  assert.ok(third.kind === 'ours')
  third.release()
})

test('a lock that nobody names any more is not collected with the garbage', () => {
  const path = join(aFolder(), 'lock')
  takeLock(path)
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let round = 0; round < 5; round++) collect()
  assert.equal(takeLock(path).kind, 'theirs')
})

test('a lock dies with its process, whoever has got its number since', async (t) => {
  const path = join(aFolder(), 'lock')
  const holder = await aProcess(t, `takeLock(${JSON.stringify(path)})`)
  const taken = takeLock(path)
  assert.ok(taken.kind === 'theirs')
  assert.equal(taken.by?.pid, holder.pid)
  await holder.kill()
  // As in a container, where the new process has the number of the one that was killed.
  const left = JSON.parse(readFileSync(`${path}.json`, 'utf8'))
  writeFileSync(`${path}.json`, JSON.stringify({ pid: process.pid, host: hostname(), since: 1 }))
  assert.equal(left.pid, holder.pid)
  const again = takeLock(path)
  assert.ok(again.kind === 'ours')
  again.release()
})

test('who comes second ends with code 2 and says who was first', async (t) => {
  const folder = aFolder()
  const owning = `ownFolder(${JSON.stringify(folder)})`
  const first = await aProcess(t, owning)
  const second = await aProcess(t, owning)
  assert.equal(await second.code(), 2)
  assert.match(second.said(), new RegExp(`process ${first.pid} .* since \\d{4}-\\d\\d-\\d\\dT`))
  await first.kill()
  const third = await aProcess(t, owning)
  assert.equal(third.said(), '')
})

test('an open folder is closed to others, and what is made in it later', async (t) => {
  const folder = aFolder()
  const modeOf = (...names: string[]) => statSync(join(folder, ...names)).mode & 0o777
  mkdirSync(join(folder, 'keys'))
  for (const [name, mode] of [
    ['keys', 0o755],
    ['keys/token', 0o644],
    ['old.sqlite', 0o666],
  ] as const) {
    if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), '')
    chmodSync(join(folder, name), mode)
  }
  chmodSync(folder, 0o755)
  const path = join(folder, 'new.sqlite')
  await aProcess(
    t,
    `ownFolder(${JSON.stringify(folder)}); writeFileSync(${JSON.stringify(path)}, '')`,
  )
  assert.deepEqual([modeOf(), modeOf('keys')], [0o700, 0o700])
  const files = ['keys/token', 'old.sqlite', 'new.sqlite', 'lock', 'lock.json']
  assert.deepEqual(
    files.map((name) => modeOf(name)),
    files.map(() => 0o600),
  )
})

test('a folder with files of another user is refused, and named', {
  skip: process.geteuid?.() !== 0,
}, async (t) => {
  const folder = aFolder()
  const path = join(folder, 'theirs.sqlite')
  writeFileSync(path, '', { mode: 0o600 })
  const NOBODY = 65_534
  chownSync(path, NOBODY, NOBODY)
  const refused = await aProcess(t, `ownFolder(${JSON.stringify(folder)})`)
  assert.equal(await refused.code(), 2)
  assert.match(refused.said(), /cannot be closed to them.*theirs\.sqlite is of user 65534/)
})

test('a lock beside its folder is closed to others as well', async (t) => {
  const folder = aFolder()
  const lock = `${folder}.lock`
  for (const path of [lock, `${lock}.json`]) {
    writeFileSync(path, '')
    chmodSync(path, 0o666)
  }
  const names = [folder, lock].map((path) => JSON.stringify(path))
  await aProcess(t, `ownFolder(${names})`)
  for (const path of [lock, `${lock}.json`]) assert.equal(statSync(path).mode & 0o777, 0o600)
})
