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
import { Connect } from './connect/connect.tsx'
import {
  chooseLanguage,
  isEntitled,
  restoreSession,
  type Session,
  signOut,
  told,
  visit,
} from './operator.ts'
import { type Route, routeOf } from './routes.ts'
import { AnswerScreen } from './screens/answer.tsx'
import { Document } from './screens/document.tsx'
import { Documents } from './screens/documents.tsx'
import { Home } from './screens/home.tsx'
import { Registers } from './screens/registers.tsx'
import { SignIn } from './screens/sign-in.tsx'
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
  const words = useWords(cabinetWords)
  useDocument(words.pageTitle, useLanguage())
  useStart(() => void restoreSession())
  if (invitation !== null) return <Invitation token={invitation} />
  if (session === null) return <SignIn />
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
        <Screen route={route} />
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
  const link = (
    at: 'home' | 'documents' | 'registers' | 'answer' | 'connect' | 'views',
    text: string,
  ) => (
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
        {link('views', useWords(staffWords).views.nav)}
      </nav>
      <LanguageSwitch onChoose={chooseLanguage} />
      <Button tone="quiet" class="header-out" onClick={() => void signOut()}>
        {words.signOut}
      </Button>
    </header>
  )
}

function Screen({ route }: { route: Route }) {
  switch (route.at) {
    case 'home':
      return <Home />
    case 'documents':
      return <Documents filter={route.filter} />
    case 'document':
      return <Document key={route.uid} uid={route.uid} />
    case 'registers':
      return <Registers />
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
