import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyCommand } from '#test/extremes.ts'
import { anIssuer, NOW } from '#test/fixtures.ts'
import { operationRequest } from '../api/operation-request.ts'
import { fiscalActions, fiscalMessage, readPayload } from '../api/tsrv.ts'
import { openCounters } from '../document/report.ts'
import { kopecks, ZERO } from '../money.ts'
import { accept, type Command, newDevice } from '../sko/device.ts'
import { refuse } from './gate.ts'
import { plan } from './plan.ts'

const id = '0197a2b4-0000-7000-8000-000000000009'
const shift = openCounters(1, NOW, 1)
const cash = kopecks(1_000_000)
const device = { ...newDevice(anIssuer()), number: 1, lastAt: NOW, cash, lastShift: 1, shift }
const facts = {
  now: NOW,
  open: [],
  shift,
  cash,
  skoCash: cash,
  oldestUnsentAt: null,
  diverged: null,
  retired: false,
  terminal: true,
  reversals: 0,
  carried: kopecks(0),
  blocked: null,
  unbilled: null,
}

/** What a page may send for it: anything, before the contract has read it. */
const requestOf = (command: Command): unknown =>
  'lines' in command
    ? {
        id,
        kind: command.kind,
        lines: command.lines.map(({ code, ...line }) => (code === null ? line : { ...line, code })),
        discount: command.discount,
        markup: command.markup,
        payments: command.payments,
      }
    : { ...command, id }

test('what the register lets begin, its device documents to the kopeck', () => {
  let begun = 0
  const wanted = anyCommand.filter(({ kind }) => ['sale', 'deposit', 'withdrawal'].includes(kind))
  fc.assert(
    fc.property(wanted, (command) => {
      const read = operationRequest.safeParse(requestOf(command))
      if (!read.success) return
      const lines = (read.data.lines ?? []).flatMap(({ name, price, ...line }) =>
        name === undefined || price === undefined
          ? []
          : [
              {
                name,
                code: line.code ?? null,
                price,
                quantity: line.quantity,
                discount: line.discount ?? ZERO,
                markup: line.markup ?? ZERO,
                vat: line.vat ?? null,
              },
            ],
      )
      const basis = { operation: null, undone: [], last: null, shift: 1 }
      const planned = plan(read.data, {
        cashier: 'Анна',
        lines,
        names: [],
        pieces: new Set(),
        basis,
      })
      if ('kind' in planned) return
      const { sum, discounts, markups, card, cash: inCash } = planned
      const wish = { sum, discounts, markups, cash: inCash, card: card?.sum ?? ZERO }
      if (refuse(facts, { kind: read.data.kind, ...wish })) return
      begun += 1
      const { action, data } = fiscalMessage(planned.command)
      const message = readPayload<Command>(fiscalActions[action], JSON.parse(JSON.stringify(data)))
      assert.deepEqual(message, { value: planned.command }, 'the device reads what was meant')
      const around = { now: NOW, operation: id, expected: 2, last: null, oldestUnsentAt: null }
      const answer = accept(device, planned.command, around)
      assert.ok(!('fault' in answer), JSON.stringify(answer))
      assert.equal(answer.document.sum, planned.sum)
      assert.equal(
        answer.document.cash - device.cash,
        inCash * (command.kind === 'withdrawal' ? -1 : 1),
      )
    }),
    { numRuns: 1500 },
  )
  assert.ok(begun > 100, `${begun} were begun`)
})
