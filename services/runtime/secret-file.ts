import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { assert } from '#core/assert.ts'
import { makeFolder, writeWhole } from './durable-file.ts'
import { newToken } from './secret.ts'

/**
 * The secret in a file that its owner alone may read; made at the first start and put in place at
 * once, so that a kill half-way leaves no half of it.
 */
export function secretFile(path: string): string {
  makeFolder(dirname(path))
  if (!existsSync(path)) writeWhole(path, `${newToken()}\n`)
  return readSecret(path)
}

/** The secret that stands in a file, which is closed to other users first (R31). */
export function readSecret(path: string): string {
  if (statSync(path).mode & 0o077) chmodSync(path, 0o600)
  const secret = readFileSync(path, 'utf8').trim()
  assert(secret !== '', `${path} must hold a secret`)
  return secret
}
