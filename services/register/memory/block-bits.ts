// Places within a block of receipts, as bits: how the tags of receipts are kept and put together.

/** Receipts of a block, by their places in the list. */
export const BLOCK = 2048

const WORDS = BLOCK / 32
/** As a bit for each place of the block. */
const WHOLE_BYTES = WORDS * 4

/** Which places of a block are meant, by their offsets from 0 to `BLOCK - 1`. */
export type Bits = Uint32Array<ArrayBuffer>

export const noBits = (): Bits => new Uint32Array(WORDS)

export const isEmpty = (bits: Bits): boolean => bits.every((word) => word === 0)

const wordAt = (bits: Bits, i: number): number => bits[i] ?? 0

export const isSet = (bits: Bits, offset: number): boolean =>
  (wordAt(bits, offset >>> 5) & (1 << (offset & 31))) !== 0

export function setBit(bits: Bits, offset: number, isThere: boolean): void {
  const bit = 1 << (offset & 31)
  const word = wordAt(bits, offset >>> 5)
  bits[offset >>> 5] = isThere ? word | bit : word & ~bit
}

/** Adds what another one has. */
export function join(bits: Bits, other: Bits): void {
  for (let i = 0; i < WORDS; i += 1) bits[i] = wordAt(bits, i) | wordAt(other, i)
}

/** Leaves what another one has as well. */
export function meet(bits: Bits, other: Bits): void {
  for (let i = 0; i < WORDS; i += 1) bits[i] = wordAt(bits, i) & wordAt(other, i)
}

/** The last one first. */
export function offsetsOf(bits: Bits): number[] {
  const offsets: number[] = []
  for (let i = WORDS - 1; i >= 0; i -= 1) {
    for (let word = wordAt(bits, i); word !== 0; ) {
      const bit = 31 - Math.clz32(word)
      offsets.push(i * 32 + bit)
      word &= ~(1 << bit)
    }
  }
  return offsets
}

/** Few places are written one by one, two bytes each; more as a bit for each place of the block. */
export function packed(bits: Bits): Uint8Array {
  const few = new Uint8Array(Uint16Array.from(offsetsOf(bits)).buffer)
  return few.length < WHOLE_BYTES ? few : new Uint8Array(bits.slice().buffer)
}

/** Adds what was packed; undefined: nothing was. */
export function joinPacked(bits: Bits, places: Uint8Array | undefined): void {
  if (!places) return
  // What a database hands out need not begin where numbers may.
  const { buffer } = places.slice()
  if (places.length === WHOLE_BYTES) join(bits, new Uint32Array(buffer))
  else for (const offset of new Uint16Array(buffer)) setBit(bits, offset, true)
}
