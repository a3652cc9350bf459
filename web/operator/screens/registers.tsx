import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import type { CabinetWords } from '#core/words/cabinet/ru.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { controlsWords } from '#core/words/controls.ts'
import { staffWords } from '#core/words/staff.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { ageIn } from '#web/ui/moment.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { agoIn } from '../ago.ts'
import { statesOfOwn } from '../attention.ts'
import { operator, told } from '../operator.ts'
import { Retire } from '../retire.tsx'
import { RedReceipts, States } from '../staff/state.tsx'

type Row = Reply<(typeof operatorCabinetApi)['registers']>['registers'][number]

const columnsIn = (all: CabinetWords, now: number): readonly Column<Row>[] => [
  { head: all.heads.registerNumber, cell: (row) => row.registerNumber, width: '96px' },
  { head: all.heads.place, cell: (row) => row.place, width: 'minmax(100px, 1fr)' },
  {
    head: all.heads.address,
    cell: (row) => <span class="soft">{row.address}</span>,
    width: 'minmax(110px, 1fr)',
  },
  { head: all.heads.device, cell: (row) => row.device, width: '150px' },
  {
    head: all.heads.state,
    cell: (row) => (
      <>
        <States states={statesOfOwn(row, now)} />
        <RedReceipts told={row} now={now} />
      </>
    ),
    width: 'minmax(140px, 1fr)',
  },
  {
    head: all.heads.last,
    cell: (row) =>
      row.number === 0 ? (
        all.heads.noDocument
      ) : (
        <span class="heard">
          {all.number(row.number)}
          <span class="soft small nowrap">
            {row.lastAt !== null && printedMoment(row.lastAt).slice(0, 16)}
          </span>
        </span>
      ),
    width: '140px',
    right: true,
  },
  {
    head: wordsNow(staffWords).register.unsent,
    cell: ({ unsent, oldestUnsentAt, version }) => (
      <span class="heard">
        {unsent ?? '–'}
        <span class="soft small">
          {[
            oldestUnsentAt !== null && ageIn(wordsNow(controlsWords).age, now - oldestUnsentAt),
            version,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </span>
    ),
    width: '110px',
    right: true,
  },
  {
    head: all.heads.heard,
    cell: (row) => (
      <span class="heard">
        {row.heardAt === null ? (
          all.heads.neverHeard
        ) : (
          <>
            <span class="nowrap">{printedMoment(row.heardAt).slice(0, 16)}</span>
            <span class="soft small">{agoIn(wordsNow(clientWords).home, now - row.heardAt)}</span>
          </>
        )}
      </span>
    ),
    width: '132px',
    right: true,
  },
]

/** C1: the client's registers, and when their devices were last heard. */
export function Registers() {
  const words = useWords(cabinetWords)
  const [answer, again] = useLoad('registers', () => operator.registers({}))
  return (
    <>
      <div class="title-row">
        <h1>{words.registers}</h1>
        <Button tone="quiet" onClick={again}>
          {words.refresh}
        </Button>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {({ registers, asOf }) => (
          <>
            <Table
              label={words.registers}
              columns={columnsIn(words, asOf)}
              rows={registers}
              keyOf={(row) => row.device}
              hrefOf={(row) => `#/documents?device=${encodeURIComponent(row.device)}`}
              end={registers.length === 0 ? words.heads.none : undefined}
            />
            <div class="ways">
              {registers.map(({ device, unsent }) => (
                <Retire key={device} device={device} unsent={unsent} onDone={again} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
