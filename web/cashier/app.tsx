import { registerEvents } from '#core/api/register.ts'
import { tillWords } from '#core/words/till.ts'
import { OverDialogs } from '#web/ui/Dialog.tsx'
import { DigitPad } from '#web/ui/DigitPad.tsx'
import {
  useDocument,
  useHash,
  useIsTop,
  useLater,
  useStart,
  useStore,
  useWedge,
} from '#web/ui/hooks.ts'
import { useEvents } from '#web/ui/hooks-events.ts'
import { useShared } from '#web/ui/hooks-shared.ts'
import { useWindowHeard } from '#web/ui/hooks-windows.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { ActsList } from './acts/acts-list.tsx'
import { followMoving } from './aside.ts'
import { Backups } from './backups/backups.tsx'
import { CardDialog } from './card-dialog.tsx'
import { customerViewOf, showCustomer } from './customer/customer-view.ts'
import { takePassed } from './customer/passed-scans.ts'
import { Equipment } from './equipment/equipment.tsx'
import { ReceiptForm } from './equipment/receipt-form.tsx'
import { LendDialog } from './lend.tsx'
import { Blocked } from './measures.tsx'
import { Messages } from './messages.tsx'
import { MissedScans } from './missed-scans.tsx'
import { heard } from './operations.ts'
import { OwnPin } from './people/own-pin.tsx'
import { PeopleList } from './people/people-list.tsx'
import { NewPerson, OnePerson } from './people/person-editor.tsx'
import { NewRole, OneRole } from './people/role-editor.tsx'
import { type Route, routeOf } from './routes.ts'
import { scanned } from './scans.ts'
import { Cards } from './screens/cards.tsx'
import { CloseShift } from './screens/close-shift.tsx'
import { Correction } from './screens/correction.tsx'
import { Discounts } from './screens/discounts.tsx'
import { Done } from './screens/done.tsx'
import { MainMenu } from './screens/main-menu.tsx'
import { MoveCash } from './screens/move-cash.tsx'
import { Receipt } from './screens/receipt.tsx'
import { Receipts } from './screens/receipts.tsx'
import { Refund } from './screens/refund.tsx'
import { RegisterFacts } from './screens/register-facts.tsx'
import { XReport, ZReport } from './screens/reports.tsx'
import { Sale } from './screens/sale.tsx'
import { Maintenance, Settings } from './screens/settings.tsx'
import { SignIn } from './screens/sign-in.tsx'
import { TradeFigures } from './screens/trade.tsx'
import { refreshSession, restoreSession } from './session.ts'
import { Setup } from './setup/connecting.tsx'
import { FirstSteps } from './setup/first-steps.tsx'
import { StandingHeader } from './standing-header.tsx'
import { NewGoods, OneGoods } from './stock/goods-editor.tsx'
import { GoodsImport } from './stock/goods-import.tsx'
import { GoodsList } from './stock/goods-list.tsx'
import { SupportPage } from './support/support-page.tsx'
import { readShared, till } from './till.ts'
import { AppStore } from './updates/app-store.tsx'
import { Updating } from './updates/updating.tsx'
import { Waiting } from './waiting.tsx'
import { Warned } from './warned.tsx'

const EVENTS = Object.keys(registerEvents)

/** The cashier's page: who works, the standing facts, the screen of the address, what stops it. */
export function App() {
  const { session } = useStore(till)
  useDocument(useWords(tillWords).pageTitle, useLanguage())
  const hash = useHash(() => {
    till.set({ trouble: null })
    // Another screen is read from its top, where its messages stand.
    scrollTo({ top: 0 })
  })
  useStart(() => void restoreSession())
  useShared(() => {
    readShared()
    void followMoving()
  })
  useWedge(scanned)
  useWindowHeard((said) => takePassed(said, scanned))
  useEvents(session !== undefined && session !== null, {
    names: EVENTS,
    heard,
    link: (up) => {
      // Back with whatever version: what came of an update stands in the status.
      if (up && !till.get().live) till.set({ updating: null })
      till.set({ live: up })
      // The stream ends with the session, and when its rights change: the register is asked which.
      if (!up) void refreshSession()
    },
  })
  const route = routeOf(hash)
  return (
    <>
      <ForCustomer route={route} />
      <Shown route={route} />
    </>
  )
}

function Shown({ route }: { route: Route }) {
  const { session, isNew, live } = useStore(till)
  const words = useWords(tillWords)
  const isTop = useIsTop(null)
  if (session === undefined) return live ? null : <p class="connecting">{words.connecting}</p>
  if (isNew) return <Setup />
  if (session === null) return <SignIn />
  return (
    <OverDialogs.Provider value={OverAll}>
      <StandingHeader route={route} />
      <main class={`main main-${route.at}`}>
        <Messages route={route} />
        <Screen route={route} />
      </main>
      <Waiting />
      <CardDialog />
      <LendDialog />
      <Blocked />
      <Warned />
      <Updating />
      {isTop && <DigitPad />}
    </OverDialogs.Provider>
  )
}

/** Reads what changes at every event of the register, so that nothing else is drawn for it. */
function ForCustomer({ route }: { route: Route }) {
  const shown = customerViewOf(useStore(till), route)
  useLater(shown && JSON.stringify(shown), 0, () => shown && showCustomer(shown))
  return null
}

const OverAll = () => (
  <>
    <MissedScans />
    <DigitPad />
  </>
)

function Screen({ route }: { route: Route }) {
  switch (route.at) {
    case 'menu':
      return <MainMenu />
    case 'sale':
      return <Sale step={route.step} />
    case 'deposit':
    case 'withdrawal':
      return <MoveCash key={route.at + route.sum} kind={route.at} kopecks={route.sum} />
    case 'done':
      return <Done id={route.id} />
    case 'receipts':
      return <Receipts filter={route.filter} />
    case 'receipt':
      return <Receipt route={route} />
    case 'first-steps':
      return <FirstSteps />
    case 'cards':
      return <Cards />
    case 'facts':
      return <RegisterFacts />
    case 'close-shift':
      return <CloseShift />
    case 'trade':
      return <TradeFigures place={route.place} />
    case 'x-report':
      return <XReport />
    case 'z-report':
      return <ZReport />
    case 'settings':
      return <Settings />
    case 'maintenance':
      return <Maintenance />
    case 'stock':
      return <GoodsList />
    case 'goods':
      return <OneGoods key={route.id} id={route.id} />
    case 'new-goods':
      return <NewGoods code={route.code} />
    case 'people':
      return <PeopleList />
    case 'person':
      return <OnePerson key={route.name} name={route.name} />
    case 'new-person':
      return <NewPerson />
    case 'role':
      return <OneRole key={route.name} name={route.name} />
    case 'new-role':
      return <NewRole />
    case 'own-pin':
      return <OwnPin />
    case 'store':
      return <AppStore />
    case 'acts':
      return <ActsList />
    case 'support':
      return <SupportPage />
    case 'discounts':
      return <Discounts />
    case 'receipt-form':
      return <ReceiptForm />
    case 'backups':
      return <Backups />
    case 'equipment':
      return <Equipment />
    case 'import':
      return <GoodsImport key={route.id} id={route.id} />
    case 'correction':
      return <Correction />
    case 'refund':
      return <Refund id={route.id} />
    default:
      return route satisfies never
  }
}
