import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isoMinsk } from '#core/time.ts'
import { momentIn } from './typed.ts'

test('what is typed of day and time is meant in Minsk, wherever the browser stands', () => {
  assert.equal(isoMinsk(momentIn('2026-11-27T10:15') ?? 0), '2026-11-27T10:15:00+03:00')
  for (const text of ['', '2026-11-27', '2026-13-27T10:15', '27.11.2026 10:15']) {
    assert.equal(momentIn(text), null, text)
  }
})
