import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'

const root = mkdtempSync(join(tmpdir(), 'zpos-log-'))
after(() => rmSync(root, { recursive: true, force: true }))

const MODULE = join(import.meta.dirname, 'log.ts')

/** A process of its own that logs to `error`, and tells by IPC that it lives. */
function aLogger(t: TestContext, work: string, error: number | 'pipe') {
  const source = `import { openLog, say } from ${JSON.stringify(MODULE)}
    const log = openLog('test')
    ${work}
    process.send('done')
    process.once('message', () => { log.info('again'); process.send('done') })`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    { stdio: ['ignore', 'ignore', error, 'ipc'] },
  )
  t.after(() => child.kill('SIGKILL'))
  const gone = once(child, 'exit').then(([code]) => assert.fail(`the process ended with ${code}`))
  gone.catch(() => {})
  return { child, done: () => Promise.race([once(child, 'message'), gone]) }
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a full disk under standard error kills nobody', {
  skip: !existsSync('/dev/full'),
}, async (t) => {
  const full = openSync('/dev/full', 'w')
  const { child, done } = aLogger(t, `for (let n = 0; n < 9; n++) log.info('line', { n })`, full)
  closeSync(full)
  await done()
  child.send('go on')
  await done()
})

test('a pipe that nobody reads any more kills nobody', async (t) => {
  const work = `await new Promise((resolve) => process.once('message', resolve))
    for (let n = 0; n < 9; n++) { log.info('line'); await new Promise(setImmediate) }
    say('error', 'a sentence')`
  const { child, done } = aLogger(t, work, 'pipe')
  child.stderr?.destroy()
  child.send('closed')
  await done()
  child.send('go on')
  await done()
})

test('a reader that hangs holds nobody up', async (t) => {
  const work = `for (let n = 0; n < 9000; n++) log.info('line ' + n, { text: 'x'.repeat(2000) })`
  const { done } = aLogger(t, work, 'pipe')
  await done()
})

test('of a trace one a minute is written, and no flood of a kind fills the disk', async (t) => {
  const path = join(root, 'flood.log')
  const file = openSync(path, 'w')
  const work = `for (let n = 0; n < 50_000; n++) {
      log.error('handler threw', { path: '/' + n, error: 'Error: row ' + n + '\\n at here' })
      log.info('answered', { n })
      log.error('bad', { error: 'x'.repeat(n % 300) + String.fromCharCode(97 + n % 26) })
    }`
  const { done } = aLogger(t, work, file)
  closeSync(file)
  await done()
  const lines = linesOf(readFileSync(path, 'utf8'))
  assert.equal(lines.filter(({ what }) => what === 'handler threw').length, 1)
  const answered = lines.filter(({ what }) => what === 'answered').length
  assert.ok(answered >= 100 && answered < 1000, `${answered} lines`)
  assert.ok(lines.length < 2000, `${lines.length} lines`)
})

test('what was lost for want of room is counted ahead of the next line', async (t) => {
  const path = join(root, 'lost.log')
  const file = openSync(path, 'a')
  const work = `const fs = await import('node:fs')
    const { syncBuiltinESMExports } = await import('node:module')
    const { writeSync } = fs.default
    fs.default.writeSync = () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }) }
    syncBuiltinESMExports()
    log.info('lost'); log.info('lost')
    fs.default.writeSync = writeSync
    syncBuiltinESMExports()
    log.info('room')`
  const { done } = aLogger(t, work, file)
  closeSync(file)
  await done()
  const [lost, room] = linesOf(readFileSync(path, 'utf8'))
  assert.deepEqual(lost, { lost: 2 })
  assert.equal(room.what, 'room')
})
