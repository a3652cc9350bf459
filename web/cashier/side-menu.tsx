import { useRef } from 'preact/hooks'
import type { RegisterRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { roleTitle, tillWords } from '#core/words/till.ts'
import { go, useIsTop, useModal, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { useWords } from '#web/ui/language.ts'
import { Switch } from '#web/ui/Switch.tsx'
import { sounding, switchSounds } from '#web/ui/sounds.ts'
import { openCustomerScreen } from './equipment/customer-screen.tsx'
import { MissedScans } from './missed-scans.tsx'
import { chooseLanguage, signOut } from './session.ts'
import { till } from './till.ts'

type Item = {
  item: Exclude<keyof TillWords['sideMenu'], 'sounds'>
  icon: IconName
  right?: RegisterRight
  choose: () => void
}

const items: readonly Item[] = [
  { item: 'sale', icon: 'cart', right: 'sale', choose: () => go('#/sale') },
  { item: 'receipts', icon: 'list', choose: () => go('#/receipts') },
  { item: 'cards', icon: 'card', choose: () => go('#/cards') },
  { item: 'facts', icon: 'info', choose: () => go('#/facts') },
  { item: 'customerScreen', icon: 'screen', right: 'sale', choose: openCustomerScreen },
  { item: 'menu', icon: 'home', choose: () => go('#/menu') },
  { item: 'changeUser', icon: 'user', choose: () => void signOut() },
]

/** The side menu; arrows walk it, Esc and a click beside it close it. */
export function SideMenu({ onClose }: { onClose: () => void }) {
  const { session } = useStore(till)
  const { sideMenu: words, roles } = useWords(tillWords)
  const modal = useModal(onClose)
  const isTop = useIsTop(modal)
  const offered = items.filter(({ right }) => right === undefined || may(session, right))
  const list = useRef<HTMLDivElement>(null)
  const walk = (by: 1 | -1) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const here = buttons.findIndex((button) => button.matches(':focus'))
    buttons[(here + by + buttons.length) % buttons.length]?.focus()
  }
  return (
    <dialog ref={modal} class="side" aria-label={words.label}>
      <p class="side-who">
        <strong>{session?.user}</strong>
        <span class="soft small">{session && roleTitle(roles, session.role)}</span>
      </p>
      <div
        ref={list}
        role="menu"
        aria-label={words.sections}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          walk(event.key === 'ArrowDown' ? 1 : -1)
        }}
      >
        {offered.map(({ item, icon, choose }) => (
          <button
            key={item}
            type="button"
            role="menuitem"
            class="side-item"
            onClick={() => {
              onClose()
              choose()
            }}
          >
            <Icon name={icon} />
            {words[item]}
          </button>
        ))}
      </div>
      <Sounds />
      <LanguageSwitch onChoose={chooseLanguage} />
      {isTop && <MissedScans />}
    </dialog>
  )
}

/** H8: of this till, whoever works at it. */
function Sounds() {
  const { on } = useStore(sounding)
  const words = useWords(tillWords).sideMenu
  return (
    <div class="side-sounds">
      <Switch label={words.sounds} on={on} onChange={switchSounds} />
    </div>
  )
}
