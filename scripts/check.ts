import { type Part, report, runTests, runTool } from './part.ts'

/** Types and lint, each counted as one. */
export const checkTypesAndLint = (): Part[] => [
  runTool('Типы ядра', 'tsc', ['-p', 'core/tsconfig.json']),
  runTool('Типы', 'tsc', ['-p', '.']),
  runTool('Стиль (biome)', 'biome', ['check', '--error-on-warnings']),
]

if (import.meta.main) {
  report([...checkTypesAndLint(), await runTests('Порядок', ['test/tidy.test.ts'], {})])
}
