import { type CashUp, type CashUpStage, stageOf, stopsCashUp } from '#core/register/cash-up.ts'
import type { Operation, StateName } from '#core/register/operation.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

// Closings in one go (N12), as projections.

/** Their rows; called inside the transaction of the journal's line. */
export function openCashUpRows(db: Sqlite) {
  const insert = db.prepare(
    `insert into cash_up(id, shift, withdrawal, closing, wanted, body) values (?, ?, ?, ?, 1, ?)`,
  )
  const want = db.prepare('update cash_up set wanted = 1 where id = ?')
  const stop = db.prepare('update cash_up set wanted = 0 where withdrawal = ? or closing = ?')
  return {
    begin: (cashUp: CashUp): void => {
      const { id, shift, withdrawal, closing } = cashUp
      insert.run(id, shift, withdrawal?.id ?? null, closing, JSON.stringify(cashUp))
    },
    want: (id: string): void => {
      want.run(id)
    },
    follow: ({ id, kind, state }: Operation): void => {
      const isPart = kind === 'withdrawal' || kind === 'shift-closing'
      if (isPart && stopsCashUp(state.is)) stop.run(id, id)
    },
  }
}

/** `isWanted`: nothing has stopped it since somebody said that it should go on. */
export type HeldCashUp = { cashUp: CashUp; isWanted: boolean; stage: CashUpStage }

type Row = Record<string, unknown>

export function openCashUpReading(db: Sqlite) {
  const one = db.prepare('select * from cash_up where id = ?')
  const last = db.prepare('select * from cash_up where shift = ? order by seq desc limit 1')
  const ofShift = db.prepare('select * from cash_up where shift = ? order by seq')
  const state = db.prepare('select state from operation where id = ?')
  const stateOf = (id: string): StateName | null =>
    (state.get(id)?.state as StateName | undefined) ?? null
  const held = (row: Row | undefined): HeldCashUp | null => {
    if (!row) return null
    const cashUp = JSON.parse(String(row.body)) as CashUp
    const { withdrawal, closing } = cashUp
    const standing = {
      withdrawal: withdrawal && stateOf(withdrawal.id),
      closing: stateOf(closing),
    }
    return { cashUp, isWanted: row.wanted === 1, stage: stageOf(cashUp, standing) }
  }
  return {
    cashUp: (id: string): HeldCashUp | null => held(one.get(id)),
    lastCashUp: (shift: number): HeldCashUp | null => held(last.get(shift)),
    cashUps: (shift: number): HeldCashUp[] => ofShift.all(shift).flatMap((row) => held(row) ?? []),
  }
}
