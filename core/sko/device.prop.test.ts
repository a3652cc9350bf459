import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyCommand, anyDevice, anyWait } from '#test/extremes.ts'
import { fiscalActions, fiscalMessage, readPayload } from '../api/tsrv.ts'
import { counters, fiscalDocument } from '../api/wire.ts'
import type { FiscalDocument } from '../document/document.ts'
import { type Uid, uidOf } from '../document/uid.ts'
import { MAX_SUM, MAX_TALLY } from '../money.ts'
import { accept, type Command, type Device } from './device.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
type Last = { document: FiscalDocument; uid: Uid } | null

/** What is signed parses at the operator to just that, and leaves a device that can go on. */
function follow(device: Device, command: Command, { now, last }: { now: number; last: Last }) {
  const around = { operation: null, expected: null, oldestUnsentAt: null }
  const accepted = accept(device, command, { ...around, now, last })
  if ('fault' in accepted) return { device, last, fault: accepted.fault }
  const body = JSON.stringify(accepted.document)
  const parsed = fiscalDocument.safeParse(JSON.parse(body))
  assert.ok(parsed.success, `${parsed.error?.issues[0]?.path.join('.')} of ${body.slice(0, 400)}`)
  assert.deepEqual(parsed.data, JSON.parse(body), 'nothing of it is changed by reading')
  const hash = sha256(body)
  const after = accepted.device(hash)
  assert.ok(after.cash >= 0 && (after.cash <= MAX_SUM || after.cash <= device.cash))
  assert.ok(Math.abs(after.turnover) <= MAX_TALLY)
  if (after.shift) assert.deepEqual(counters.parse(after.shift), after.shift)
  const uid = uidOf(hash, after.issuer.registerNumber)
  return { device: after, last: { document: accepted.document, uid }, fault: null }
}

/** Every other annulment names the very last document, as it must. */
const aimed = (command: Command, last: Last): Command =>
  command.kind === 'annulment' && command.number % 2 === 0 && last
    ? { ...command, number: last.document.number }
    : command

const commands = fc.array(anyCommand, { minLength: 1, maxLength: 6 })
const steps = fc.array(fc.tuple(anyCommand, anyWait), { minLength: 1, maxLength: 6 })

test('whatever a device accepts of its protocol parses at the operator', () => {
  const signed = new Map<string, number>()
  fc.assert(
    fc.property(anyDevice, steps, (start, all) => {
      let state: { device: Device; last: Last } = { device: start, last: null }
      for (const [command, wait] of all) {
        const { action, data } = fiscalMessage(aimed(command, state.last))
        const read = readPayload<Command>(fiscalActions[action], JSON.parse(JSON.stringify(data)))
        if ('fault' in read) continue
        const now = state.device.lastAt + wait
        const done = follow(state.device, read.value, { now, last: state.last })
        const what = done.fault ?? command.kind
        signed.set(what, (signed.get(what) ?? 0) + 1)
        state = done
      }
    }),
    { numRuns: 2000 },
  )
  // A property over refusals alone would prove nothing.
  for (const met of ['sale', 'refund', 'deposit', 'withdrawal', 'annulment', 'shift-closing']) {
    assert.ok((signed.get(met) ?? 0) > 0, `${met} was never signed`)
  }
  for (const met of ['TIN_SUM_OVERFLOW', 'AVQFR_RECEIPT_SUM_OVERFLOW', 'AVQFR_BAD_DATE_TIME']) {
    assert.ok((signed.get(met) ?? 0) > 0, `${met} was never said`)
  }
})

test('a device decides on figures that no protocol lets through, and signs none of them', () => {
  fc.assert(
    fc.property(anyDevice, commands, (start, all) => {
      let state: { device: Device; last: Last } = { device: start, last: null }
      for (const command of all) {
        const legal = withPlainTexts(aimed(command, state.last))
        const { lastAt: now } = state.device
        state = follow(state.device, legal, { now, last: state.last })
      }
    }),
    { numRuns: 2000 },
  )
})

const withPlainTexts = (command: Command): Command =>
  'lines' in command
    ? { ...command, lines: command.lines.map((line) => ({ ...line, name: 'Хлеб', code: null })) }
    : command

test('from every state a shift is emptied and closed', () => {
  fc.assert(
    fc.property(
      anyDevice.filter(({ shift }) => shift !== null),
      (start) => {
        const { lastAt: now, cash: sum } = start
        const cashier = 'Анна'
        const emptied =
          sum === 0
            ? { device: start, last: null, fault: null }
            : follow(start, { kind: 'withdrawal', cashier, sum }, { now, last: null })
        assert.equal(emptied.fault, null)
        const close = { kind: 'shift-closing', cashier } as const
        assert.equal(follow(emptied.device, close, { now, last: null }).fault, null)
      },
    ),
  )
})
