import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useHash, useStart, useStore } from '#web/ui/hooks.ts'
import { restoreSession, type Session, signOut, told, visit } from './operator.ts'
import { type Route, routeOf } from './routes.ts'
import { Document } from './screens/document.tsx'
import { Documents } from './screens/documents.tsx'
import { Registers } from './screens/registers.tsx'
import { SignIn } from './screens/sign-in.tsx'

/** The operator's cabinet as a client sees it. */
export function App() {
  const { session, trouble } = useStore(visit)
  const route = routeOf(useHash())
  useStart(() => void restoreSession())
  if (session === null) return <SignIn />
  if (session === undefined) {
    return (
      trouble && (
        <main class="main">
          <Alert tone="red" title={told(trouble)}>
            <Button onClick={() => void restoreSession()}>Повторить</Button>
          </Alert>
        </main>
      )
    )
  }
  return (
    <>
      <Header session={session} route={route} />
      <main class="main">
        <Screen route={route} />
      </main>
    </>
  )
}

function Header({ session, route }: { session: Session; route: Route }) {
  const here = route.at === 'registers' ? 'registers' : 'documents'
  const link = (at: 'documents' | 'registers', text: string) => (
    <a href={`#/${at}`} aria-current={here === at ? 'page' : undefined}>
      {text}
    </a>
  )
  return (
    <header class="header">
      <div class="header-who">
        <strong>{session.client || session.email}</strong>
        <span class="soft small">Кабинет оператора</span>
      </div>
      <nav class="header-nav" aria-label="Разделы">
        {link('documents', 'Документы')}
        {link('registers', 'Кассы')}
      </nav>
      <Button tone="quiet" class="header-out" onClick={() => void signOut()}>
        Выйти
      </Button>
    </header>
  )
}

function Screen({ route }: { route: Route }) {
  switch (route.at) {
    case 'documents':
      return <Documents filter={route.filter} />
    case 'document':
      return <Document key={route.uid} uid={route.uid} />
    case 'registers':
      return <Registers />
    default:
      return route satisfies never
  }
}
