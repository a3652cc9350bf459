import { useRef } from 'preact/hooks'
import { go, useIsTop, useModal, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { MissedScans } from './missed-scans.tsx'
import { signOut } from './session.ts'
import { till } from './till.ts'

const items: readonly { text: string; icon: IconName; choose: () => void }[] = [
  { text: 'Продажа', icon: 'cart', choose: () => go('#/sale') },
  { text: 'Чеки', icon: 'list', choose: () => go('#/receipts') },
  { text: 'Операции по картам', icon: 'card', choose: () => go('#/cards') },
  { text: 'Получить данные', icon: 'info', choose: () => go('#/facts') },
  { text: 'Главное меню', icon: 'home', choose: () => go('#/menu') },
  { text: 'Сменить пользователя', icon: 'user', choose: () => void signOut() },
]

/** The side menu; arrows walk it, Esc and a click beside it close it. */
export function SideMenu({ onClose }: { onClose: () => void }) {
  const { session } = useStore(till)
  const modal = useModal(onClose)
  const isTop = useIsTop(modal)
  const list = useRef<HTMLDivElement>(null)
  const walk = (by: 1 | -1) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const here = buttons.findIndex((button) => button.matches(':focus'))
    buttons[(here + by + buttons.length) % buttons.length]?.focus()
  }
  return (
    <dialog ref={modal} class="side" aria-label="Боковое меню">
      <p class="side-who">
        <strong>{session?.user}</strong>
        <span class="soft small">
          {session?.role === 'administrator' ? 'Администратор' : 'Кассир'}
        </span>
      </p>
      <div
        ref={list}
        role="menu"
        aria-label="Разделы"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          walk(event.key === 'ArrowDown' ? 1 : -1)
        }}
      >
        {items.map(({ text, icon, choose }) => (
          <button
            key={text}
            type="button"
            role="menuitem"
            class="side-item"
            onClick={() => {
              onClose()
              choose()
            }}
          >
            <Icon name={icon} />
            {text}
          </button>
        ))}
      </div>
      {isTop && <MissedScans />}
    </dialog>
  )
}
