import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')

test('every file that docs/security.md names is there', () => {
  const named = [...page.matchAll(/`((?:core|services|test|stand)\/[\w./-]+\.tsx?)`/g)]
  assert.ok(named.length > 20)
  for (const [, path = ''] of named) assert.ok(existsSync(join(root, path)), path)
  for (const [, path = ''] of page.matchAll(/\]\(([\w./-]+\.md)\)/g)) {
    assert.ok(existsSync(join(root, 'docs', path)), path)
  }
})

test('every requirement is held by a test, or said not to be held and why', () => {
  const [, table = ''] = page.split('\n## OWASP ASVS 5.0, Level 2\n')
  const rows = table.split('\n').filter((line) => /^\| \d/.test(line))
  assert.ok(rows.length > 15)
  for (const row of rows) {
    const [, , held = '', tried = ''] = row.split('|').map((cell) => cell.trim())
    assert.ok(held.includes('not held') || tried.includes('.test.ts'), row)
  }
})
