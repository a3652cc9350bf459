/** The office's own people: what they look at. */
export type StaffRoute =
  | { at: 'contracts' | 'equipment' | 'entries' | 'terms' | 'releases' | 'settings' }
  | { at: 'contract'; number: string }

/** The screen of an address; contracts when the address says nothing. */
export function staffRouteOf(hash: string): StaffRoute {
  const [at = '', number] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  if (at === 'contracts' && number) return { at: 'contract', number }
  const still = ['equipment', 'entries', 'terms', 'releases', 'settings'] as const
  const found = still.find((each) => each === at)
  if (found) return { at: found }
  return { at: 'contracts' }
}
