import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Contract, statusOf } from '#core/api/contract.ts'
import { operatorApi, operatorCabinetApi } from '#core/api/operator.ts'
import { registerApi } from '#core/api/register.ts'
import { kopecks } from '#core/money.ts'
import { type RefusalName, refusals, refused } from '#core/register/refusals.ts'
import { deviceFaults } from '#core/sko/faults.ts'
import { anOperation } from './fixtures.ts'

// What a message speaks of, as docs/refusals.md says above its table.
const details = {
  sum: kopecks(1234),
  operation: anOperation({ kind: 'sale', sum: kopecks(1234) }),
  why: '‹причина›',
  right: 'price.change' as const,
  holders: ['Ольга'],
}

const page = readFileSync(join(import.meta.dirname, '../docs/refusals.md'), 'utf8')

/** The rows of the table under a heading, without its head. */
function table(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const rows = section.split('\n## ')[0]?.match(/^\| `.*$/gm) ?? []
  return rows.toSorted()
}

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`
const codesOf = (contract: Contract): string[] =>
  [...new Set(Object.values(contract).flatMap((endpoint) => endpoint.refusals))].toSorted()

test('docs/refusals.md is the table of the register’s refusals', () => {
  const expected = (Object.keys(refusals) as RefusalName[]).map((code) => {
    const refusal = refused(code, details)
    return row(`\`${code}\``, statusOf(refusal), refusal.message, refusal.next)
  })
  assert.deepEqual(table('Отказы кассы'), expected.toSorted())
})

test('docs/refusals.md is the table of the СКО’s refusals', () => {
  const expected = Object.entries(deviceFaults).map(([name, text]) => row(`\`${name}\``, text))
  assert.deepEqual(table('Отказы СКО'), expected.toSorted())
})

test('docs/refusals.md names every refusal that the operator’s contracts list', () => {
  const named = table('Отказы оператора').map((each) => each.split('`')[1])
  const listed = new Set([...codesOf(operatorApi), ...codesOf(operatorCabinetApi)])
  assert.deepEqual(named, [...listed].toSorted())
})

test('every refusal that the register’s contract lists has its sentence and its next step', () => {
  const silent = codesOf(registerApi).filter((code) => !Object.hasOwn(refusals, code))
  assert.deepEqual(silent, [])
})
