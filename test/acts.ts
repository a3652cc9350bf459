// A day is made of acts. What befalls each of them at its n-th boundary befalls them all in one
// life: as many lives as the longest act has boundaries, not as many as the day has.

export type Acts = ReturnType<typeof openActs>

/** Counts the boundaries of each act from 0; `strikes`: whether harm is done at the n-th. */
export function openActs(strikes: (n: number) => boolean) {
  const seen: string[][] = []
  let isUnderWay = false
  return {
    seen,
    begin: (): void => {
      isUnderWay = true
      seen.push([])
    },
    end: (): void => {
      isUnderWay = false
    },
    /** A boundary is reached; true: harm is done there. */
    pass: (where: string): boolean => {
      const act = seen.at(-1)
      if (!isUnderWay || !act) return false
      act.push(where)
      return strikes(act.length - 1)
    },
  }
}

/** How many boundaries there are in all, and in the longest act. */
export const countsOf = ({ seen }: Pick<Acts, 'seen'>): { all: number; longest: number } => ({
  all: seen.reduce((sum, { length }) => sum + length, 0),
  longest: Math.max(...seen.map(({ length }) => length)),
})

/** The n-th boundary of each act that has so many. */
export const nthOf = ({ seen }: Pick<Acts, 'seen'>, n: number): string =>
  seen.flatMap((act, at) => (act[n] === undefined ? [] : [`act ${at}: ${act[n]}`])).join('; ')
