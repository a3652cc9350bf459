import { controlsWords } from '#core/words/controls.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useDocument, useHash, useStart, useStore } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { JoinClient } from '#web/ui/People.tsx'
import { SignIn } from '#web/ui/SignIn.tsx'
import {
  begin,
  chooseLanguage,
  office,
  restoreSession,
  type Session,
  signOut,
  told,
  visit,
} from './office.ts'
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
  const { session, trouble } = useStore(visit)
  const hash = useHash()
  const route = routeOf(hash)
  const joining = joiningIn(hash)
  const words = useWords(officeWords)
  useDocument(words.pageTitle, useLanguage())
  useStart(() => void restoreSession())
  if (joining !== null) return <JoinClient api={office} told={told} token={joining} />
  if (session === null) {
    const { heading } = words
    return <SignIn heading={heading} signIn={office.signIn} begin={begin} told={told} />
  }
  if (session === undefined) {
    return (
      trouble && (
        <main class="main">
          <Alert tone="red" title={told(trouble)}>
            <Button onClick={() => void restoreSession()}>{wordsNow(controlsWords).retry}</Button>
          </Alert>
        </main>
      )
    )
  }
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
    <header class="header">
      <div class="header-who">
        <strong>{session.client || session.email}</strong>
        <span class="soft small">{words.heading}</span>
      </div>
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
      <LanguageSwitch onChoose={chooseLanguage} />
      <Button tone="quiet" class="header-out" onClick={() => void signOut()}>
        {words.signOut}
      </Button>
    </header>
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
