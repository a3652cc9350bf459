import type { Finding } from '#core/api/operator-cabinet/findings.ts'
import { type FindingKind, findingKinds } from '#core/operator/finding.ts'
import { printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { goInstead } from '#web/ui/hooks.ts'
import { usePages } from '#web/ui/hooks-pages.ts'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { PagedTable } from '#web/ui/PagedTable.tsx'
import type { Column } from '#web/ui/Table.tsx'
import { operator, told as toldOf } from '../operator.ts'
import { type FindingsFilter, isRegisterText } from './routes.ts'

const columnsIn = (all: StaffWords): readonly Column<Finding>[] => {
  const { findings: words } = all
  return [
    {
      head: words.what,
      cell: (finding) => <What finding={finding} />,
      width: 'minmax(200px, 2fr)',
    },
    {
      head: all.fleet.register,
      cell: ({ registerNumber, company }) => (
        <>
          <a href={addressOf(`fleet/${registerNumber}`)}>{registerNumber}</a>
          <span class="soft small under">{company}</span>
        </>
      ),
      width: 'minmax(120px, 1fr)',
    },
    { head: all.fleet.device, cell: ({ device }) => <code>{device}</code>, width: '132px' },
    {
      head: words.number,
      cell: ({ number }) => (number === null ? '' : all.fleet.number(number)),
      width: '90px',
      right: true,
    },
    {
      head: words.at,
      cell: ({ at }) => <span class="nowrap soft">{printedMoment(at)}</span>,
      width: '170px',
      right: true,
    },
  ]
}

function What({ finding }: { finding: Finding }) {
  const words = useWords(staffWords).findings
  const { code, marks, count, firstAt, held, number, stored, sealed } = finding
  const marksOf = wordsNow(cabinetWords).marks
  const text =
    code !== null
      ? (words.codes[code] ?? code)
      : marks.length > 0
        ? marks.map((mark) => marksOf[mark]).join(', ')
        : words.lost(number ?? 0, held ?? 0)
  return (
    <>
      <strong>{text}</strong>
      {count > 1 && (
        <span class="soft small under">
          {words.times(count, printedMoment(firstAt).slice(0, 16))}
        </span>
      )}
      {sealed && (
        <details>
          <summary>{words.evidence}</summary>
          <Facts
            rows={[
              [words.uid, <code key="uid">{sealed.uid}</code>],
              [words.hash, <code key="hash">{sealed.hash}</code>],
              [words.stored, <code key="stored">{stored ?? words.nothingStored}</code>],
              [words.signature, <code key="signature">{sealed.signature}</code>],
              [words.body, <code key="body">{sealed.body}</code>],
            ]}
          />
        </details>
      )}
    </>
  )
}

/** Forks, marked documents, what was refused and why, and what the operator itself has lost. */
export function Findings({ filter }: { filter: FindingsFilter }) {
  const all = useWords(staffWords)
  const words = all.findings
  const { kind, register } = filter
  const search = addressOf('findings', filter)
  const pages = usePages<Finding, string>(
    { key: 'findings', search, idOf: ({ id }) => id },
    async (before) => {
      if (!isRegisterText(register)) return { rows: [], next: null }
      const number = register.trim() === '' ? undefined : Number(register)
      const answer = await operator.findings({ kind, register: number, before })
      if (answer.kind !== 'done') return { told: toldOf(answer) }
      return { rows: answer.value.findings, next: answer.value.next }
    },
  )
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={pages.again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <Filters filter={filter} />
      <p class="soft">{words.about[kind]}</p>
      <div class="findings">
        <PagedTable
          label={words.heading}
          columns={columnsIn(all)}
          pages={pages}
          keyOf={({ id }) => id}
          none={words.none[kind]}
        />
      </div>
    </>
  )
}

function Filters({ filter }: { filter: FindingsFilter }) {
  const { findings: words, acts } = useWords(staffWords)
  const change = (part: Partial<FindingsFilter>) =>
    goInstead(addressOf('findings', Object.assign({}, filter, part)))
  const choose = (kind: FindingKind) => change({ kind })
  return (
    <search class="staff-filters">
      <fieldset class="chips">
        <legend class="unseen">{words.what}</legend>
        {findingKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={filter.kind === kind}
            onClick={() => choose(kind)}
          >
            {words.kinds[kind]}
          </button>
        ))}
      </fieldset>
      <Field
        label={acts.register}
        value={filter.register}
        error={isRegisterText(filter.register) ? undefined : acts.faults.register}
        maxLength={12}
        onText={(register) => change({ register })}
      />
    </search>
  )
}
