import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { assert } from '#core/assert.ts'
import { newToken } from './secret.ts'

/**
 * The secret in a file that its owner alone may read; made at the first start and put in place at
 * once, so that a kill half-way leaves no half of it.
 */
export function secretFile(path: string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const draft = `${path}.new`
    const file = openSync(draft, 'w', 0o600)
    writeSync(file, `${newToken()}\n`)
    fsyncSync(file)
    closeSync(file)
    renameSync(draft, path)
    const folder = openSync(dirname(path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
  chmodSync(path, 0o600)
  const secret = readFileSync(path, 'utf8').trim()
  assert(secret !== '', `${path} must hold a secret`)
  return secret
}
