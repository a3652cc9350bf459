import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { acquirerApi } from '#core/api/acquirer.ts'
import { type Contract, everyRefusal, refused, statusOf } from '#core/api/contract.ts'
import type { Facts } from '#core/api/facts.ts'
import { officeApi } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { operatorApi } from '#core/api/operator.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { enrolmentApi } from '#core/api/operator-enrolment.ts'
import { registerApi } from '#core/api/register.ts'
import { kopecks } from '#core/money.ts'
import { deviceFaults } from '#core/sko/faults.ts'
import { deviceWords } from '#core/words/device.ts'
import { type RefusalName, refusalIn } from '#core/words/refusals.ts'

// What a refusal speaks of, as docs/refusals.md says above its table.
const usual: Facts = {
  kind: 'sale',
  sum: kopecks(1234),
  number: 15,
  expected: 12,
  by: 'sko',
  waitMs: 5000,
  unsent: 3,
  device: 'D100000001',
  register: 100_000_001,
  said: '‹причина›',
  serial: 'ZP0001',
  account: '10000001',
}
const { said: _, number: __, ...withoutWords } = usual
/** Where the usual facts would say something that this refusal never speaks of. */
const special: Partial<Record<RefusalName, Facts>> = {
  'billing.forbids': { billing: 'no-subscription', account: '10000001' },
  'basis.wrong': { reason: 'not-made' },
  'basis.not-last': { number: 15 },
  'basis.exhausted': { name: 'Хлеб' },
  'mark.held': { name: 'Духи' },
  'mark.parked': { name: 'Духи', said: 'столик 5' },
  'mark.sold': { name: 'Духи', number: 15 },
  'payment.wrong': { fault: 'TIN_NOT_ENOUGH_MONEY' },
  'goods.unknown': { code: '4810000000018' },
  'goods.code-taken': { code: '4810000000018', name: 'Хлеб' },
  'parked.full': { limit: 200 },
  'letter.many': { limit: 5 },
  'measures.many': { limit: 10 },
  'right.required': {
    right: 'price.change',
    holders: ['Ольга'],
    reason: 'other-price',
    name: 'Хлеб',
    sum: kopecks(1234),
  },
  'answer.stale': { at: Date.UTC(2026, 10, 23, 9) },
  'claim.wrong': { field: 'uid', reason: 'other-document', ...withoutWords, number: 15 },
}

const page = readFileSync(join(import.meta.dirname, '../docs/refusals.md'), 'utf8')

/** The rows of the table under a heading, without its head. */
function table(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const rows = section.split('\n## ')[0]?.match(/^\| `.*$/gm) ?? []
  return rows.toSorted()
}

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`
const listedIn = (...contracts: Contract[]): RefusalName[] => {
  const rows = contracts.flatMap((contract) => Object.values(contract))
  return [...new Set(rows.flatMap(({ refusals }) => refusals))].toSorted()
}
const rowOf = (code: RefusalName): string => {
  const refusal = refused(code, special[code] ?? usual)
  const { message, next } = refusalIn('ru', refusal)
  return row(`\`${code}\``, statusOf(refusal), message, next)
}

test('docs/refusals.md is the table of the register’s refusals', () => {
  const expected = [...listedIn(registerApi), ...everyRefusal].map(rowOf)
  assert.deepEqual(table('Отказы кассы'), expected.toSorted())
})

test('docs/refusals.md is the table of the СКО’s refusals', () => {
  const words = deviceWords.ru.faults
  const expected = deviceFaults.map((name) => row(`\`${name}\``, words[name]))
  assert.deepEqual(table('Отказы СКО'), expected.toSorted())
})

test('docs/refusals.md is the table of the operator’s refusals', () => {
  const expected = listedIn(operatorApi, enrolmentApi, operatorCabinetApi).map(rowOf)
  assert.deepEqual(table('Отказы оператора'), expected.toSorted())
})

test('docs/refusals.md is the table of the office’s refusals', () => {
  const expected = listedIn(officeApi, officeCabinetApi).map(rowOf)
  assert.deepEqual(table('Отказы кабинета zPOS'), expected.toSorted())
})

test('the bank’s own contract refuses nothing but who has no token', () => {
  assert.deepEqual(listedIn(acquirerApi), [])
})
