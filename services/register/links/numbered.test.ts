import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FiscalDocument } from '#core/document/document.ts'
import { settled } from '#core/document/totals.ts'
import { kopecks } from '#core/money.ts'
import type { Signed } from '#core/register/operation.ts'
import { aDocument, anOperation } from '#test/fixtures.ts'
import { verdictByNumber } from './numbered.ts'

const operation = anOperation({ expected: 5 })
const { command, payments, sum } = operation

/** A document of this very wish, as a device makes it that knows no operations. */
const same = (number: number): FiscalDocument =>
  aDocument({
    number,
    sum,
    payments,
    settlement: settled(sum, payments),
    lines: 'lines' in command ? command.lines : [],
  })
const other = (number: number): FiscalDocument => ({ ...same(number), sum: kopecks(1) })

/** Asks a device with these documents from No. 5 on; the register has seen those of others. */
function asked(
  documents: readonly FiscalDocument[],
  { seen = [], giveUp = true, isSettled = true }: Partial<Asking> = {},
) {
  const numbered = {
    next: async () => 5 + documents.length,
    document: async (number: number) =>
      ({ document: documents[number - 5], sealed: {} }) as unknown as Signed,
    holder: (number: number) => (seen.includes(number) ? 'another' : null),
  }
  return verdictByNumber(operation, numbered, { giveUp, isSettled })
}
type Asking = { seen: readonly number[]; giveUp: boolean; isSettled: boolean }
const verdict = async (...given: Parameters<typeof asked>) => (await asked(...given)).verdict

test('its own document is found under the number that it was to get', async () => {
  assert.equal(await verdict([same(5)]), 'done')
  assert.equal(await verdict([]), 'never')
  assert.equal(await verdict([], { isSettled: false }), 'busy')
  assert.equal(await verdict([], { giveUp: false }), 'lacks')
})

test('once its number is another operation’s there is none, as soon as none can come', async () => {
  const seen = [5]
  assert.equal(await verdict([other(5)], { seen }), 'never')
  assert.equal(await verdict([other(5)], { seen, isSettled: false }), 'busy')
  assert.equal(await verdict([other(5)], { seen, giveUp: false }), 'lacks')
  assert.equal(await verdict([other(5)]), 'never', 'nobody’s that the register knows, nor its own')
})

test('the same wish of the next customer is not taken for it', async () => {
  assert.equal(await verdict([same(5)], { seen: [5] }), 'never')
})

test('a late copy gets a later number: nothing is said before a person looks', async () => {
  assert.equal(await verdict([other(5), same(6)], { seen: [5] }), 'silent')
  const many = Array.from({ length: 21 }, (_, i) => other(5 + i))
  assert.equal(await verdict(many), 'silent', 'a memory that was put back asks no thousand times')
})
