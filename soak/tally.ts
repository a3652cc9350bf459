/** What a run came to, counted by table and name. */
export type Tables = Record<string, Record<string, number>>
export type Tally = ReturnType<typeof openTally>

export function openTally(tables: Tables = {}) {
  const bump = (table: string, name: string, by = 1): void => {
    const rows = tables[table] ?? {}
    rows[name] = (rows[name] ?? 0) + by
    tables[table] = rows
  }
  return {
    tables,
    bump,
    get: (table: string, name: string): number => tables[table]?.[name] ?? 0,
    /** Adds what another run came to. */
    join: (other: Tables): void => {
      for (const [table, rows] of Object.entries(other)) {
        for (const [name, count] of Object.entries(rows)) bump(table, name, count)
      }
    },
  }
}

/** Tables as lines of text. */
export const shown = (tables: Tables): string[] =>
  Object.entries(tables)
    .sort()
    .flatMap(([table, rows]) => {
      const cells = Object.entries(rows).sort((a, b) => b[1] - a[1])
      return [`${table}:`, ...cells.map(([name, count]) => `  ${name}: ${count}`)]
    })
