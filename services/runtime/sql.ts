/** Runs a statement; without parameters it may be several, and the last one's rows return. */
export type Sql = {
  query: <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>
}

/**
 * A PostgreSQL, embedded or a server's. What `transaction` returned is committed. A server's
 * statements and locks are bounded in time, but for those of an `unhurried` transaction.
 */
export type Postgres = Sql & {
  transaction: <T>(work: (sql: Sql) => Promise<T>, pace?: { unhurried?: boolean }) => Promise<T>
  close: () => Promise<void>
}
