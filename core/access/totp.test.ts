import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { SECOND } from '../time.ts'
import { base32, type Hmac, totpAt, totpStep, totpUri } from './totp.ts'

const hmac: Hmac = (key, message) => createHmac('sha1', key).update(message).digest()
const secret = Buffer.from('12345678901234567890')

test('codes are those of RFC 6238, appendix B', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const) {
    assert.equal(totpAt(secret, Math.floor(seconds / 30), hmac), code.slice(2), String(seconds))
  }
})

test('a code is taken of its own step and its neighbours, and never twice', () => {
  const now = 1_234_567_890 * SECOND
  const present = Math.floor(now / (30 * SECOND))
  for (const [step, expected] of [
    [present - 2, null],
    [present - 1, present - 1],
    [present, present],
    [present + 1, present + 1],
    [present + 2, null],
  ] as const) {
    const typed = totpAt(secret, step, hmac)
    assert.equal(totpStep(typed, { secret, last: 0, now }, hmac), expected)
    assert.equal(totpStep(typed, { secret, last: step, now }, hmac), null, 'used before')
  }
  const typed = totpAt(secret, present, hmac)
  const spaced = `${typed.slice(0, 3)} ${typed.slice(3)}`
  assert.equal(totpStep(spaced, { secret, last: present - 1, now }, hmac), present)
  for (const wrong of ['', '000000x', typed.slice(1)]) {
    assert.equal(totpStep(wrong, { secret, last: 0, now }, hmac), null)
  }
})

test('a secret is told in base32', () => {
  assert.equal(base32(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  assert.equal(base32(Buffer.from('foob')), 'MZXW6YQ')
  assert.equal(
    totpUri('zPOS', 'staff@demo.by', secret),
    'otpauth://totp/zPOS:staff%40demo.by?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=zPOS',
  )
})
