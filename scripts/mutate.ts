import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ts from 'typescript'
import { type Mutant, mutantsOf } from './mutants.ts'
import type { Asked, Told } from './mutation-worker.ts'
import { root } from './part.ts'

// `npm run mutate`: changes every line of the core's decisions in many small ways and looks whether
// a test notices. `npm run mutate -- core/sko` does a part. What was found stands in
// `dist/mutation` and is not looked for again while source and tests stay as they are.

const usual = ['core/register', 'core/document', 'core/sko', 'core/card']
const memory = join(root, 'dist', 'mutation')
/** Longer tests are left out: of the room, and of elsewhere. */
const LONGEST_NEAR_MS = 60_000
const LONGEST_MS = 1500

type End = 'killed' | 'slow' | 'types' | 'survived'
type Verdict = { mutant: Mutant; end: End; by: string | null }
type Results = { key: string; file: string; verdicts: Verdict[] }

/** `--core`: what the core's own tests notice. */
const onlyCore = process.argv.includes('--core')

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const list = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort()

const imported = new Map<string, string[]>()
function importsOf(file: string): string[] {
  const known = imported.get(file)
  if (known) return known
  const found = [...read(file).matchAll(/^(?:import|\} from|export)\b.*?'([#.][^']+\.ts)'/gm)]
    .map(([, to = '']) => (to.startsWith('#') ? to.slice(1) : join(dirname(file), to)))
    .filter((to) => existsSync(join(root, to)))
  imported.set(file, found)
  return found
}

function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const to of importsOf(file)) reached(to, seen)
  return seen
}

/** Tests that reach a file: of its room, of the rest of the core, of services. */
function testsOf(file: string): { near: string[]; core: string[]; services: string[] } {
  const own = file.replace(/\.ts$/, '.')
  const isBeside = (test: string) => Number(test.startsWith(own))
  const reaching = (pattern: string) => list(pattern).filter((test) => reached(test).has(file))
  const core = reaching('core/**/*.test.ts').sort((a, b) => isBeside(b) - isBeside(a))
  const isNear = (test: string) => dirname(test) === dirname(file)
  // What needs processes or servers of its own is neither quick nor at home in a thread.
  const isQuick = (test: string) => !/child_process|ZPOS_TEST_POSTGRES|startStand/.test(read(test))
  const rooms = ['services/register', 'services/sko', 'services/acquirer']
  return {
    near: core.filter(isNear),
    core: core.filter((test) => !isNear(test)),
    services: onlyCore
      ? []
      : rooms.flatMap((room) => reaching(`${room}/**/*.test.ts`)).filter(isQuick),
  }
}

type Tried = Map<number, { end: End; by: string | null }>

/** Runs one thread to its end, or until a mutant takes far longer than its tests should. */
function thread(asked: Asked, hear: (told: Told) => void): Promise<{ slow: number | null }> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./mutation-worker.ts', import.meta.url), {
      workerData: asked,
      stdout: true,
      stderr: true,
      env: { ...process.env, TMPDIR: temporary },
    })
    let trying: number | null = asked.at
    let timer: NodeJS.Timeout | undefined
    const wait = (ms: number): void => {
      clearTimeout(timer)
      // What was said while this thread was busy is heard before silence counts.
      timer = setTimeout(() => {
        timer = setTimeout(() => end(trying), 500)
      }, ms)
    }
    const end = (slow: number | null): void => {
      clearTimeout(timer)
      void worker.terminate().then(() => resolve({ slow }))
    }
    wait(300_000)
    worker.on('message', (told: Told) => {
      if (told.is === 'trying') {
        trying = told.number
        wait(5000 + told.ms * 10)
      }
      hear(told)
      if (told.is === 'over') end(null)
    })
    worker.on('error', (error) => {
      if (trying === null) console.error(error)
      end(trying)
    })
  })
}

/** Tries mutants with these tests; those that no test meets are absent from the answer. */
async function tryWith(
  base: Pick<Asked, 'file' | 'source' | 'tests' | 'longestMs'>,
  wanted: readonly number[],
  refusedOf: (numbers: readonly number[]) => Iterable<number>,
): Promise<Tried> {
  const tried: Tried = new Map()
  let measured: Extract<Told, { is: 'measured' }> | undefined
  const hear = (told: Told): void => {
    if (told.is === 'measured') measured ??= told
    if (told.is !== 'tried') return
    tried.set(told.number, { end: told.by ? 'killed' : 'survived', by: told.by })
  }
  for (let slow: number | null = -1; slow !== null; ) {
    const numbers = wanted.filter((number) => !tried.has(number))
    const left = measured?.left ?? []
    slow = (await thread({ ...base, left, at: null, numbers }, hear)).slow
    if (slow !== null) tried.set(slow, { end: 'slow', by: null })
  }
  if (!measured) throw new Error(`The tests of ${base.file} cannot be run`)
  const { left, atLoading } = measured
  // Each of these takes a loading of its own: what its types refuse is not worth one.
  const atFirst = wanted.filter((number) => atLoading.includes(number))
  for (const number of refusedOf(atFirst)) tried.set(number, { end: 'types', by: null })
  for (const at of atFirst.filter((number) => !tried.has(number))) {
    const { slow } = await thread({ ...base, left, at, numbers: [] }, hear)
    if (slow !== null) tried.set(slow, { end: 'slow', by: null })
  }
  return tried
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/**
 * Those whose types are broken: they could not be checked in, so that no test need notice them.
 * All stand side by side in one program, each as a file of its own beside the original.
 */
function brokenOf(file: string, source: string, mutants: readonly Mutant[]): Set<number> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const texts = new Map<string, { number: number; text: string }>()
  for (const mutant of mutants) {
    const path = join(root, file.replace(/\.ts$/, `.mutant-${mutant.number}.ts`))
    texts.set(path, { number: mutant.number, text: applied(source, mutant) })
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.getSourceFile = (path, version) => {
    const text = texts.get(path)?.text
    if (text !== undefined) return ts.createSourceFile(path, text, version)
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version))
    return parsed.get(path)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  const isBroken = (path: string): boolean => {
    const of = program.getSourceFile(path)
    const wrong = [...program.getSyntacticDiagnostics(of), ...program.getSemanticDiagnostics(of)]
    return wrong.length > 0
  }
  const broken = [...texts].filter(([path]) => isBroken(path))
  return new Set(broken.map(([, { number }]) => number))
}

