/** The only chance of the simulator: the same seed gives the same throws for ever. */
export type Dice = {
  /** 0 … 1, 1 itself excepted. */
  number: () => number
  /** Both ends may come. */
  int: (from: number, to: number) => number
  chance: (probability: number) => boolean
  pick: <T>(list: readonly [T, ...T[]]) => T
  any: <T>(list: readonly T[]) => T | undefined
  /** A key by its weight. */
  weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name
  /** Short spans are as likely as long ones: hours of waiting would drown the minutes. */
  span: (from: number, to: number) => number
  uuid: () => string
  bytes: (count: number) => Buffer
  /** A sequence of its own, so that more throws in one room do not change another. */
  fork: (name: string) => Dice
}

export function openDice(seed: number): Dice {
  const next = sfc32(seed)
  const number = (): number => next() / 2 ** 32
  const int = (from: number, to: number): number => from + Math.floor(number() * (to - from + 1))
  return {
    number,
    int,
    chance: (probability) => number() < probability,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    any: (list) => list[int(0, list.length - 1)],
    weighted: <Name extends string>(weights: Readonly<Record<Name, number>>): Name => {
      const rows = Object.entries(weights) as [Name, number][]
      let left = number() * rows.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of rows) {
        left -= weight
        if (left < 0) return name
      }
      return (rows.at(-1) as [Name, number])[0]
    },
    span: (from, to) => Math.round(from * (to / from) ** number()),
    uuid: () => uuidOf(Array.from({ length: 4 }, next)),
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => int(0, 255))),
    fork: (name) => openDice(mixed(name, next())),
  }
}

function uuidOf(words: number[]): string {
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(13, 16)}`]
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

function mixed(text: string, seed: number): number {
  let hash = seed
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  return hash >>> 0
}

/** Chris Doty-Humphrey's small fast counter: 32 bits a throw, a period beyond any run. */
function sfc32(seed: number): () => number {
  let [a, b, c, d] = [seed | 0, Math.imul(seed, 0x9e3779b9) | 0, 0x243f6a88 | 0, 1]
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let i = 0; i < 16; i += 1) next()
  return next
}
