/** Whom the register speaks to, each of whom somebody else may pretend to be (V1). */
export const neighbours = ['sko', 'operator', 'bank'] as const
export type Neighbour = (typeof neighbours)[number]
