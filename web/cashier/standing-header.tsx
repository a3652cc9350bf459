import { useState } from 'preact/hooks'
import type { Status } from '#core/api/register.ts'
import { MINUTE } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { operationsWords } from '#core/words/operations.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useElapsed, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { ageIn } from '#web/ui/moment.ts'
import { isBlind } from './cash-up.ts'
import type { Route } from './routes.ts'
import { SideMenu } from './side-menu.tsx'
import { till } from './till.ts'

/** Shop, shift, cashier, cash, device, documents not sent, printer: on every screen. */
export function StandingHeader({ route }: { route: Route }) {
  const { session, status, live } = useStore(till)
  const words = useWords(tillWords).header
  const [menu, setMenu] = useState(false)
  return (
    <header class="header">
      <Button tone="quiet" icon="menu" label={words.menu} onClick={() => setMenu(true)} />
      {route.at !== 'menu' && (
        <Button tone="quiet" icon="back" label={words.back} onClick={() => go(behind(route))} />
      )}
      <div class="header-place">
        <strong>{status?.issuer?.place ?? 'zPOS'}</strong>
        <span class="soft small">
          {status?.shift ? words.shift(status.shift.number) : status && words.shiftClosed}
          <span class="header-cashier">{session && ` · ${session.user}`}</span>
        </span>
      </div>
      <div class="header-marks">
        {!live && <Mark tone="red" text={words.noRegister} icon="warning" />}
        {status && <StatusMarks status={status} />}
      </div>
      {status && (
        <div class="header-facts">
          {status.sko === 'connected' && <span class="sko">{words.sko}</span>}
          {!isBlind({ session, status }) && (
            <span class="header-cash">
              <span class="soft small">{words.cash}</span>
              <strong>
                <Money sum={status.cash} currency />
              </strong>
            </span>
          )}
        </div>
      )}
      {menu && <SideMenu onClose={() => setMenu(false)} />}
    </header>
  )
}

function StatusMarks({ status }: { status: Status }) {
  const { heardAt } = useStore(till)
  const words = useWords(tillWords).header
  const trust = useWords(operationsWords).distrusted
  const now = status.now + useElapsed(15_000) - heardAt
  const { unsent, printer } = status
  // What answers in its place is told by its name (V1); Messages says what that means.
  const isDistrusted = status.distrusted.includes('sko')
  // A document just made is on its way: nothing is wrong within the first minute.
  const waitsMs = typeof unsent?.oldestAt === 'number' ? now - unsent.oldestAt : null
  const isFresh = waitsMs !== null && waitsMs < MINUTE
  return (
    <>
      {status.sko === 'away' && (
        <Mark tone="red" icon="warning" text={isDistrusted ? trust.sko.title : words.noSko} />
      )}
      {unsent !== null && unsent.count > 0 && (
        <Mark
          tone={isFresh ? 'plain' : 'amber'}
          icon="cloud"
          text={words.unsent(unsent.count)}
          more={
            isFresh || waitsMs === null
              ? ''
              : words.oldest(ageIn(wordsNow(controlsWords).age, waitsMs))
          }
        />
      )}
      {printer.fault !== null && (
        <Mark tone="amber" icon="printer" text={printerFault(words.printer, printer.fault)} />
      )}
    </>
  )
}

const printerFault = (words: TillWords['header']['printer'], fault: string): string =>
  fault === 'no-paper' || fault === 'printer.away' || fault === 'printer.silent'
    ? words[fault]
    : words.other

function Mark(props: {
  tone: 'red' | 'amber' | 'plain'
  icon: 'warning' | 'cloud' | 'printer'
  text: string
  more?: string
}) {
  return (
    <span class={`mark mark-${props.tone}`}>
      <Icon name={props.icon} size={18} />
      <span>
        {props.text}
        {props.more && <span class="mark-more"> · {props.more}</span>}
      </span>
    </span>
  )
}

function behind(route: Route): string {
  switch (route.at) {
    case 'sale':
      if (route.step === 'goods') return '#/menu'
      return route.step === 'means' ? '#/sale' : '#/sale/means'
    case 'receipt':
      return `#/receipts${route.list}`
    case 'refund':
      return `#/receipts/${route.id}`
    case 'maintenance':
    case 'stock':
    case 'people':
    case 'own-pin':
    case 'equipment':
    case 'backups':
    case 'receipt-form':
    case 'discounts':
    case 'acts':
    case 'store':
    case 'support':
      return '#/settings'
    case 'person':
    case 'new-person':
    case 'role':
    case 'new-role':
      return '#/settings/people'
    case 'goods':
    case 'new-goods':
    case 'import':
      return '#/settings/goods'
    case 'correction':
      return '#/settings/maintenance'
    case 'menu':
    case 'first-steps':
    case 'cards':
    case 'receipts':
    case 'facts':
    case 'close-shift':
    case 'x-report':
    case 'trade':
    case 'z-report':
    case 'settings':
    case 'deposit':
    case 'withdrawal':
    case 'done':
      return '#/menu'
    default:
      return route satisfies never
  }
}

/** Esc does what the button “Back” does. */
export const goBack = (route: Route): void => go(behind(route))
