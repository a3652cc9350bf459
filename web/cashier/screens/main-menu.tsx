import { useState } from 'preact/hooks'
import { go, useHearer, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { carryOut } from '../operations.ts'
import { beginSale, takers } from '../scans.ts'
import { takeXReport } from '../session.ts'
import { newId, till } from '../till.ts'

/** Everything a cashier does, in the order of the day. */
export function MainMenu() {
  const { status, sending, basket } = useStore(till)
  const [reporting, setReporting] = useState(false)
  useHearer(takers, beginSale)
  const shift = status?.shift ?? null
  const report = async () => {
    setReporting(true)
    await takeXReport()
    setReporting(false)
  }
  const opening = sending?.request.kind === 'shift-opening'
  const begun = basket.lines.length
  const sale = (
    <Tile
      key="sale"
      icon="cart"
      text="Продажа"
      note={begun > 0 ? `Начатый чек, позиций: ${begun}` : ''}
      onClick={() => go('#/sale')}
    />
  )
  const open = (
    <Tile
      key="open"
      icon="open"
      text="Открыть смену"
      busy={opening}
      onClick={() => carryOut({ id: newId(), kind: 'shift-opening' })}
    />
  )
  const close = (
    <Tile key="close" icon="closed" text="Закрыть смену" onClick={() => go('#/close-shift')} />
  )
  return (
    <>
      <h1>Главное меню</h1>
      <div class="menu">
        {shift === null && status !== null ? [open, sale] : [sale, close]}
        <Tile icon="into" text="Внесение" onClick={() => go('#/deposit')} />
        <Tile icon="out" text="Изъятие" onClick={() => go('#/withdrawal')} />
        <Tile icon="list" text="Чеки" onClick={() => go('#/receipts')} />
        <Tile icon="chart" text="X-отчёт" busy={reporting} onClick={report} />
        <Tile
          icon="sealed"
          text="Z-отчёт"
          note={shift === null ? 'Последний' : 'Закрытием смены'}
          onClick={() => go(shift === null ? '#/z-report' : '#/close-shift')}
        />
        <Tile icon="settings" text="Настройки" onClick={() => go('#/settings')} />
      </div>
    </>
  )
}

function Tile(props: {
  icon: IconName
  text: string
  note?: string
  busy?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      class="tile"
      aria-label={props.text}
      aria-description={props.note || undefined}
      aria-busy={props.busy}
      disabled={props.busy}
      onClick={props.onClick}
    >
      {props.busy ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <Icon name={props.icon} size={30} />
      )}
      <span class="tile-text">{props.text}</span>
      {props.note && <span class="tile-note" data-note={props.note} />}
    </button>
  )
}
