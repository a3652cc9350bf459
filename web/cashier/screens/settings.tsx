import { useState } from 'preact/hooks'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { register } from '../register.ts'
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
  const { status, session } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'maintenance' }) })
  const issuer = status?.issuer
  return (
    <>
      <h1>Обслуживание</h1>
      <ul class="functions">
        {status && <Clearing on={status.clearing} />}
        {session?.role === 'administrator' && (
          <li class="function">
            <span>
              <strong id="correction">Аварийная коррекция суммы наличных в БД</strong>
              <span class="soft small">Когда наличные в БД и в СКО разошлись</span>
            </span>
            <Button aria-describedby="correction" onClick={() => go('#/settings/correction')}>
              Выполнить
            </Button>
          </li>
        )}
      </ul>
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

/** S3.2: red receipts clear themselves up; switched off, only a person may. */
function Clearing({ on }: { on: boolean }) {
  const [busy, setBusy] = useState(false)
  const change = async (clearing: boolean) => {
    setBusy(true)
    const answer = await register.changeSettings({ clearing })
    setBusy(false)
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <li class="function">
      <Switch label="Автоматическое уточнение операций" on={on} busy={busy} onChange={change}>
        Касса сама узнаёт исход операции, ответ о которой потерян, у СКО и у оператора
      </Switch>
    </li>
  )
}
