import { officeWords } from '#core/words/office.ts'
import { useHash } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { Session } from '../office.ts'
import { OfficeSettings } from '../screens/settings.tsx'
import { Acts } from './acts.tsx'
import { Contract, Contracts } from './contracts.tsx'
import { AllEquipment } from './equipment.tsx'
import { Entries } from './money.tsx'
import { Releases } from './releases.tsx'
import { type StaffRoute, staffRouteOf } from './routes.ts'
import { StaffTariffs } from './tariffs.tsx'

const places = [
  'contracts',
  'equipment',
  'entries',
  'terms',
  'releases',
  'acts',
  'settings',
] as const

/** The menu of the office's own people. */
export function StaffNav() {
  const words = useWords(officeWords)
  const { at } = staffRouteOf(useHash())
  const here = at === 'contract' ? 'contracts' : at
  return (
    <nav class="header-nav" aria-label={words.sections}>
      {places.map((place) => (
        <a key={place} href={`#/${place}`} aria-current={here === place ? 'page' : undefined}>
          {words.staff.nav[place]}
        </a>
      ))}
    </nav>
  )
}

/** R18: what the office's own people see and mend. */
export const StaffScreen = ({ session }: { session: Session }) => (
  <Screen route={staffRouteOf(useHash())} session={session} />
)

function Screen({ route, session }: { route: StaffRoute; session: Session }) {
  switch (route.at) {
    case 'contracts':
      return <Contracts />
    case 'contract':
      return <Contract key={route.number} number={route.number} />
    case 'equipment':
      return <AllEquipment />
    case 'entries':
      return <Entries />
    case 'terms':
      return <StaffTariffs />
    case 'releases':
      return <Releases />
    case 'acts':
      return <Acts filter={route.filter} />
    case 'settings':
      return <OfficeSettings session={session} />
    default:
      return route satisfies never
  }
}
