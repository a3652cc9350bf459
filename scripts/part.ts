import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

export const root = join(import.meta.dirname, '..')

/** What one part of a check came to. Skipped tests are neither passed nor failed. */
export type Part = { name: string; passed: number; failed: number; skipped: number }

export const part = (name: string, succeeded: boolean): Part => ({
  name,
  passed: succeeded ? 1 : 0,
  failed: succeeded ? 0 : 1,
  skipped: 0,
})

/** Runs a program of node_modules/.bin in the root; it counts as one. */
export function runTool(name: string, tool: string, args: string[]): Part {
  heading(name)
  const done = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
  })
  if (done.error) process.stdout.write(`${done.error.message}\n`)
  return part(name, done.status === 0)
}

const TEST_TIMEOUT = 5 * 60_000

/** Runs test files, each in a process of its own, and counts their tests. */
export async function runTests(
  name: string,
  patterns: string[],
  { concurrency = availableParallelism(), signal }: { concurrency?: number; signal?: AbortSignal },
): Promise<Part> {
  heading(name)
  const files = globSync(patterns, { cwd: root }).map((file) => join(root, file))
  const result = { ...part(name, true), passed: 0 }
  // Without files the runner would look for some by itself.
  if (files.length === 0) return result
  const stream = run({
    files: files.sort(),
    cwd: root,
    concurrency,
    timeout: TEST_TIMEOUT,
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      `--import=${join(import.meta.dirname, 'deadline.ts')}`,
    ],
    ...(signal ? { signal } : {}),
  })
  stream.on('test:summary', ({ file, counts, success }) => {
    if (file !== undefined) return
    result.passed = counts.passed
    result.skipped = counts.skipped + counts.todo
    result.failed = counts.tests - result.passed - result.skipped
    // A suite can fail in its own hooks while all of its tests passed.
    if (!success && result.failed === 0) result.failed = 1
  })
  for await (const text of stream.compose(spec)) process.stdout.write(String(text))
  return result
}

/** Prints every part, then «N passed, N failed» as the very last line; sets the exit code. */
export function report(parts: readonly Part[]): void {
  heading('Итог')
  for (const { name, passed, failed, skipped } of parts) {
    const left = skipped > 0 ? `, пропущено ${skipped}` : ''
    process.stdout.write(
      `${failed > 0 ? '✖' : '✔'} ${name}: ${passed} из ${passed + failed}${left}\n`,
    )
  }
  const sum = (of: 'passed' | 'failed') => parts.reduce((total, each) => total + each[of], 0)
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
}

const heading = (name: string): void => {
  process.stdout.write(`\n— ${name}\n`)
}
