import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

export const root = join(import.meta.dirname, '..')

/** What one part of a check came to. Skipped tests are neither passed nor failed. */
export type Part = { name: string; passed: number; failed: number; skipped: number; ms: number }

/** Does a part; what it has to say goes to `say`. */
export type Work = (say: Say) => Promise<Part>
type Say = (text: string) => void

const print: Say = (text) => {
  process.stdout.write(text)
}

export const part = (name: string, succeeded: boolean, ms = 0): Part => ({
  name,
  passed: succeeded ? 1 : 0,
  failed: succeeded ? 0 : 1,
  skipped: 0,
  ms,
})

/** Does parts at the same time; each says what it has to say at once, when it is over. */
export const together = (works: readonly Work[]): Promise<Part[]> =>
  Promise.all(
    works.map(async (work) => {
      let said = ''
      const done = await work((text) => {
        said += text
      })
      print(said)
      return done
    }),
  )

/** Begins parts beside others; who asks for them waits for them, and hears what they had to say. */
export function beside(works: readonly Work[]): () => Promise<Part[]> {
  let said = ''
  const done = Promise.all(
    works.map((work) =>
      work((text) => {
        said += text
      }),
    ),
  )
  return async () => {
    const parts = await done
    print(said)
    return parts
  }
}

/** A step that counts as one; it failed when it threw, or answered false. */
export const step =
  (name: string, work: () => unknown): Work =>
  async (say) => {
    const from = performance.now()
    const since = () => performance.now() - from
    try {
      return part(name, (await work()) !== false, since())
    } catch (error) {
      say(`${name}: ${error instanceof Error ? error.stack : error}\n`)
      return part(name, false, since())
    }
  }

/** Runs a program of node_modules/.bin in the root; it counts as one. */
export const tool =
  (name: string, file: string, args: readonly string[]): Work =>
  (say) =>
    new Promise((resolve) => {
      say(heading(name))
      const from = performance.now()
      const finish = (succeeded: boolean) =>
        resolve(part(name, succeeded, performance.now() - from))
      const child = spawn(join(root, 'node_modules', '.bin', file), args, { cwd: root })
      child.stdout.setEncoding('utf8').on('data', say)
      child.stderr.setEncoding('utf8').on('data', say)
      child.once('error', (error) => {
        say(`${error.message}\n`)
        finish(false)
      })
      child.once('close', (code) => finish(code === 0))
    })

const TEST_TIMEOUT = 10 * 60_000
// Many wait: for a page to be painted, for a bound to pass, for whoever was killed to come back.
const concurrency = availableParallelism() + 2
/** What is loaded before each file. */
const before = ['deadline.ts', 'lone-promises.ts']
const SLOWEST = 10
const SLOW_MS = 2000

/** Runs test files in the order given, each in a process of its own, and counts their tests. */
export const tests =
  (name: string, files: readonly string[], { signal }: { signal?: AbortSignal }): Work =>
  async (say) => {
    say(heading(name))
    const result = { ...part(name, true), passed: 0 }
    // Without files the runner would look for some by itself.
    if (files.length === 0) return result
    const took: { file: string; ms: number }[] = []
    const stream = run({
      files: files.map((file) => join(root, file)),
      cwd: root,
      concurrency,
      timeout: TEST_TIMEOUT,
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        ...before.map((name) => `--import=${join(import.meta.dirname, name)}`),
      ],
      ...(signal ? { signal } : {}),
    })
    stream.on('test:summary', ({ file, counts, success, duration_ms: ms }) => {
      if (file !== undefined) {
        took.push({ file: relative(root, file), ms })
        return
      }
      result.ms = ms
      result.passed = counts.passed
      result.skipped = counts.skipped + counts.todo
      result.failed = counts.tests - result.passed - result.skipped
      // A suite can fail in its own hooks while all of its tests passed.
      if (!success && result.failed === 0) result.failed = 1
    })
    for await (const text of stream.compose(spec)) say(String(text))
    say(slowest(took))
    return result
  }

function slowest(took: readonly { file: string; ms: number }[]): string {
  const slow = took.filter(({ ms }) => ms > SLOW_MS).sort((a, b) => b.ms - a.ms)
  const lines = slow.slice(0, SLOWEST).map(({ file, ms }) => `${seconds(ms)} ${file}\n`)
  return lines.length > 0 ? `Slowest:\n${lines.join('')}` : ''
}

/** Does one part and prints what it says as it goes. */
export const alone = (work: Work): Promise<Part> => work(print)

/** Prints every part, then «N passed, N failed» as the very last line; sets the exit code. */
export function report(parts: readonly Part[]): void {
  print(heading('Summary'))
  for (const { name, passed, failed, skipped, ms } of parts) {
    const left = skipped > 0 ? `, ${skipped} skipped` : ''
    const mark = failed > 0 ? '✖' : '✔'
    print(`${mark} ${name}: ${passed} of ${passed + failed}${left}, ${seconds(ms)}\n`)
  }
  const sum = (of: 'passed' | 'failed') => parts.reduce((total, each) => total + each[of], 0)
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0
  print(`${sum('passed')} passed, ${sum('failed')} failed\n`)
}

const heading = (name: string): string => `\n— ${name}\n`
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
