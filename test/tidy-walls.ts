import { dirname, join } from 'node:path'

export const isTest = (path: string): boolean =>
  path.startsWith('test/') || /(\.(test|bench|e2e)|\/suite(-\w+)?)\.ts$/.test(path)

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
    instead: 'core/api knows only core and zod: take the rest as an argument',
  },
  {
    from: /^core\//,
    may: [/^core\/(?!api\/)/],
    // A decision may take what a contract declares, so that no shape is written twice.
    types: /^core\/api\//,
    instead: 'core knows only core without api: take the value or the function as an argument',
  },
  {
    from: runtime,
    may: [core, runtime, node, npm],
    instead: 'services/runtime knows no service: take what is needed as an argument',
  },
  {
    from: /^services\/([^/]+)\//,
    may: [core, runtime, /^services\/$1\//, node, npm],
    instead: 'services talk to each other only by a contract of core/api',
  },
  {
    from: /^web\/([^/]+)\//,
    may: [core, /^web\/(ui|$1)\//, /^npm:(preact|uqr|uuid|uplot)$/],
    instead: 'a page knows core, web/ui and itself: what pages share lives in web/ui',
  },
  {
    from: /^stand\//,
    may: [core, runtime, /^stand\//, /^scripts\/build-pages\.ts$/, node, npm],
    instead: 'the stand starts services as processes and does not know their insides',
  },
  {
    from: /^shop\//,
    may: [core, /^services\//, /^shop\//, node, /^npm:hono$/],
    instead: 'the shop knows the services that it runs: take the rest as an argument',
  },
  {
    // It opens the shop that the tests begin with.
    from: /^scripts\/test\.ts$/,
    may: [/./],
    instead: '',
  },
  {
    from: /^(sim|soak|powercut|ha|bench|scripts)\/|^[^/]+$/,
    may: [/^(?!test\/)/],
    instead: 'only tests import test/',
  },
]

/** What a file must do instead of an import, or null when the import is allowed. */
export function wallAgainst(
  path: string,
  { specifier, typeOnly }: { specifier: string; typeOnly: boolean },
): string | null {
  if (isTest(path)) return null
  const wall = walls.find(({ from }) => from.test(path))
  if (!wall) return 'unknown room: name it in test/tidy-walls.ts'
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
