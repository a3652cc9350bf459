/**
 * Field 48 as we fill it: one after another, tag of two digits, length of three, value. Unknown
 * tags are kept by the reader and left alone, so that old registers may hear new hosts.
 */
export const tags = {
  /** Number of the receipt at the terminal. */
  receipt: '01',
  /** Answer to an inquiry: what became of the operation. */
  fate: '02',
  /** Answer to an inquiry: the action code that the operation was answered with. */
  code: '03',
  /** Listing: the place to read on from. */
  after: '04',
  /** Listing: one movement of the business day. */
  movement: '05',
} as const
export type Tag = keyof typeof tags

/** The field's text, in the order given. Values must be printable and at most 999 long. */
export const writePrivate = (parts: readonly (readonly [Tag, string])[]): string =>
  parts.map(([tag, value]) => tags[tag] + String(value.length).padStart(3, '0') + value).join('')

/** Values by tags, in the order they came; null when the field is not made so. */
export function readPrivate(text: string): Map<string, string[]> | null {
  const values = new Map<string, string[]>()
  for (let at = 0; at < text.length; ) {
    const head = /^(\d{2})(\d{3})/.exec(text.slice(at, at + 5))
    if (!head) return null
    const [, tag = '', size = ''] = head
    const end = at + 5 + Number(size)
    if (end > text.length) return null
    const known = values.get(tag)
    if (known) known.push(text.slice(at + 5, end))
    else values.set(tag, [text.slice(at + 5, end)])
    at = end
  }
  return values
}

export const firstOf = (values: Map<string, string[]>, tag: Tag): string | null =>
  values.get(tags[tag])?.[0] ?? null
