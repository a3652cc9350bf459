import type { Till } from './tills.ts'

/** A row of the operator's documents of one device. */
export type Stored = { number: number; hash: string; operation: string }

/**
 * What does not hold of one till, by the rows that are there, in the order of their numbers: each
 * document that was acknowledged is there as it was sent, and no operation is there twice.
 */
export function wrongWith(
  { serial, chain, acknowledged, broken }: Till,
  rows: readonly Stored[],
): string[] {
  const missed = chain
    .slice(0, acknowledged)
    .filter(({ hash }, place) => rows[place]?.hash !== hash)
    .map(({ number }) => `${serial}: ${number} was acknowledged and is not there`)
  const again = rows.length - new Set(rows.map(({ operation }) => operation)).size
  const doubled = again > 0 ? [`${serial}: ${again} operations are stored twice`] : []
  return [...broken.map((what) => `${serial}: ${what}`), ...missed, ...doubled]
}
