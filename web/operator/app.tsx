import { accountWords } from '#core/words/account.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { enrolmentWords } from '#core/words/enrolment.ts'
import { staffWords } from '#core/words/staff.ts'
import { useDocument, useHash } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { JoinClient } from '#web/ui/People.tsx'
import { CabinetHeader, SignedIn } from '#web/ui/SignedIn.tsx'
import { Connect } from './connect/connect.tsx'
import { operator, type Session, told, useEntitled, visit } from './operator.ts'
import { joiningIn, type Route, routeOf } from './routes.ts'
import { People } from './screens/account.tsx'
import { AnswerScreen } from './screens/answer.tsx'
import { Document } from './screens/document.tsx'
import { Documents } from './screens/documents.tsx'
import { Home } from './screens/home.tsx'
import { Registers } from './screens/registers.tsx'
import { Views } from './screens/views.tsx'
import { StaffApp } from './staff/app.tsx'
import { Invitation } from './staff/invitation.tsx'
import { ViewingBar } from './staff/viewing.tsx'

/** The operator's cabinet: a client's pages, or those of the operator's own people. */
export function App() {
  const hash = useHash()
  const route = routeOf(hash)
  const invitation = invitationIn(hash)
  const joining = joiningIn(hash)
  const words = useWords(cabinetWords)
  useDocument(words.pageTitle, useLanguage())
  if (invitation !== null) return <Invitation token={invitation} />
  if (joining !== null) return <JoinClient api={operator} told={told} token={joining} />
  return (
    <SignedIn visit={visit} heading={words.heading} signIn={operator.signIn} told={told}>
      {(session) =>
        session.role === 'staff' ? (
          <StaffApp session={session} />
        ) : (
          <Cabinet session={session} route={route} />
        )
      }
    </SignedIn>
  )
}

function Cabinet({ session, route }: { session: Session; route: Route }) {
  const { viewing, email } = session
  return (
    <>
      {viewing && <ViewingBar viewing={viewing} email={email} />}
      <Header session={session} route={route} />
      <main class="main">
        <Screen route={route} session={session} />
      </main>
    </>
  )
}

/** The token of an invitation's address; null: it is another one. */
const invitationIn = (hash: string): string | null =>
  /^#\/invitation\/([\w-]+)$/.exec(hash)?.[1] ?? null

function Header({ session, route }: { session: Session; route: Route }) {
  const words = useWords(cabinetWords)
  const here = route.at === 'document' ? 'documents' : route.at
  const own = useWords(clientWords)
  const link = (at: Route['at'], text: string) => (
    <a href={`#/${at}`} aria-current={here === at ? 'page' : undefined}>
      {text}
    </a>
  )
  return (
    <CabinetHeader
      visit={visit}
      who={session.client || session.email}
      heading={words.heading}
      out={words.signOut}
    >
      <nav class="header-nav" aria-label={words.sections}>
        {link('home', own.home.section)}
        {link('documents', words.documents)}
        {link('registers', words.registers)}
        {useEntitled('device.enrol') && link('connect', useWords(enrolmentWords).connect.section)}
        {link('answer', own.answer.section)}
        {session.viewing === null && link('people', useWords(accountWords).people.section)}
        {link('views', useWords(staffWords).views.nav)}
      </nav>
    </CabinetHeader>
  )
}

function Screen({ route, session }: { route: Route; session: Session }) {
  switch (route.at) {
    case 'home':
      return <Home />
    case 'documents':
      return <Documents filter={route.filter} />
    case 'document':
      return <Document key={route.uid} uid={route.uid} />
    case 'registers':
      return <Registers />
    case 'people':
      return <People session={session} />
    case 'answer':
      return <AnswerScreen key={route.uid} uid={route.uid} device={route.device} />
    case 'views':
      return <Views />
    case 'connect':
      return <Connect key={route.code} code={route.code} />
    default:
      return route satisfies never
  }
}
