/** Whom the register speaks to, each of whom somebody else may pretend to be (V1). */
export const neighbours = ['sko', 'operator', 'bank', 'office'] as const
export type Neighbour = (typeof neighbours)[number]

/**
 * A store that was put back (V3). `operator`: it signed for other documents than the device made;
 * `sko`: the device lacks documents that the register has seen.
 */
export const divergences = ['operator', 'sko'] as const
export type Divergence = (typeof divergences)[number]
