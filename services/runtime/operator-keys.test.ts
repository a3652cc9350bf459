import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { believingFile, openOperatorKey, publicHalfOf } from './operator-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-operator-keys-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

test('a key is made once, for its owner alone, and signs the same after a start', () => {
  const made = openOperatorKey(at('first'))
  assert.equal(statSync(at('first')).mode & 0o777, 0o600)
  assert.deepEqual(openOperatorKey(at('first'))('said'), made('said'))
  const verify = believingFile(publicHalfOf(at('first')))
  const { key, signature } = made('said')
  assert.ok(verify(key, 'said', signature))
  assert.equal(verify(key, 'another', signature), false)
})

test('a key is changed while nobody stops: added, used, and the old one taken away', () => {
  const old = openOperatorKey(at('old'))
  const next = openOperatorKey(at('next'))
  const believed = at('believed.pem')
  writeFileSync(believed, readFileSync(publicHalfOf(at('old'))))
  const verify = believingFile(believed)
  const passes = (sign: typeof old) => {
    const { key, signature } = sign('said')
    return verify(key, 'said', signature)
  }
  assert.deepEqual([passes(old), passes(next)], [true, false])
  appendFileSync(believed, `the next one\n${readFileSync(publicHalfOf(at('next')), 'utf8')}`)
  assert.deepEqual([passes(old), passes(next)], [true, true])
  writeFileSync(believed, readFileSync(publicHalfOf(at('next'))))
  assert.deepEqual([passes(old), passes(next)], [false, true])
})

test('a list of keys that is not there, or is none, believes nobody, until it is there', () => {
  const { key, signature } = openOperatorKey(at('later'))('said')
  const believed = at('to-come.pem')
  const verify = believingFile(believed)
  const passes = () => verify(key, 'said', signature)
  assert.equal(passes(), false)
  writeFileSync(believed, '-----BEGIN PUBLIC KEY-----\nnot a key\n-----END PUBLIC KEY-----\n')
  assert.equal(passes(), false)
  writeFileSync(believed, readFileSync(publicHalfOf(at('later'))))
  assert.ok(passes())
})
