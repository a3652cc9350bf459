// Names of goods differ at both ends: the brand stands first, the weight last.

const TAIL = 14

/**
 * A name in two parts that make it whole again; what there is no room for is left out at the end of
 * the first. `most`: characters that fit as they stand. The last part is at most a third of these.
 */
export function cutInMiddle(name: string, most: number): readonly [head: string, tail: string] {
  if (name.length <= most) return [name, '']
  const longest = Math.min(TAIL, Math.floor(most / 3))
  const words = name.split(/(?<=\s)/)
  let tail = ''
  for (const word of words.toReversed()) {
    if (tail.length + word.length > longest) break
    tail = word + tail
  }
  if (tail === '') tail = name.slice(-longest)
  return [name.slice(0, name.length - tail.length), tail]
}
