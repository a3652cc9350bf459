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
  assert.equal(openOperatorKey(at('first')).id, made.id)
  const verify = believingFile(publicHalfOf(at('first')))
  assert.ok(verify(made.id, 'said', made.sign('said')))
  assert.equal(verify(made.id, 'another', made.sign('said')), false)
})

test('a key is changed while nobody stops: added, used, and the old one taken away', () => {
  const old = openOperatorKey(at('old'))
  const next = openOperatorKey(at('next'))
  const believed = at('believed.pem')
  writeFileSync(believed, readFileSync(publicHalfOf(at('old'))))
  const verify = believingFile(believed)
  const passes = ({ id, sign }: typeof old) => verify(id, 'said', sign('said'))
  assert.deepEqual([passes(old), passes(next)], [true, false])
  appendFileSync(believed, `the next one\n${readFileSync(publicHalfOf(at('next')), 'utf8')}`)
  assert.deepEqual([passes(old), passes(next)], [true, true])
  writeFileSync(believed, readFileSync(publicHalfOf(at('next'))))
  assert.deepEqual([passes(old), passes(next)], [false, true])
})

test('a list of keys that is not there, or is none, believes nobody, until it is there', () => {
  const key = openOperatorKey(at('later'))
  const believed = at('to-come.pem')
  const verify = believingFile(believed)
  const passes = () => verify(key.id, 'said', key.sign('said'))
  assert.equal(passes(), false)
  writeFileSync(believed, '-----BEGIN PUBLIC KEY-----\nnot a key\n-----END PUBLIC KEY-----\n')
  assert.equal(passes(), false)
  writeFileSync(believed, readFileSync(publicHalfOf(at('later'))))
  assert.ok(passes())
})
