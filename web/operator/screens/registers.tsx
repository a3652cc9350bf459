import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator.ts'
import { printedMoment } from '#core/time.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { operator, told } from '../operator.ts'

type Row = Reply<(typeof operatorCabinetApi)['registers']>['registers'][number]

const columns: readonly Column<Row>[] = [
  { head: 'РН СККО', cell: (row) => row.registerNumber, width: '110px' },
  { head: 'Место', cell: (row) => row.place, width: 'minmax(120px, 1fr)' },
  { head: 'Адрес', cell: (row) => <span class="soft">{row.address}</span> },
  { head: 'СКО', cell: (row) => row.device, width: '130px' },
  {
    head: 'Последний документ',
    cell: (row) => (row.number === 0 ? 'нет' : `№ ${row.number}`),
    width: '120px',
    right: true,
  },
  {
    head: 'Последняя связь',
    cell: (row) => (
      <span class="nowrap">
        {row.heardAt === null ? 'не было' : printedMoment(row.heardAt).slice(0, 16)}
      </span>
    ),
    width: '150px',
    right: true,
  },
]

/** C1: the client's registers, and when their devices were last heard. */
export function Registers() {
  const [answer, again] = useLoad('registers', () => operator.registers({}))
  return (
    <>
      <div class="title-row">
        <h1>Кассы</h1>
        <Button tone="quiet" onClick={again}>
          Обновить
        </Button>
      </div>
      {answer && answer.kind !== 'done' && (
        <Alert tone="red" title={told(answer)}>
          <Button onClick={again}>Повторить</Button>
        </Alert>
      )}
      {answer?.kind === 'done' && (
        <Table
          label="Кассы"
          columns={columns}
          rows={answer.value.registers}
          keyOf={(row) => row.device}
          hrefOf={(row) => `#/documents?device=${encodeURIComponent(row.device)}`}
          end={answer.value.registers.length === 0 ? 'Касс нет' : undefined}
        />
      )}
    </>
  )
}
