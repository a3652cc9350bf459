/** Where a page of a list ended: what it is sorted by, and the row. */
export type PagePlace = { value: number; id: number }

/** A place as it travels: opaque to whoever sends it back. */
export const pageToken = ({ value, id }: PagePlace): string => `${value}.${id}`

/** The place that a token names; null: it is none of ours. */
export function placeOfToken(token: string): PagePlace | null {
  const [, value, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(token) ?? []
  return id === undefined ? null : { value: Number(value), id: Number(id) }
}
