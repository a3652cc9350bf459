import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { operator, told } from '../operator.ts'

type View = Reply<(typeof operatorCabinetApi)['views']>['views'][number]

const columnsIn = (words: StaffWords['views']): readonly Column<View>[] => [
  { head: words.person, cell: ({ person }) => person, width: 'minmax(140px, 1fr)' },
  { head: words.reason, cell: ({ reason }) => reason, width: 'minmax(140px, 2fr)' },
  { head: words.looks, cell: ({ looks }) => looks, width: '120px', right: true },
  {
    head: words.at,
    cell: ({ at }) => <span class="nowrap">{printedMoment(at).slice(0, 16)}</span>,
    width: '150px',
    right: true,
  },
]

/** Who of the operator's people has seen what this client sees. */
export function Views() {
  const words = useWords(staffWords).views
  const [answer, again] = useLoad('views', () => operator.views({}))
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <p class="soft">{words.about}</p>
      <Loaded answer={answer} told={told} again={again}>
        {({ views }) => (
          <Table
            label={words.heading}
            columns={columnsIn(words)}
            rows={views}
            keyOf={({ id }) => String(id)}
            end={views.length === 0 ? words.none : undefined}
          />
        )}
      </Loaded>
    </>
  )
}
