import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HIDDEN, LONGEST_TEXT, redacted, withoutSecrets } from './redaction.ts'

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`))
const between = fc.constantFrom('', ' ', '-', '.', '  ', '\u00a0', '\u2011', '/')
const words = fc.stringMatching(/^[А-Яа-я ,:(]{0,20}$/)

test('a card number passes in no writing, wherever it stands', () => {
  fc.assert(
    fc.property(fc.tuple(digits(12, 19), between), words, words, ([pan, sign], before, after) => {
      const written = pan.match(/.{1,4}/g)?.join(sign) ?? pan
      const text = redacted(`${before}${written}${after}`)
      assert.doesNotMatch(text, /\d/)
      assert.ok(text.includes(HIDDEN))
    }),
  )
})

test('digits of full width are digits', () => {
  assert.equal(redacted('карта ４４４４３３３３２２２２１１１１'), `карта ${HIDDEN}`)
})

test('an address passes in no case, sums and times stay', () => {
  fc.assert(
    fc.property(fc.emailAddress(), words, (address, before) => {
      assert.doesNotMatch(redacted(`${before} ${address}`), /@/)
    }),
  )
  assert.equal(redacted('Почта anna@пример.бел, звонить'), `Почта ${HIDDEN} звонить`)
  for (const text of ['1 234.50 р.', '27.11.2026 20:02', 'РН 199999999', '192.168.1.50:9100']) {
    assert.equal(redacted(text), text)
  }
})

test('nothing that moves a reader’s eye is left, and no text is endless', () => {
  assert.equal(redacted('а\u202eб\nв'), 'а?б?в')
  assert.equal(redacted('ж'.repeat(5000)).length, LONGEST_TEXT + 1)
})

test('only identities of ours keep their digits, by the name that they stand under', () => {
  const id = '01938a70-0000-7000-8000-000000000001'
  const file = { id, note: id, list: [{ rrn: '123456789012' }], rrn: '4444 3333 2222 1111' }
  assert.deepEqual(withoutSecrets(file), {
    id,
    note: redacted(id),
    list: [{ rrn: '123456789012' }],
    rrn: HIDDEN,
  })
})
