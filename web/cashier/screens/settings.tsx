import { Facts } from '#web/ui/Facts.tsx'
import { useKeys, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'

/** N7. */
export function Settings() {
  useKeys({ Escape: () => goBack({ at: 'settings' }) })
  return (
    <>
      <h1>Настройки</h1>
      <nav class="entries" aria-label="Разделы настроек">
        <a class="entry" href="#/settings/maintenance">
          <Icon name="settings" />
          <span>
            <strong>Обслуживание</strong>
            <span class="soft small">Реквизиты торгового объекта, касса и СКО</span>
          </span>
        </a>
      </nav>
    </>
  )
}

export function Maintenance() {
  const { status } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'maintenance' }) })
  const issuer = status?.issuer
  return (
    <>
      <h1>Обслуживание</h1>
      {issuer ? (
        <Facts
          rows={[
            ['Организация', issuer.company],
            ['УНП', issuer.unp],
            ['Торговый объект', issuer.place],
            ['Адрес объекта', issuer.address],
            ['РН СККО', issuer.registerNumber],
            ['Заводской номер СКО', issuer.device],
            ['Связь с СКО', status.sko === 'connected' ? 'есть' : 'нет'],
            ['Адрес кассы', location.host],
            ['Версия программы', status.version],
          ]}
        />
      ) : (
        <p class="soft">Реквизиты станут известны, когда СКО выйдет на связь.</p>
      )}
    </>
  )
}
