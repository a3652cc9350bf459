import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { audit } from '#soak/audit.ts'
import type { Evidence } from '#soak/evidence.ts'
import { runRound } from '#soak/round.ts'
import { layShop } from '../opened-shop.ts'

// A sample of `npm run soak`. The long run is started by hand: docs/reliability.md has its report.

const template = mkdtempSync(join(tmpdir(), 'zpos-soak-template-'))
await layShop(template)
const seen: string[] = []
const round = await runRound({
  seed: 266,
  kills: 6,
  putBack: false,
  template,
  say: (text) => seen.push(text),
})
after(() => {
  round.close()
  rmSync(template, { recursive: true, force: true })
})

test('V4: real processes killed and stopped at work come to rest, and everybody agrees', (t) => {
  for (const line of seen) t.diagnostic(line)
  assert.deepEqual(round.violations, [], round.data ?? '')
  assert.ok(Object.values(round.tally.tables.kills ?? {}).length > 0)
})

/** Each puts one of them in disagreement with the others, as a loss or an invention would. */
const bent: Record<string, (evidence: Evidence) => Partial<Evidence>> = {
  'the operator lacks a document': ({ operator }) => ({ operator: operator.slice(0, -1) }),
  'the operator has another document': ({ operator }) => ({
    operator: operator.map((each, place) => (place === 1 ? { ...each, hash: '0' } : each)),
  }),
  'the device lacks a document': ({ device }) => ({
    device: { row: device.row, documents: device.documents.slice(0, -1) },
  }),
  'the device has two documents in each other’s place': ({ device }) => {
    const [first, second, ...rest] = device.documents
    assert.ok(first && second)
    return { device: { row: device.row, documents: [second, first, ...rest] } }
  },
  'the bank charged once more': ({ bank }) => {
    const charge = bank.transactions.find(({ kind, code }) => kind === 'purchase' && code === '000')
    assert.ok(charge, 'a card was charged')
    return { bank: { days: bank.days, transactions: [charge, ...bank.transactions] } }
  },
  'the bank forgot what it charged': ({ bank }) => ({
    bank: { days: bank.days, transactions: [] },
  }),
  'the office lacks a row of the bank': ({ office }) => ({ office: office.slice(1) }),
  'the office has a row of the bank twice': ({ office }) => ({
    office: [...office.slice(0, 1), ...office],
  }),
  'a day does not balance': ({ bank }) => ({
    bank: {
      transactions: bank.transactions,
      days: bank.days.map((day) => ({ ...day, code: '501' })),
    },
  }),
  'a paper is missing': ({ tape }) => ({ tape: tape.slice(1) }),
  'a paper came out twice without saying so': ({ tape }) => ({ tape: [...tape, ...tape] }),
  'something was sold that nobody asked for': ({ ledger }) => ({
    ledger: { ...ledger, asked: new Map([...ledger.asked].slice(1)) },
  }),
  'what was told is not so': ({ ledger }) => ({
    ledger: {
      ...ledger,
      asked: new Map(
        [...ledger.asked].map(([id, { request, told }]) => [
          id,
          { request, told: told.map((each) => ({ ...each, uid: '0'.repeat(24) })) },
        ]),
      ),
    },
  }),
  'the drawer is a kopeck short': ({ register }) => ({
    register: { ...register, facts: { ...register.facts, cash: -1 } },
  }),
  'a document is unsent': ({ register }) => ({
    register: { ...register, facts: { ...register.facts, unsent: 1 } },
  }),
  'a receipt is listed twice': ({ register }) => ({
    register: { ...register, listed: [...register.listed, ...register.listed] },
  }),
}

for (const [name, bend] of Object.entries(bent)) {
  test(`the auditor notices: ${name}`, () => {
    assert.ok(round.evidence)
    const found = audit({ ...round.evidence, ...bend(round.evidence) })
    assert.notDeepEqual(found.violations, [])
  })
}
