import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noTotals, totalsOf } from '#core/card/business-day.ts'
import { markOf, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import { type Rrn, rrn } from '#core/card/rrn.ts'
import { type VirtualCardName, virtualCardNames, virtualCards } from '#core/demo/virtual-card.ts'
import type { OperationId } from '#core/id.ts'
import { decode, type Fields } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer } from '#services/acquirer/seed.ts'
import { newNonce, sealMessage } from '#services/runtime/line-seal.ts'
import { silentLog } from '#services/runtime/log.ts'
import { type Dice, openDice } from '#sim/dice.ts'
import { secrets } from '#test/bank.ts'
import { aClock } from '#test/fixtures.ts'
import { newPostgres } from '#test/server-postgres.ts'
import { TERMINAL, TERMINAL_KEY } from './enrolment.ts'
import { bankOver, openBankDisk } from './memory-bank.ts'

const STEPS = 400

test('the bank in memory answers as the real one does', async () => {
  const clock = aClock()
  const db = await newPostgres('acquirer')
  const real = await openAcquirer({ db, clock, log: silentLog, secrets })
  const { terminal, merchant } = TERMINAL
  await sowAcquirer(
    db,
    {
      terminals: [
        { terminal, merchant, serial: 'PE1', bank: 'ЗАО "МТБАНК"', keys: [TERMINAL_KEY] },
      ],
      cards: [...virtualCardNames],
    },
    secrets,
  )
  const disk = openBankDisk()
  const memory = bankOver({ disk, now: clock.now, commit: (write) => write() })
  const dice = openDice(1)
  const seen = new Map<string, number>()
  /** RRNs differ by chance of the real sequence's start: each end names its own. */
  const rrns = new Map<string, [Rrn, Rrn]>()
  for (let step = 1; step <= STEPS; step += 1) {
    const { request, of } = aRequest(dice, {
      today: disk.terminal.day,
      step,
      approved: [...rrns.keys()],
    })
    const named = of === null ? undefined : rrns.get(of)
    const frames = [0, 1].map((end) => frameOf(step, withOriginal(request, named?.[end] ?? NONE)))
    const [mine = new Uint8Array(), theirs = new Uint8Array()] = frames
    const answer = fieldsOf((await real.answer(theirs))?.bytes)
    const told = fieldsOf(memory(mine))
    assert.deepEqual(comparable(told), comparable(answer), `${step}: ${JSON.stringify(request)}`)
    const [own, real_] = [rrn(told[37] ?? ''), rrn(answer[37] ?? '')]
    if (own && real_ && 'operation' in request) rrns.set(request.operation, [own, real_])
    const code = `${request.kind} ${told[39]}`
    seen.set(code, (seen.get(code) ?? 0) + 1)
  }
  const wanted = [
    'purchase 000',
    'refund 000',
    'void 000',
    'reversal 400',
    'reversal 914',
    'purchase 002',
  ]
  for (const code of [...wanted, 'inquiry 600', 'reconciliation 501', 'reconciliation 500']) {
    assert.ok(seen.has(code), `${code} was never answered: ${JSON.stringify([...seen])}`)
  }
  await db.close()
})

const NONE = '000000000009' as Rrn
const idOf = (n: number) =>
  `0197a2b4-0000-7000-8000-${String(n).padStart(12, '0')}` as string as OperationId

function withOriginal(request: TerminalRequest, original: Rrn): TerminalRequest {
  const names = 'card' in request && request.kind !== 'purchase'
  return names ? { ...request, original } : request
}

function frameOf(step: number, request: TerminalRequest): Uint8Array {
  const at = Date.UTC(2026, 10, 23, 9) + step * 1000
  const message = writeRequest({ terminal: TERMINAL, mark: markOf(step, at), request })
  const encoded = sealMessage(message, { key: TERMINAL_KEY, nonce: newNonce() }, 'asks')
  assert.ok(encoded.kind === 'bytes')
  return encoded.bytes
}

function fieldsOf(bytes: Uint8Array | null | undefined): Fields {
  const decoded = bytes && decode(bytes)
  assert.ok(decoded && decoded.kind === 'message')
  return decoded.message.fields
}

/** Approval codes and RRNs are each bank's own; moments and seals are of whoever answers. */
function comparable({
  7: _,
  37: reference,
  38: auth,
  53: _seal,
  64: _a,
  128: _b,
  ...rest
}: Fields) {
  return { ...rest, approved: /[1-9]/.test(reference ?? ''), auth: auth !== undefined }
}

const card = (name: VirtualCardName) => {
  const { pan, expiry } = virtualCards[name]
  return { pan, expiry, entry: 'chip' as const }
}

const kinds = { purchase: 6, refund: 2, void: 2, 'refund-void': 1 } as const

type Scene = { today: number; step: number; approved: readonly string[] }

/** Any request about new operations and old ones, whose ids come again with whatever content. */
function aRequest(
  dice: Dice,
  { today, step, approved }: Scene,
): { request: TerminalRequest; of: string | null } {
  const operation = idOf(dice.chance(0.5) ? step : dice.int(Math.max(1, step - 20), step))
  const sum = kopecks(dice.pick([100, 100, 100, 40, 1500]))
  const day = Math.max(1, today - dice.pick([0, 0, 1]))
  const whole = { operation, sum, receipt: 1 }
  switch (dice.weighted({ operate: 10, reverse: 4, inquire: 4, close: 1, check: 1, list: 1 })) {
    case 'operate': {
      const kind = dice.weighted(kinds)
      const of = kind === 'purchase' ? null : (dice.any(approved.slice(-8)) ?? null)
      const name =
        sum > 1000 ? 'partial' : dice.chance(0.7) ? 'ok' : (dice.any(virtualCardNames) ?? 'ok')
      const read = kind === 'purchase' ? card(name) : null
      return { request: { kind, ...whole, card: read, original: null }, of }
    }
    case 'reverse': {
      const of = dice.weighted(kinds)
      const mark = markOf(1, Date.UTC(2026, 10, 23, 9))
      const reversal = { kind: 'reversal', of, ...whole, original: mark, rrn: null } as const
      return { request: { ...reversal, reason: 'no-answer', repeat: dice.chance(0.5) }, of: null }
    }
    case 'inquire':
      return { request: { kind: 'inquiry', operation }, of: null }
    case 'close': {
      const repeat = dice.chance(0.5)
      return { request: { kind: 'reconciliation', day, totals: noTotals, repeat }, of: null }
    }
    case 'check': {
      const totals = totalsOf([{ operation, kind: 'purchase', reversal: false, sum }])
      return { request: { kind: 'checkpoint', day, totals, repeat: false }, of: null }
    }
    case 'list':
      return { request: { kind: 'listing', day, after: dice.pick([0, 0, 3]) }, of: null }
  }
}
