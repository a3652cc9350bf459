/** What a run came to, counted. */
export type Tally = ReturnType<typeof openTally>
type Counts = Record<string, number>
type Figures = { counts: Counts; faults: Counts; cleared: Counts; ends: Counts }

export function openTally() {
  const counts = {
    seeds: 0,
    /** Events of virtual time after which the audit could look. */
    steps: 0,
    /** Operations begun, those that a restored backup forgot included. */
    operations: 0,
    documents: 0,
    red: 0,
    /** Openings that stood under a warning. */
    warned: 0,
    /** Shifts closed in one go, from the count to the Z-report in one answer. */
    cashUps: 0,
    cardDocuments: 0,
    /** At the bank: purchases, refunds and voids approved, and what was undone of them. */
    charges: 0,
    reversals: 0,
    /** Business days compared while all was quiet. */
    quietDays: 0,
    /** Charges whose document a person's unchecked word made up (S3.6). */
    typedWrong: 0,
    /** Wrong data taken as unproved while neither device nor operator answered. */
    uncheckedWrong: 0,
    /** Words of the operator's people that were wrong. */
    staffWrong: 0,
    virtualMs: 0,
    longestClearingMs: 0,
  }
  const faults: Counts = {}
  const cleared: Counts = {}
  const ends: Counts = {}
  const bump = (table: Counts, name: string, by = 1) => {
    table[name] = (table[name] ?? 0) + by
  }
  return {
    counts,
    faults,
    /** Who told how a red receipt ended. */
    cleared,
    /** Operations by the way they ended, by the register's word. */
    ends,
    fault: (name: string) => bump(faults, name),
    clearedBy: (name: string) => bump(cleared, name),
    ended: (name: string) => bump(ends, name),
    /** Adds what another run came to. */
    join: (other: Figures): void => {
      for (const [name, value] of Object.entries(other.counts)) {
        const key = name as keyof typeof counts
        counts[key] =
          key === 'longestClearingMs' ? Math.max(counts[key], value) : counts[key] + value
      }
      for (const table of ['faults', 'cleared', 'ends'] as const) {
        const into = { faults, cleared, ends }[table]
        for (const [name, value] of Object.entries(other[table])) bump(into, name, value)
      }
    },
  }
}
