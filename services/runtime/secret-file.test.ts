import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { secretFile } from './secret-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-secret-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a secret is made once, for its owner alone, and stays', () => {
  const path = join(folder, 'keys', 'token')
  const secret = secretFile(path)
  assert.ok(secret.length >= 43)
  assert.equal(secretFile(path), secret)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(join(folder, 'keys')), ['token'])
})

test('a file that others could read is closed to them', () => {
  const path = join(folder, 'open')
  writeFileSync(path, 'secret\n')
  chmodSync(path, 0o644)
  assert.equal(secretFile(path), 'secret')
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('an empty file is no secret', () => {
  const path = join(folder, 'empty')
  writeFileSync(path, '\n')
  assert.throws(() => secretFile(path), /must hold a secret/)
})