const applied = (source: string, { from, to, text }: Mutant): string =>
  `${source.slice(0, from)}(${text})${source.slice(to)}`.replace('(;)', '')

async function verdictsOf(file: string): Promise<Results> {
  const source = read(file)
  const { near, core, services } = testsOf(file)
  const { mutants, all } = mutantsOf(file, source)
  const about = [all, ...[...near, ...core, ...services].map((test) => test + read(test))].join(
    '\0',
  )
  const key = createHash('sha256').update(about).digest('hex')
  const store = join(memory, `${file.replaceAll('/', '-')}.json`)
  const former = existsSync(store) ? readFileSync(store, 'utf8') : null
  const known: Results | null = former === null ? null : JSON.parse(former)
  if (known?.key === key) return known
  const numbers = mutants.map(({ number }) => number)
  const base = { file, source: all }
  const isAlive = (number: number) => (tried.get(number)?.end ?? 'survived') === 'survived'
  const tried: Tried = new Map()
  // Asked once of each: after its room's tests, it is known what the types say.
  const looked = new Set<number>()
  const refusedOf = (some: readonly number[]): Set<number> => {
    const fresh = mutants.filter(({ number }) => some.includes(number) && !looked.has(number))
    for (const { number } of fresh) looked.add(number)
    return brokenOf(file, source, fresh)
  }
  const tryAlive = async (tests: readonly string[], longestMs: number): Promise<void> => {
    const alive = numbers.filter(isAlive)
    if (alive.length === 0 || tests.length === 0) return
    const more = await tryWith({ ...base, tests, longestMs }, alive, refusedOf)
    for (const [number, how] of more) tried.set(number, how)
  }
  await tryAlive(near, LONGEST_NEAR_MS)
  const alive = numbers.filter(isAlive)
  for (const number of refusedOf(alive)) tried.set(number, { end: 'types', by: null })
  await tryAlive(core, LONGEST_MS)
  await tryAlive(services, LONGEST_MS)
  const verdicts = mutants.map((mutant): Verdict => {
    const how = tried.get(mutant.number) ?? { end: 'survived', by: null }
    return { mutant, end: how.end, by: how.by }
  })
  const results = { key, file, verdicts }
  writeFileSync(store, JSON.stringify(results))
  return results
}

const countOf = (verdicts: readonly Verdict[], ...ends: readonly End[]): number =>
  verdicts.filter(({ end }) => ends.includes(end)).length

function row(name: string, verdicts: readonly Verdict[]): string {
  const killed = countOf(verdicts, 'killed', 'slow')
  const survived = countOf(verdicts, 'survived')
  const share = killed + survived === 0 ? 100 : (100 * killed) / (killed + survived)
  const types = countOf(verdicts, 'types')
  const figures = [verdicts.length, killed, types, survived, `${share.toFixed(1)} %`]
  return `| ${[name, ...figures].join(' | ')} |`
}

function survivors({ file, verdicts }: Results): string {
  const lines = verdicts
    .filter(({ end }) => end === 'survived')
    .map(({ mutant: { line, says } }) => `  ${file}:${line}  ${says}\n`)
  return `${row(file, verdicts)}\n${lines.join('')}`
}

mkdirSync(memory, { recursive: true })
const temporary = join(memory, `tmp-${process.pid}`)
mkdirSync(temporary)
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const paths = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const files = (paths.length > 0 ? paths : usual)
  .flatMap((path) => (path.endsWith('.ts') ? [path] : list(`${path}/**/*.ts`)))
  .filter((file) => !file.endsWith('.test.ts'))
const found: Results[] = []
const queue = [...files]
const work = async (): Promise<void> => {
  for (let file = queue.shift(); file; file = queue.shift()) {
    const results = await verdictsOf(file)
    found.push(results)
    process.stdout.write(survivors(results))
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
const rooms = [...new Set(found.map(({ file }) => dirname(file)))].sort()
console.log('\n| Room | Mutants | Killed | Refused by types | Survived | Score |')
console.log('|---|---|---|---|---|---|')
for (const room of rooms) {
  const of = found.filter(({ file }) => dirname(file) === room)
  console.log(
    row(
      room,
      of.flatMap(({ verdicts }) => verdicts),
    ),
  )
}
