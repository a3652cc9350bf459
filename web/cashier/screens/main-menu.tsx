import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import { closingWords } from '#core/words/closing.ts'
import { lettersWords } from '#core/words/letters.ts'
import { tillWords } from '#core/words/till.ts'
import { go, useHearer, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { carryOut } from '../operations.ts'
import { beginSale, takers } from '../scans.ts'
import { takeXReport } from '../session.ts'
import { FirstStepsEntry } from '../setup/first-steps.tsx'
import { newId, till } from '../till.ts'

/** Everything a cashier does, in the order of the day. */
export function MainMenu() {
  const words = useWords(tillWords).menu
  const figures = useWords(closingWords).trade
  const { status, sending, basket, session } = useStore(till)
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
  const letters = useWords(lettersWords)
  const unsent = status?.letters.failed ?? 0
  const sale = may(session, 'sale') && (
    <Tile
      key="sale"
      icon="cart"
      text={words.sale}
      note={begun > 0 ? words.begun(begun) : ''}
      onClick={() => go('#/sale')}
    />
  )
  const open = (
    <Tile
      key="open"
      icon="open"
      text={words.openShift}
      busy={opening}
      onClick={() => carryOut({ id: newId(), kind: 'shift-opening' })}
    />
  )
  const close = (
    <Tile key="close" icon="closed" text={words.closeShift} onClick={() => go('#/close-shift')} />
  )
  return (
    <>
      <h1>{words.heading}</h1>
      <FirstStepsEntry />
      <div class="menu">
        {shift === null && status !== null ? [open, sale] : [sale, close]}
        <Tile icon="into" text={words.deposit} onClick={() => go('#/deposit')} />
        <Tile icon="out" text={words.withdrawal} onClick={() => go('#/withdrawal')} />
        <Tile
          icon="list"
          text={words.receipts}
          note={unsent > 0 ? letters.failed(unsent) : ''}
          onClick={() => go('#/receipts')}
        />
        <Tile icon="chart" text={words.xReport} busy={reporting} onClick={report} />
        {may(session, 'report') && (
          <>
            <Tile icon="trend" text={figures.heading} onClick={() => go('#/trade')} />
            <Tile
              icon="sealed"
              text={words.zReport}
              note={shift === null ? words.zLast : words.zByClosing}
              onClick={() => go(shift === null ? '#/z-report' : '#/close-shift')}
            />
          </>
        )}
        <Tile icon="settings" text={words.settings} onClick={() => go('#/settings')} />
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
