import { accountWords } from '#core/words/account.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { controlsWords } from '#core/words/controls.ts'
import { enrolmentWords } from '#core/words/enrolment.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useDocument, useHash, useStart, useStore } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { JoinClient } from '#web/ui/People.tsx'
import { SignIn } from '#web/ui/SignIn.tsx'
import { Connect } from './connect/connect.tsx'
import {
  begin,
  chooseLanguage,
  isEntitled,
  operator,
  restoreSession,
  type Session,
  signOut,
  told,
  visit,
} from './operator.ts'
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
  const { session, trouble } = useStore(visit)
  const hash = useHash()
  const route = routeOf(hash)
  const invitation = invitationIn(hash)
  const joining = joiningIn(hash)
  const words = useWords(cabinetWords)
  useDocument(words.pageTitle, useLanguage())
  useStart(() => void restoreSession())
  if (invitation !== null) return <Invitation token={invitation} />
  if (joining !== null) return <JoinClient api={operator} told={told} token={joining} />
  if (session === null) {
    const { heading } = words
    return <SignIn heading={heading} signIn={operator.signIn} begin={begin} told={told} />
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
  if (session.role === 'staff') return <StaffApp session={session} />
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
    <header class="header">
      <div class="header-who">
        <strong>{session.client || session.email}</strong>
        <span class="soft small">{words.heading}</span>
      </div>
      <nav class="header-nav" aria-label={words.sections}>
        {link('home', own.home.section)}
        {link('documents', words.documents)}
        {link('registers', words.registers)}
        {isEntitled(session, 'device.enrol') &&
          link('connect', useWords(enrolmentWords).connect.section)}
        {link('answer', own.answer.section)}
        {session.viewing === null && link('people', useWords(accountWords).people.section)}
        {link('views', useWords(staffWords).views.nav)}
      </nav>
      <LanguageSwitch onChoose={chooseLanguage} />
      <Button tone="quiet" class="header-out" onClick={() => void signOut()}>
        {words.signOut}
      </Button>
    </header>
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
