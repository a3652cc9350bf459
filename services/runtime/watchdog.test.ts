import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

const MODULE = join(import.meta.dirname, 'watchdog.ts')

/** A process of its own that is watched, and does some work. */
function watched(t: TestContext, work: string): { child: ChildProcess; said: () => string } {
  const source = `import { watchMainThread } from ${JSON.stringify(MODULE)}
    const callOff = watchMainThread('the work', 1000)
    const spin = (ms) => {
      const until = performance.now() + ms
      while (performance.now() < until);
    }
    ${work}`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  )
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr?.on('data', (part) => {
    said += part
  })
  return { child, said: () => said }
}

test('a process that spins for ever ends itself, and says why', async (t) => {
  const { child, said } = watched(t, 'setTimeout(spin, 100, Infinity)')
  const [code, signal] = await once(child, 'close')
  assert.deepEqual([code, signal], [null, 'SIGKILL'])
  assert.match(said(), /the work does not come back/)
})

test('a process that comes back in between, or is no longer watched, lives', async (t) => {
  const work = `for (let n = 0; n < 8; n++) {
      spin(400)
      await new Promise((resolve) => setTimeout(resolve, 1200))
    }
    await callOff()
    spin(3000)
    process.exit(7)`
  const [code] = await once(watched(t, work).child, 'exit')
  assert.equal(code, 7)
})
