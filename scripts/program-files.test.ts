import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programFiles } from './program-files.ts'

test('the till is its programs, their workers and schemas, and no server’s database', () => {
  const till = programFiles(['services/register/main.ts', 'services/sko/main.ts'])
  const sources = new Set(till.sources)
  for (const source of [
    'services/register/memory/schema',
    'services/sko/schema',
    'services/runtime/secret-worker.ts',
    'core/document/document.ts',
  ]) {
    assert.ok(sources.has(source), source)
  }
  assert.deepEqual(
    till.sources.filter((source) =>
      /\.test\.ts$|^services\/(operator|office|acquirer)/.test(source),
    ),
    [],
  )
  assert.ok(till.packages.includes('hono'))
  assert.ok(!till.packages.includes('@electric-sql/pglite') && !till.packages.includes('pg'))
})
