import type { CardDifference, CardTransaction } from '#core/api/register-cards.ts'
import type { CardDay } from '#core/card/business-day.ts'
import { dayNear, type Movement } from '#core/card/business-day.ts'
import type { FinancialKind } from '#core/iso8583/fields.ts'
import { kopecks } from '#core/money.ts'
import { movedOf } from '#core/register/card-part.ts'
import type { Operation, State } from '#core/register/operation.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

// The card transactions of the register and its business days, as projections.

/** Their rows; called inside the transaction of the journal's line. */
export function openCardRows(db: Sqlite) {
  const upsert = db.prepare(
    `insert into card_transaction(operation, seq, at, kind, sum, stan, undo_stan, masked, rrn, auth,
       code, outcome, day, reversal_day)
     values (?, (select coalesce(max(seq), 0) + 1 from card_transaction), ?, ?, ?, ?, ?, ?, ?, ?,
       ?, ?, ?, ?)
     on conflict(operation) do update set sum = excluded.sum, rrn = excluded.rrn,
       auth = excluded.auth, code = excluded.code, outcome = excluded.outcome,
       day = excluded.day, reversal_day = excluded.reversal_day`,
  )
  const held = db.prepare('select day, reversal_day from card_transaction where operation = ?')
  const open = db.prepare(
    `insert into card_day_open(day, seq)
     select ?, seq from card_transaction where operation = ?
     on conflict(day) do update set seq = max(seq, excluded.seq)`,
  )
  const shut = db.prepare('delete from card_day_open where day = ?')
  const newest = db.prepare('select max(day) day from card_transaction where day is not null')
  /** Numbers on the wire go round after 999: the register counts on. */
  const counted = (wire: number | undefined): number | null =>
    wire === undefined ? null : dayNear(wire, Number(newest.get()?.day ?? wire))
  const close = db.prepare(
    `insert into card_day(day, upto, body)
     values (?, (select coalesce(max(seq), 0) from card_transaction), ?)`,
  )
  return {
    update: ({ id, card, ...operation }: Operation): void => {
      if (!card?.attempt) return
      const { kind, attempt, approval, reversal } = card
      const outcome = outcomeOf({ card, ...operation })
      const before = held.get(id)
      const days = {
        day: counted(approval?.day),
        reversal_day: counted(reversal?.day ?? undefined),
      }
      upsert.run(
        id,
        attempt.mark.at,
        kind,
        movedOf(card),
        attempt.mark.stan,
        attempt.undo.stan,
        attempt.masked,
        approval?.rrn ?? null,
        approval?.auth ?? null,
        approval?.code ?? codeOf(operation.state),
        outcome,
        days.day,
        days.reversal_day,
      )
      for (const name of ['day', 'reversal_day'] as const) {
        if (days[name] !== null && before?.[name] == null) open.run(days[name], id)
      }
    },
    close: (day: CardDay): void => {
      close.run(day.day, JSON.stringify(day))
      shut.run(day.day)
    },
  }
}

function outcomeOf(operation: Omit<Operation, 'id'>): CardTransaction['outcome'] {
  const { card, authorisation, state } = operation
  if (card?.reversal) return card.reversal.done ? 'reversed' : 'unreversed'
  if (authorisation === 'approved') return 'approved'
  if (state.is !== 'failed') return 'asked'
  // Whatever never came to the bank was not declined by it.
  return codeOf(state) === null ? 'not-made' : 'declined'
}

/** The code with which the bank declined it. */
const codeOf = (state: State): string | null =>
  state.is === 'failed' ? (/^bank\.(\d{3})$/.exec(state.code)?.[1] ?? null) : null

type Row = Record<string, unknown>

export function openCardReading(db: Sqlite) {
  const list = db.prepare('select * from card_transaction where seq < ? order by seq desc limit ?')
  const identity = db.prepare(
    `select card.at, masked, rrn, number from card_transaction card
     join operation on operation.id = card.operation where card.operation = ?`,
  )
  const lastStan = db.prepare('select undo_stan from card_transaction order by seq desc limit 1')
  const booked = db.prepare(
    `select * from card_transaction where (day = ? or reversal_day = ?)
       and outcome in ('approved', 'reversed', 'unreversed')`,
  )
  const open = db.prepare('select day from card_day_open order by day')
  const newest = db.prepare('select max(day) day from card_transaction where day is not null')
  const lastIn = db.prepare(
    `select operation.seq place from card_day_open last
     join card_transaction card on card.seq = last.seq
     join operation on operation.id = card.operation where last.day = ?`,
  )
  const shiftClosed = db.prepare(
    `select seq place from operation
     where listed = 1 and kind = 'shift-closing' and state = 'registered'
     order by seq desc limit 1`,
  )
  const days = db.prepare('select body from card_day order by seq desc limit 50')
  return {
    cardTransactions: (before: number | null, limit: number): CardTransaction[] =>
      list.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(readTransaction),
    /** What a person knows an operation by; null: the register has nothing of it. */
    cardIdentity: (operation: string): CardIdentity | null => readIdentity(identity.get(operation)),
    /** 0 before the first. */
    lastStan: (): number => Number(lastStan.get()?.undo_stan ?? 0),
    /** What the register holds to be booked in a day of the bank. */
    cardMovements: (day: number): Movement[] =>
      booked.all(day, day).flatMap((row) => movementsOf(row, day)),
    /** The bank's days that have transactions and were not closed after them, oldest first. */
    openCardDays: (): number[] => open.all().map(({ day }) => Number(day)),
    /** The bank has gone on to another day, or the shift of its last transaction is closed. */
    isDueCardDay: (day: number): boolean => {
      if (day < Number(newest.get()?.day ?? day)) return true
      const place = Number(lastIn.get(day)?.place ?? 0)
      return Number(shiftClosed.get()?.place ?? 0) > place
    },
    cardDays: (): CardDay[] => days.all().map((row) => JSON.parse(String(row.body)) as CardDay),
  }
}

/** `number`: of its document. */
export type CardIdentity = Pick<CardDifference, 'at' | 'masked' | 'rrn' | 'number'>

function readIdentity(row: Row | undefined): CardIdentity | null {
  if (!row) return null
  const text = (name: string) => (row[name] === null ? null : String(row[name]))
  return {
    at: Number(row.at),
    masked: text('masked'),
    rrn: text('rrn'),
    number: row.number === null ? null : Number(row.number),
  }
}

function readTransaction(row: Row): CardTransaction {
  const text = (name: string) => (row[name] === null ? null : String(row[name]))
  return {
    operation: String(row.operation) as CardTransaction['operation'],
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind as FinancialKind,
    sum: kopecks(Number(row.sum)),
    stan: Number(row.stan),
    masked: text('masked'),
    rrn: text('rrn'),
    auth: text('auth'),
    code: text('code'),
    outcome: row.outcome as CardTransaction['outcome'],
  }
}

/** An approval is booked in its day, its reversal in the day of the reversal. */
function movementsOf(row: Row, day: number): Movement[] {
  const movement = {
    operation: String(row.operation) as Movement['operation'],
    kind: row.kind as FinancialKind,
    sum: kopecks(Number(row.sum)),
  }
  return [
    ...(Number(row.day) === day && row.day !== null ? [{ ...movement, reversal: false }] : []),
    ...(row.reversal_day !== null && Number(row.reversal_day) === day
      ? [{ ...movement, reversal: true }]
      : []),
  ]
}
