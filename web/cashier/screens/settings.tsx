import { useState } from 'preact/hooks'
import type { RegisterRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import type { Status } from '#core/api/register.ts'
import { cashCounting, cashCounts } from '#core/api/register-cash-up.ts'
import { type PaperLanguage, paperLanguage } from '#core/api/register-settings.ts'
import { actsWords } from '#core/words/acts.ts'
import { backupsWords } from '#core/words/backups.ts'
import { closingWords } from '#core/words/closing.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { languageNames } from '#core/words/language.ts'
import { peopleWords } from '#core/words/people.ts'
import { receiptFormWords } from '#core/words/receipt-form.ts'
import { sellingWords } from '#core/words/selling.ts'
import { stockWords } from '#core/words/stock.ts'
import { supportWords } from '#core/words/support.ts'
import { tillWords } from '#core/words/till.ts'
import { updatesWords } from '#core/words/updates.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useStart, useStore } from '#web/ui/hooks.ts'
import { Icon, type IconName } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { Switch } from '#web/ui/Switch.tsx'
import { MarkScopeChoice } from '../marking/mark-scope.tsx'
import { register } from '../register.ts'
import { FirstStepsEntry } from '../setup/first-steps.tsx'
import { goBack } from '../standing-header.tsx'
import { expectGoods } from '../stock/goods-pages.ts'
import { till } from '../till.ts'

/** N7. */
export function Settings() {
  const words = useWords(tillWords).settings
  const { session, status } = useStore(till)
  const newest = status?.update?.newest?.version ?? null
  const people = useWords(peopleWords)
  const own = { heading: people.ownHeading, note: people.ownNote }
  const updates = useWords(updatesWords)
  const store = {
    heading: updates.heading,
    note: newest === null ? updates.note : updates.menuNote(newest),
  }
  const maintenance = { heading: words.maintenance, note: words.maintenanceNote }
  const row = (
    at: string,
    [right, icon]: readonly [RegisterRight | null, IconName],
    { heading, note }: { heading: string; note: string },
  ): EntryRow => ({ at, right, icon, heading, note })
  const entries = [
    row('goods', ['goods.edit', 'cart'], useWords(stockWords)),
    row('people', ['people.edit', 'user'], people),
    row('pin', [null, 'closed'], own),
    row('store', ['update', 'into'], store),
    row('acts', ['journal.read', 'list'], useWords(actsWords)),
    row('discounts', ['settings.edit', 'percent'], useWords(sellingWords).discounts),
    row('receipt', ['settings.edit', 'receipt'], useWords(receiptFormWords)),
    row('equipment', ['settings.edit', 'printer'], useWords(equipmentWords)),
    row('backups', ['backup', 'into'], useWords(backupsWords)),
    row('support', ['support', 'info'], useWords(supportWords)),
    row('maintenance', [null, 'settings'], maintenance),
  ]
  useKeys({ Escape: () => goBack({ at: 'settings' }) })
  useStart(() => {
    if (session && may(session, 'goods.edit')) void expectGoods(session.user)
  })
  return (
    <>
      <h1>{words.heading}</h1>
      <nav class="entries" aria-label={words.sections}>
        <FirstStepsEntry />
        {entries
          .filter(({ right }) => right === null || may(session, right))
          .map((entry) => (
            <Entry key={entry.at} {...entry} />
          ))}
      </nav>
    </>
  )
}

type EntryRow = {
  /** Behind «#/settings/». */
  at: string
  /** Whom it is shown; null: everybody. */
  right: RegisterRight | null
  icon: IconName
  heading: string
  note: string
}

function Entry({ at, icon, heading, note }: EntryRow) {
  return (
    <a class="entry" href={`#/settings/${at}`}>
      <Icon name={icon} />
      <span>
        <strong>{heading}</strong>
        <span class="soft small">{note}</span>
      </span>
    </a>
  )
}

export function Maintenance() {
  const words = useWords(tillWords).settings
  const { status, session } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'maintenance' }) })
  const issuer = status?.issuer
  return (
    <>
      <h1>{words.maintenance}</h1>
      <ul class="functions">
        {status && may(session, 'clearing.switch') && <Clearing on={status.clearing} />}
        {status && may(session, 'settings.edit') && <Counting status={status} />}
        {status && may(session, 'settings.edit') && <MarkScopeChoice chosen={status.marking} />}
        {may(session, 'correct') && (
          <li class="function">
            <span>
              <strong id="correction">{words.correction}</strong>
              <span class="soft small">{words.correctionNote}</span>
            </span>
            <Button aria-describedby="correction" onClick={() => go('#/settings/correction')}>
              {words.perform}
            </Button>
          </li>
        )}
      </ul>
      {issuer ? (
        <Facts
          rows={[
            [words.company, issuer.company],
            [words.unp, issuer.unp],
            [words.place, issuer.place],
            [words.address, issuer.address],
            [words.registerNumber, issuer.registerNumber],
            [words.device, issuer.device],
            [words.clearing, status.clearing ? words.clearingOn : words.clearingOff],
            [words.skoLink, status.sko === 'connected' ? words.linked : words.notLinked],
            [words.host, location.host],
            [words.version, status.version],
          ]}
        />
      ) : (
        <p class="soft">{words.issuerUnknown}</p>
      )}
    </>
  )
}

/** S3.2: red receipts clear themselves up; switched off, only a person may. */
function Clearing({ on }: { on: boolean }) {
  const words = useWords(tillWords).settings
  const [busy, setBusy] = useState(false)
  const change = async (clearing: boolean) => {
    setBusy(true)
    const answer = await register.changeSettings({ clearing })
    setBusy(false)
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <li class="function">
      <Switch label={words.clearing} on={on} busy={busy} onChange={change}>
        {words.clearingDoes}
      </Switch>
    </li>
  )
}

/** R25: what is printed is the shop's, whatever its people read. */
export function PaperLanguageChoice({ chosen }: { chosen: PaperLanguage }) {
  const words = useWords(tillWords).settings
  const choose = async (paperLanguage: PaperLanguage) => {
    const answer = await register.changeSettings({ paperLanguage })
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <li class="function">
      <Select
        label={words.paperLanguage}
        value={chosen}
        options={paperLanguage.options.map((value) => ({ value, text: languageNames[value] }))}
        onChoice={(value) => void choose(paperLanguage.parse(value))}
      />
    </li>
  )
}

/** N12: how cash is counted before a shift is closed, and whether what should be there is said. */
function Counting({ status }: { status: Status }) {
  const words = useWords(closingWords).settings
  const change = async (wanted: Partial<Pick<Status, 'cashCount' | 'blindCount'>>) => {
    const answer = await register.changeSettings(wanted)
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <>
      <li class="function">
        <Select
          label={words.count}
          value={status.cashCount}
          options={cashCounts.map((value) => ({ value, text: words.by[value] }))}
          onChoice={(chosen) => void change({ cashCount: cashCounting.parse(chosen) })}
        />
      </li>
      <li class="function">
        <Switch
          label={words.blind}
          on={status.blindCount}
          busy={false}
          onChange={(blindCount) => change({ blindCount })}
        >
          {words.blindDoes}
        </Switch>
      </li>
    </>
  )
}
