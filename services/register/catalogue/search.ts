/** A text as it is searched for: case, the dots of \u0451 and quotation marks do not count. */
export const folded = (text: string): string =>
  text.toLowerCase().replaceAll('\u0451', '\u0435').replace(/[«»"]/g, '').trim()

/** Every typed word must stand in the name or in a code of the goods. */
export function matching(search: string): { where: string[]; values: (string | number)[] } {
  const words = folded(search).split(' ').filter(Boolean)
  return {
    where: words.map(() => `search like ? escape '\\'`),
    values: words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
  }
}
