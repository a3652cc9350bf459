import { dirname, join } from 'node:path'

export const isTest = (path: string): boolean =>
  path.startsWith('test/') || /(\.(test|bench|e2e)|\/suite)\.ts$/.test(path)

type Wall = {
  /** Of the importing file. */
  from: RegExp
  /** Files and packages it may import. */
  may: RegExp[]
  /** What it may import the types of, which leave no trace in what runs. */
  types?: RegExp
  instead: string
}

const core = /^core\//
const runtime = /^services\/runtime\//
const node = /^node:/
const npm = /^npm:/

/** The first wall that a file stands behind is its wall (house rules: who may know whom). */
const walls: Wall[] = [
  {
    from: /^core\/api\//,
    may: [core, /^npm:zod$/],
    instead: 'core/api знает только core и zod: остальное передайте аргументом',
  },
  {
    from: /^core\//,
    may: [/^core\/(?!api\/)/],
    // A decision may take what a contract declares, so that no shape is written twice.
    types: /^core\/api\//,
    instead: 'core знает только core (кроме api): передайте значение или функцию аргументом',
  },
  {
    from: runtime,
    may: [core, runtime, node, npm],
    instead: 'services/runtime не знает служб: передайте то, что нужно, аргументом',
  },
  {
    from: /^services\/main\.ts$/,
    may: [/^(core|services)\//, node, npm],
    instead: 'services/main.ts знает только core и службы',
  },
  {
    from: /^services\/([^/]+)\//,
    may: [core, runtime, /^services\/$1\//, node, npm],
    instead: 'службы говорят друг с другом только по договору из core/api',
  },
  {
    from: /^web\/([^/]+)\//,
    may: [core, /^web\/(ui|$1)\//, /^npm:(preact|uqr|uuid)$/],
    instead: 'страница знает core, web/ui и себя; общее для страниц живёт в web/ui',
  },
  {
    from: /^stand\//,
    may: [core, runtime, /^stand\//, /^scripts\/build-pages\.ts$/, node, npm],
    instead: 'стенд запускает службы процессами и не знает их изнутри',
  },
  { from: /^scripts\/test\.ts$/, may: [/^(core|scripts|test)\//, node, npm], instead: '' },
  {
    from: /^(sim|bench|scripts)\/|^[^/]+$/,
    may: [/^(?!test\/)/],
    instead: 'test/ импортируют только тесты',
  },
]

/** What a file must do instead of an import, or null when the import is allowed. */
export function wallAgainst(
  path: string,
  { specifier, typeOnly }: { specifier: string; typeOnly: boolean },
): string | null {
  if (isTest(path)) return null
  const wall = walls.find(({ from }) => from.test(path))
  if (!wall) return 'неизвестная комната: назовите её в test/tidy-walls.ts'
  const own = wall.from.exec(path)?.[1] ?? ''
  const target = targetOf(path, specifier)
  if (typeOnly && wall.types?.test(target)) return null
  const allowed = wall.may.some((may) => new RegExp(may.source.replace('$1', own)).test(target))
  return allowed ? null : wall.instead
}

/** A path from the root, `node:x`, or `npm:package`. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return join(dirname(path), specifier)
  if (specifier.startsWith('node:')) return specifier
  const parts = specifier.split('/')
  return `npm:${parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`
}
