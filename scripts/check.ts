import { report, tests, together, tool, type Work } from './part.ts'

// What was found last time stands beside what is built, so that only what changed is looked at.
const types = (name: string, project: string, memory: string): Work =>
  tool(name, 'tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', `dist/types/${memory}`])

/** Types and lint, each counted as one. */
export const typesAndLint: readonly Work[] = [
  types('Types', '.', 'all.tsbuildinfo'),
  types('Types of the core', 'core/tsconfig.json', 'core.tsbuildinfo'),
  tool('Style (biome)', 'biome', ['check', '--error-on-warnings']),
]

if (import.meta.main) {
  report(await together([...typesAndLint, tests('Tidiness', ['test/tidy.test.ts'], {})]))
}
