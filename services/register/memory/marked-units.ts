import { type UnitMark, unitsOf } from '#core/document/mark.ts'
import type { Operation } from '#core/register/operation.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'

// Which sales have a marked unit in them, as a projection: an index, and no more. Whether the unit
// is sold is never written down; the operations themselves tell.

/** Its rows; called inside the transaction of the journal's line. */
export function openUnitRows(db: Sqlite) {
  const insert = db.prepare(
    'insert into marked_unit(unit, operation) values (?, ?) on conflict do nothing',
  )
  return {
    begin: ({ id, kind, command }: Operation): void => {
      if (kind !== 'sale' || !('lines' in command)) return
      for (const { mark } of command.lines) {
        for (const unit of mark ? unitsOf(mark) : []) insert.run(unit, id)
      }
    },
  }
}

export function openUnitReading(db: Sqlite, one: (id: string) => Operation | null) {
  const holders = db.prepare(
    `select distinct operation.id from marked_unit join operation on operation.id = operation
     where unit in (select value from json_each(?)) order by operation.seq`,
  )
  return {
    /** Sales that were begun with the unit in them, the first one first. */
    salesOfUnit: (mark: UnitMark): Operation[] =>
      holders.all(JSON.stringify(unitsOf(mark))).flatMap(({ id }) => one(String(id)) ?? []),
  }
}
