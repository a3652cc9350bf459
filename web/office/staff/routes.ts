/** What is looked for in the audit trail, as it was typed; the address keeps it. */
export type ActsFilter = Record<(typeof actsFilterNames)[number], string>
const actsFilterNames = ['what', 'person', 'contract', 'target', 'day', 'dayTo'] as const

/** The office's own people: what they look at. */
export type StaffRoute =
  | { at: 'contracts' | 'equipment' | 'entries' | 'terms' | 'releases' | 'settings' }
  | { at: 'contract'; number: string }
  | { at: 'acts'; filter: ActsFilter }

/** The screen of an address; contracts when the address says nothing. */
export function staffRouteOf(hash: string): StaffRoute {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [at = '', number] = path.split('/').map(decodeURIComponent)
  if (at === 'contracts' && number) return { at: 'contract', number }
  if (at === 'acts') {
    const asked = new URLSearchParams(query)
    const named = actsFilterNames.map((name) => [name, asked.get(name) ?? ''])
    return { at, filter: Object.fromEntries(named) as ActsFilter }
  }
  const still = ['equipment', 'entries', 'terms', 'releases', 'settings'] as const
  const found = still.find((each) => each === at)
  if (found) return { at: found }
  return { at: 'contracts' }
}
