/** An address under a path, with what is filled in of a filter. */
export function addressOf(path: string, filter: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, text]) => text !== ''))
  return query.size > 0 ? `#/${path}?${query}` : `#/${path}`
}
