import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { preProcessFile } from 'typescript'
import { z } from 'zod'
import { root } from './part.ts'

/** What programs load: source files and folders of the repository, and npm packages with theirs. */
export type ProgramFiles = { sources: string[]; packages: string[] }

const WORKER = /new URL\('(\.[\w./-]+)', import\.meta\.url\)/g
// Migrations stand beside the store that runs them.
const BESIDE = 'schema'

/** Follows the imports of programs, paths from the root, and the workers that they start. */
export function programFiles(programs: readonly string[]): ProgramFiles {
  const sources = new Set(programs)
  const packages = new Set<string>()
  for (const source of sources) {
    const schema = join(dirname(source), BESIDE)
    if (existsSync(join(root, schema))) sources.add(schema)
    if (!source.endsWith('.ts')) continue
    const text = readFileSync(join(root, source), 'utf8')
    const workers = [...text.matchAll(WORKER)].map(([, path = '']) => path)
    const imports = preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
    for (const name of [...imports, ...workers]) {
      if (name.startsWith('#')) sources.add(name.slice(1))
      else if (name.startsWith('.')) sources.add(pathFrom(source, name))
      else if (!name.startsWith('node:')) packages.add(packageOf(name))
    }
  }
  for (const name of packages) for (const needed of neededBy(name)) packages.add(needed)
  return { sources: [...sources].sort(), packages: [...packages].sort() }
}

const pathFrom = (source: string, name: string) =>
  relative(root, resolve(root, dirname(source), name))

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const wanted = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})

/** What is installed of the packages that a package asks for; of its platforms only this one is. */
function neededBy(name: string): string[] {
  const folder = join(root, 'node_modules', name)
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
  const { dependencies, optionalDependencies } = wanted.parse(JSON.parse(manifest))
  return Object.keys({ ...dependencies, ...optionalDependencies }).filter((each) =>
    existsSync(join(root, 'node_modules', each)),
  )
}
