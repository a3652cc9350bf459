import { officeWords } from '#core/words/office.ts'
import { useDocument, useHash } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { JoinClient } from '#web/ui/People.tsx'
import { CabinetHeader, SignedIn } from '#web/ui/SignedIn.tsx'
import { office, type Session, told, visit } from './office.ts'
import { joiningIn, type Route, routeOf } from './routes.ts'
import { BusinessDay, BusinessDays } from './screens/days.tsx'
import { Equipment } from './screens/equipment.tsx'
import { Home } from './screens/home.tsx'
import { Orders } from './screens/orders.tsx'
import { OfficeSettings } from './screens/settings.tsx'
import { Statistics } from './screens/statistics.tsx'
import { Contacts, Questions, Tariffs } from './screens/still.tsx'
import { Transaction } from './screens/transaction.tsx'
import { Transactions } from './screens/transactions.tsx'
import { StaffNav, StaffScreen } from './staff/app.tsx'

/** The zPOS cabinet: a client's pages. */
export function App() {
  const hash = useHash()
  const route = routeOf(hash)
  const joining = joiningIn(hash)
  const words = useWords(officeWords)
  useDocument(words.pageTitle, useLanguage())
  if (joining !== null) return <JoinClient api={office} told={told} token={joining} />
  return (
    <SignedIn visit={visit} heading={words.heading} signIn={office.signIn} told={told}>
      {(session) => <Cabinet session={session} route={route} />}
    </SignedIn>
  )
}

function Cabinet({ session, route }: { session: Session; route: Route }) {
  const isStaff = session.role === 'staff'
  return (
    <>
      <Header session={session} route={route} />
      <main class={route.at === 'transactions' ? 'main main-wide' : 'main'}>
        {isStaff && <StaffScreen session={session} />}
        {!isStaff && isTrade(route) && <TradeTabs route={route} />}
        {!isStaff && <Screen route={route} session={session} />}
      </main>
    </>
  )
}

const tradePlaces: readonly Route['at'][] = [
  'transactions',
  'transaction',
  'days',
  'day',
  'statistics',
]
const isTrade = ({ at }: Route): boolean => tradePlaces.includes(at)

function Header({ session, route }: { session: Session; route: Route }) {
  const words = useWords(officeWords)
  const here = isTrade(route) ? 'transactions' : route.at
  const names = [
    'home',
    'transactions',
    'equipment',
    'orders',
    'questions',
    'tariffs',
    'contacts',
    'settings',
  ]
  return (
    <CabinetHeader
      visit={visit}
      who={session.client || session.email}
      heading={words.heading}
      out={words.signOut}
    >
      {session.role === 'staff' && <StaffNav />}
      {session.role === 'client' && (
        <nav class="header-nav" aria-label={words.sections}>
          {(names as (keyof typeof words.nav)[]).map((at) => (
            <a key={at} href={`#/${at}`} aria-current={here === at ? 'page' : undefined}>
              {words.nav[at]}
            </a>
          ))}
        </nav>
      )}
    </CabinetHeader>
  )
}

function TradeTabs({ route }: { route: Route }) {
  const words = useWords(officeWords)
  const here = { transaction: 'transactions', day: 'days' }[route.at as string] ?? route.at
  return (
    <nav class="header-nav tabs" aria-label={words.nav.transactions}>
      {(['transactions', 'days', 'statistics'] as const).map((at) => (
        <a key={at} href={`#/${at}`} aria-current={here === at ? 'page' : undefined}>
          {words.trade[at]}
        </a>
      ))}
    </nav>
  )
}

function Screen({ route, session }: { route: Route; session: Session }) {
  switch (route.at) {
    case 'home':
      return <Home />
    case 'transactions':
      return <Transactions filter={route.filter} />
    case 'transaction':
      return <Transaction key={route.id} id={route.id} />
    case 'days':
      return <BusinessDays />
    case 'day':
      return <BusinessDay terminal={route.terminal} day={route.day} />
    case 'statistics':
      return <Statistics from={route.from} to={route.to} />
    case 'equipment':
      return <Equipment />
    case 'orders':
      return <Orders serial={route.serial} />
    case 'tariffs':
      return <Tariffs />
    case 'contacts':
      return <Contacts />
    case 'questions':
      return <Questions />
    case 'settings':
      return <OfficeSettings session={session} />
    default:
      return route satisfies never
  }
}
