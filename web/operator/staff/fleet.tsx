import { useState } from 'preact/hooks'
import type { ListedRegister } from '#core/api/operator-cabinet/fleet.ts'
import { registerStates } from '#core/operator/health.ts'
import { MINUTE } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { controlsWords } from '#core/words/controls.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { ageIn } from '#web/ui/moment.ts'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { operator, told as toldOf, useRights } from '../operator.ts'
import { type MeasureAct, MeasureDialog } from './measure-dialog.tsx'
import type { FleetFilter } from './routes.ts'
import { RedReceipts, States } from './state.tsx'

type Row = ListedRegister

type Picking = { isPicked: (row: Row) => boolean; pick: (row: Row) => void }

const columnsIn = (
  words: StaffWords['fleet'],
  asOf: number,
  { isPicked, pick }: Picking,
): readonly Column<Row>[] => [
  {
    head: '✓',
    cell: (row) => (
      <label class="pick">
        <input
          type="checkbox"
          aria-label={words.pick(row.registerNumber)}
          checked={isPicked(row)}
          onChange={() => pick(row)}
        />
      </label>
    ),
    width: '28px',
  },
  {
    head: words.register,
    cell: ({ registerNumber }) => (
      <a class="table-link" href={addressOf(`fleet/${registerNumber}`)}>
        {registerNumber}
      </a>
    ),
    width: '92px',
  },
  {
    head: words.state,
    cell: (row) => (
      <>
        <States states={row.states} />
        <RedReceipts told={row} now={asOf} />
      </>
    ),
    width: '180px',
  },
  {
    head: words.client,
    cell: ({ company, unp }) => (
      <>
        {company} <span class="soft small under">{unp}</span>
      </>
    ),
    width: 'minmax(100px, 1.2fr)',
  },
  {
    head: words.place,
    cell: ({ place, address }) => (
      <>
        {place} <span class="soft small under">{address}</span>
      </>
    ),
    width: 'minmax(100px, 1.2fr)',
  },
  {
    head: words.device,
    cell: ({ device }) => <code>{device?.device ?? words.noDevice}</code>,
    width: '132px',
  },
  { head: words.unsent, cell: (row) => unsentIn(row, asOf), width: '92px', right: true },
  { head: words.heard, cell: (row) => heardIn(row, words, asOf), width: '100px', right: true },
]

/** Unsent documents by the device's own report, and how long the oldest waits. */
function unsentIn({ device }: Row, asOf: number) {
  if (!device || device.unsent === null) return <span class="soft">–</span>
  const { unsent, oldestUnsentAt } = device
  return (
    <span class={unsent === 0 ? 'nowrap soft' : 'nowrap'}>
      {unsent}
      {oldestUnsentAt !== null && (
        <span class="soft small under">
          {ageIn(wordsNow(controlsWords).age, asOf - oldestUnsentAt)}
        </span>
      )}
    </span>
  )
}

function heardIn({ device }: Row, words: StaffWords['fleet'], asOf: number) {
  const { heardAt = null } = device ?? {}
  const ago = (ms: number) => (ms < MINUTE ? words.justNow : ageIn(wordsNow(controlsWords).age, ms))
  return <span class="nowrap soft">{heardAt === null ? words.never : ago(asOf - heardAt)}</span>
}

/** C2: all registers of all clients. */
export function Fleet({ filter }: { filter: FleetFilter }) {
  const all = useWords(staffWords)
  const words = all.fleet
  const search = addressOf('fleet', filter)
  const [asOf, setAsOf] = useState(0)
  const [picked, setPicked] = useState<ReadonlyMap<number, Row>>(new Map())
  const pages = usePages<Row, string>(
    { key: 'fleet', search, idOf: ({ registerNumber, device }) => idOf(registerNumber, device) },
    async (after) => {
      const answer = await operator.fleet(requestOf(filter, after))
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      setAsOf(answer.value.asOf)
      return { rows: answer.value.registers, next: answer.value.next }
    },
  )
  const picking: Picking = {
    isPicked: ({ registerNumber }) => picked.has(registerNumber),
    pick: (row) => {
      const next = new Map(picked)
      if (!next.delete(row.registerNumber)) next.set(row.registerNumber, row)
      setPicked(next)
    },
  }
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        {search !== addressOf('fleet') && (
          <Button tone="quiet" onClick={() => goInstead(addressOf('fleet'))}>
            {all.clear}
          </Button>
        )}
        <Button tone="quiet" onClick={pages.again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <Filters filter={filter} />
      <div class="fleet">
        <PagedTable
          label={words.heading}
          columns={columnsIn(words, asOf, picking)}
          pages={pages}
          keyOf={({ registerNumber, device }) => idOf(registerNumber, device)}
          none={words.none}
        />
      </div>
      {picked.size > 0 && (
        <Bulk
          picked={[...picked.values()]}
          onShown={() => setPicked(new Map(pages.rows.map((row) => [row.registerNumber, row])))}
          onNone={() => setPicked(new Map())}
          onChanged={pages.again}
        />
      )}
    </>
  )
}

/** What is done with all that are chosen. */
function Bulk(props: {
  picked: readonly Row[]
  onShown: () => void
  onNone: () => void
  onChanged: () => void
}) {
  const { fleet: words, measures } = useWords(staffWords)
  const may = useRights()
  const [act, setAct] = useState<MeasureAct | null>(null)
  const acts = (
    [
      ['register.warn', ['warn', 'unwarn']],
      ['register.block', ['block', 'unblock']],
    ] as const
  )
    .filter(([right]) => may(right))
    .flatMap(([, each]) => each)
  const close = (changed: boolean) => {
    setAct(null)
    if (changed) props.onChanged()
  }
  return (
    <section class="bulk" aria-label={words.picked(props.picked.length)}>
      <strong role="status">{words.picked(props.picked.length)}</strong>
      {acts.map((each) => (
        <Button key={each} onClick={() => setAct(each)}>
          {measures.titles[each]}
        </Button>
      ))}
      <Button tone="quiet" onClick={props.onShown}>
        {words.pickShown}
      </Button>
      <Button tone="quiet" onClick={props.onNone}>
        {words.unpick}
      </Button>
      {act && <MeasureDialog act={act} registers={props.picked} onClose={close} />}
    </section>
  )
}

const idOf = (register: number, device: Row['device']) => `${register} ${device?.device ?? ''}`

const requestOf = ({ search, state, unp }: FleetFilter, after: string | undefined) => ({
  search: search.trim() || undefined,
  state: state === '' ? undefined : state,
  unp: unp || undefined,
  after,
})

function Filters({ filter }: { filter: FleetFilter }) {
  const words = useWords(staffWords)
  // In place of the present address: going back leaves the list, not the last letter typed.
  const change = (part: Partial<FleetFilter>) =>
    goInstead(addressOf('fleet', Object.assign({}, filter, part)))
  return (
    <search class="staff-filters">
      <Field
        label={words.search}
        bare
        icon="search"
        type="search"
        maxLength={64}
        placeholder={words.fleet.searchHint}
        value={filter.search}
        onText={(search) => change({ search })}
      />
      <fieldset class="chips">
        <legend class="unseen">{words.fleet.state}</legend>
        {(['', ...registerStates] as const).map((state) => (
          <button
            key={state}
            type="button"
            class={`chip chip-${state}`}
            aria-pressed={filter.state === state}
            onClick={() => change({ state })}
          >
            {state === '' ? words.everything : words.states[state]}
          </button>
        ))}
      </fieldset>
    </search>
  )
}
