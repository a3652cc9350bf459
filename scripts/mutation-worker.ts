import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { root } from './part.ts'

// A thread in which one source stands with all its mutants in it, and the tests that reach it. It
// runs the tests of each mutant in turn, without loading anything again.

/** What a thread is asked: `at` is the mutant at work from before the loading, or null. */
export type Asked = {
  file: string
  source: string
  tests: readonly string[]
  at: number | null
  /** Mutants to be tried. */
  numbers: readonly number[]
  /** Longer tests are left out. */
  longestMs: number
  /** Tests that a measuring has left out. */
  left: readonly string[]
}
export type Told =
  | { is: 'measured'; atLoading: number[]; met: number[]; left: string[] }
  | { is: 'trying'; number: number; ms: number }
  | { is: 'tried'; number: number; by: string | null }
  | { is: 'over' }

type Body = (context: unknown) => unknown
type Test = { name: string; file: string; body: Body; ms: number; met: Set<number> }

const asked = workerData as Asked
const tell = (told: Told): void => parentPort?.postMessage(told)

let atWork = asked.at
let met = new Set<number>()
const tests: Test[] = []
const befores: (() => unknown)[] = []
let loading = ''

const add = (name: string, ...rest: unknown[]): void => {
  const [options, body] = rest.length > 1 ? rest : [{}, rest[0]]
  const skips = Boolean((options as { skip?: unknown }).skip)
  if (typeof body !== 'function' || skips || asked.left.includes(`${loading}: ${name}`)) return
  tests.push({ name, file: loading, body: body as Body, ms: 0, met: new Set() })
}

Object.assign(globalThis, {
  __mutant: (number: number): boolean => {
    met.add(number)
    return number === atWork
  },
  __test: { test: add, before: (hook: () => unknown) => befores.push(hook), after: () => {} },
})

const shim = `export const { test, before, after } = globalThis.__test
export const afterEach = after
export default test`
const target = pathToFileURL(join(root, asked.file)).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node:test'
      ? { url: 'mutation:test', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) => {
    if (url === 'mutation:test') return { format: 'module', source: shim, shortCircuit: true }
    if (url !== target) return next(url, context)
    const source = stripTypeScriptTypes(asked.source)
    return { format: 'module', source, shortCircuit: true }
  },
})
// The same cases for every mutant and every run; a failure is not looked into.
fc.configureGlobal({ seed: 20260101, endOnFailure: true })

/** Whether a test passes. */
async function passes({ name, body }: Test): Promise<boolean> {
  const afters: (() => unknown)[] = []
  const signal = new AbortController().signal
  const context = {
    name,
    signal,
    after: (hook: () => unknown) => afters.push(hook),
    diagnostic: () => {},
    test: async (_: string, inner: Body) => inner(context),
  }
  try {
    await body(context)
    return true
  } catch {
    return false
  } finally {
    for (const hook of afters.reverse()) await (async () => hook())().catch(() => {})
  }
}

async function load(file: string): Promise<void> {
  loading = file
  await import(pathToFileURL(join(root, file)).href)
  for (const before of befores.splice(0)) await before()
}

/** Runs every test once; answers those that a mutant can be asked of. */
async function measure(atLoading: readonly number[]): Promise<Test[]> {
  const sound: Test[] = []
  const left: string[] = []
  for (const test of tests) {
    met = new Set()
    const from = performance.now()
    const isPassed = await passes(test)
    test.met = met
    test.ms = performance.now() - from
    if (isPassed && test.ms <= asked.longestMs) sound.push(test)
    else left.push(`${test.file}: ${test.name}`)
  }
  const all = new Set(sound.flatMap((test) => [...test.met]))
  tell({ is: 'measured', atLoading: [...atLoading], met: [...all], left })
  return sound
}

async function tryEach(numbers: readonly number[]): Promise<void> {
  for (const file of asked.tests) await load(file)
  const atLoading = [...met]
  const sound = await measure(atLoading)
  for (const number of numbers) {
    if (atLoading.includes(number)) continue
    const near = sound
      .filter((test) => test.met.has(number))
      .sort((a, b) => rank(a) - rank(b) || a.ms - b.ms)
    if (near.length > 0) tell({ is: 'tried', number, by: await killerOf(number, near) })
  }
}

async function killerOf(number: number, near: readonly Test[]): Promise<string | null> {
  for (const test of near) {
    if (isUnsound.get(test)) continue
    tell({ is: 'trying', number, ms: test.ms })
    atWork = number
    const isPassed = await passes(test)
    atWork = null
    if (isPassed) continue
    // A test that passes only the first time says nothing about a mutant.
    if (!isUnsound.has(test)) isUnsound.set(test, !(await passes(test)))
    if (!isUnsound.get(test)) return `${test.file}: ${test.name}`
  }
  return null
}

const isUnsound = new Map<Test, boolean>()
const rank = ({ file }: Test): number => asked.tests.indexOf(file)

/** One mutant that is met while modules load: everything is loaded with it in place. */
async function tryAtLoading(number: number): Promise<void> {
  let by: string | null = null
  for (const file of asked.tests) {
    const from = tests.length
    try {
      await load(file)
    } catch {
      by = `${file}: loading`
      break
    }
    for (const test of tests.slice(from)) {
      if (by === null && !(await passes(test))) by = `${file}: ${test.name}`
    }
    if (by !== null) break
  }
  tell({ is: 'tried', number, by })
}

process.on('unhandledRejection', () => {})
if (asked.at !== null) await tryAtLoading(asked.at)
else await tryEach(asked.numbers)
tell({ is: 'over' })
