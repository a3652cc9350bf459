import type { OperatorRight } from '#core/access/rights.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { useDocument, useHash } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { Connect } from '../connect/connect.tsx'
import { type Session, useRights, visit } from '../operator.ts'
import { OwnSignIn } from '../screens/account.tsx'
import { Acts } from './acts.tsx'
import { Clients } from './clients.tsx'
import { Findings } from './findings.tsx'
import { Fleet } from './fleet.tsx'
import { Overview } from './overview.tsx'
import { People } from './people.tsx'
import { RegisterPage } from './register.tsx'
import { type StaffRoute, type StaffSection, sectionOf, staffRouteOf } from './routes.ts'

/** C2: the operator's cabinet as its own people see it. */
export function StaffApp({ session }: { session: Session }) {
  const route = staffRouteOf(useHash())
  const words = useWords(staffWords)
  useDocument(words.pageTitle, useLanguage())
  return (
    <div class="staff">
      <Side session={session} section={sectionOf(route)} />
      <main class="staff-main">
        <Screen route={route} session={session} />
      </main>
    </div>
  )
}

/** The menu, and the right that each of its screens wants. */
const sections: readonly [StaffSection, IconName, OperatorRight | null][] = [
  ['overview', 'chart', 'clients.read'],
  ['fleet', 'list', 'clients.read'],
  ['clients', 'cart', 'clients.read'],
  ['findings', 'warning', 'clients.read'],
  ['connect', 'plus', 'device.enrol'],
  ['acts', 'receipt', 'acts.read'],
  ['people', 'user', 'staff.edit'],
  ['own', 'closed', null],
]

function Side({ session, section }: { session: Session; section: StaffSection }) {
  const words = useWords(staffWords)
  const may = useRights()
  const shown = sections.filter(([, , right]) => right === null || may(right))
  return (
    <header class="staff-side">
      <div class="staff-brand">
        <strong>
          <span class="brand">zPOS</span> {words.heading}
        </strong>
        <span class="soft small staff-who">{session.email}</span>
      </div>
      <nav class="staff-nav" aria-label={words.sections}>
        {shown.map(([at, icon]) => (
          <a key={at} href={addressOf(at)} aria-current={at === section ? 'page' : undefined}>
            <Icon name={icon} size={20} />
            {words.nav[at]}
          </a>
        ))}
      </nav>
      <div class="staff-foot">
        <LanguageSwitch onChoose={visit.chooseLanguage} />
        <Button tone="quiet" onClick={() => void visit.end()}>
          {useWords(cabinetWords).signOut}
        </Button>
      </div>
    </header>
  )
}

function Screen({ route, session }: { route: StaffRoute; session: Session }) {
  switch (route.at) {
    case 'fleet':
      return <Fleet filter={route.filter} />
    case 'register':
      return <RegisterPage key={route.register} register={route.register} />
    case 'clients':
      return <Clients search={route.search} />
    case 'findings':
      return <Findings filter={route.filter} />
    case 'acts':
      return <Acts filter={route.filter} />
    case 'overview':
      return <Overview />
    case 'people':
      return <People />
    case 'own':
      return <OwnSignIn session={session} />
    case 'connect':
      return <Connect key={route.code} code={route.code} />
    default:
      return route satisfies never
  }
}
