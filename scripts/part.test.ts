import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { root } from './part.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-part-'))
after(() => rmSync(folder, { recursive: true }))

/** Runs test files of these texts and reports on them, as `npm test` does. */
function reported(
  texts: readonly string[],
  change: Record<string, string> = {},
): { code: number | null; last: string | undefined } {
  for (const [i, text] of texts.entries()) writeFileSync(join(folder, `${i}.test.mjs`), text)
  const files = texts.map((_, i) => join(relative(root, folder), `${i}.test.mjs`))
  const script = `
    import { alone, report, tests } from ${JSON.stringify(join(root, 'scripts/part.ts'))}
    report([await alone(tests('x', ${JSON.stringify(files)}, {}))])`
  // The runner refuses to run inside itself, which it knows by this variable.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const file = join(folder, 'script.mjs')
  writeFileSync(file, script)
  const done = spawnSync(process.execPath, [file], {
    env: { ...env, ...change },
    encoding: 'utf8',
  })
  return { code: done.status, last: done.stdout.trimEnd().split('\n').at(-1) }
}

const head = "import { before, describe, test } from 'node:test'\n"
const good = `${head}test('a', () => {})\ndescribe('s', () => { test('b', () => {}) })`

test('passed tests are counted and the last line says so', () => {
  assert.deepEqual(reported([good]), { code: 0, last: '2 passed, 0 failed' })
})

test('a failure, a broken suite and a file that does not load all count as failed', () => {
  const bad = `${head}test('a', () => { throw new Error('x') })\ntest('later', { skip: true })`
  const suite = `${head}describe('s', () => { before(() => { throw 1 }); test('b', () => {}) })`
  const broken = "import 'no-such-package'"
  assert.deepEqual(reported([good, bad, suite, broken]), { code: 1, last: '2 passed, 3 failed' })
})

test('an error that nobody catches fails its file, in the midst of another test too', () => {
  const later = (then: string) => `setTimeout(() => { ${then} }, 20)`
  const strays = [later("throw new Error('x')"), later("Promise.reject(new Error('x'))")]
  for (const stray of strays) {
    assert.equal(reported([good, `${head}test('a', () => { ${stray} })`]).code, 1)
    const another = "test('b', () => new Promise((done) => setTimeout(done, 60)))"
    assert.equal(reported([`${head}test('a', () => { ${stray} })\n${another}`]).code, 1)
  }
})

test('no promise of a test is followed', () => {
  const lone = `${head}import { executionAsyncId as now } from 'node:async_hooks'
    test('a', async () => { await 1; const at = now(); await 1; if (at !== now()) throw at })`
  assert.deepEqual(reported([lone]), { code: 0, last: '1 passed, 0 failed' })
})

test('a run without a single passed test does not pass', () => {
  assert.deepEqual(reported([`${head}test('a', { skip: true })`]), {
    code: 1,
    last: '0 passed, 0 failed',
  })
})

test('a file that something left running keeps alive is ended and counts as failed', () => {
  const alive = `${head}test('a', () => { setInterval(() => {}, 20) })`
  const got = reported([good, alive], { ZPOS_TEST_DEADLINE_MS: '1500' })
  assert.deepEqual(got, { code: 1, last: '3 passed, 1 failed' })
})
