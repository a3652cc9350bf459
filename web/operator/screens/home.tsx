import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { clientWords } from '#core/words/client.ts'
import { operationsWords } from '#core/words/operations.ts'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { agoIn } from '../ago.ts'
import { type Attention, attentionOf, type OwnRegister, statesOfOwn } from '../attention.ts'
import { operator, told } from '../operator.ts'

const LATEST = 6

/** C1: what needs attention, how the registers are, what came last. */
export function Home() {
  const [answer, again] = useLoad('home', async () => {
    const [registers, evidence, documents] = await Promise.all([
      operator.registers({}),
      operator.evidence({}),
      operator.documents({ limit: LATEST }),
    ])
    if (registers.kind !== 'done') return registers
    if (evidence.kind !== 'done') return evidence
    if (documents.kind !== 'done') return documents
    const { registers: rows, asOf } = registers.value
    const { marked } = evidence.value
    const known = { rows, asOf, marked, latest: documents.value.documents }
    return { kind: 'done', value: known } as const
  })
  return (
    <Loaded answer={answer} told={told} again={again}>
      {(known) => <Known known={known} />}
    </Loaded>
  )
}

type Known = {
  rows: readonly OwnRegister[]
  asOf: number
  marked: Reply<(typeof operatorCabinetApi)['evidence']>['marked']
  latest: Reply<(typeof operatorCabinetApi)['documents']>['documents']
}

function Known({ known: { rows, asOf, marked, latest } }: { known: Known }) {
  const words = useWords(clientWords).home
  const found = attentionOf(rows, { marked }, asOf)
  return (
    <>
      <div class="title-row">
        <h1>{words.section}</h1>
      </div>
      <Counts registers={rows} found={found} now={asOf} />
      <section class="home-part" aria-labelledby="attention">
        <h2 id="attention">{words.heading}</h2>
        {found.length === 0 ? (
          <div class="card home-fine">
            <strong>{words.fine}</strong>
            <span class="soft">{words.fineHow}</span>
          </div>
        ) : (
          <ul class="attention">
            {found.map((each) => (
              <Found key={`${each.register.device} ${each.code}`} found={each} now={asOf} />
            ))}
          </ul>
        )}
      </section>
      {latest.length > 0 && <Latest documents={latest} />}
    </>
  )
}

type Props = { registers: readonly OwnRegister[]; found: readonly Attention[]; now: number }

function Counts({ registers, found, now }: Props) {
  const words = useWords(clientWords).home
  const states = registers.map((register) => statesOfOwn(register, now))
  const troubled = new Set(found.map(({ register }) => register.device))
  const counts = [
    ['all', registers.length],
    ['working', states.filter((each) => each.includes('working')).length],
    ['silent', states.filter((each) => each.includes('silent')).length],
    ['attention', troubled.size],
  ] as const
  return (
    <section aria-label={words.registers}>
      <dl class="counts">
        {counts.map(([name, count]) => (
          <div key={name} class={`card count count-${count === 0 ? 'none' : name}`}>
            <dt>{words.counts[name]}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Found({ found, now }: { found: Attention; now: number }) {
  const words = useWords(clientWords).home
  const { code, tone, register, reason, uids } = found
  const [uid] = uids
  return (
    <li class={`card attention-row attention-${tone}`}>
      <div class="attention-what">
        <strong>{words.codes[code]}</strong>
        <span>
          {[
            reason,
            ...periodOf(found, words),
            ...redIn(found, words),
            ...heardIn(found, words, now),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        <span class="soft small">{words.steps[code]}</span>
      </div>
      <div class="attention-where">
        <a href={`#/documents?device=${encodeURIComponent(register.device)}`}>
          {words.register(register.registerNumber, register.place)}
        </a>
        {uid !== undefined && <a href={`#/documents/${uid}`}>{words.seeMarked}</a>}
      </div>
    </li>
  )
}

type Words = ReturnType<typeof homeWords>
const homeWords = () => wordsNow(clientWords).home

const periodOf = ({ from, till }: Attention, words: Words): string[] => [
  ...(from === null ? [] : [words.from(printedMoment(from).slice(0, 16))]),
  ...(till === null ? [] : [words.till(printedMoment(till).slice(0, 16))]),
]

const redIn = ({ code, register }: Attention, words: Words): string[] =>
  code === 'red' ? [words.redCount(register.red ?? 0)] : []

/** How far the operator's knowledge goes of a register that is not heard. */
function heardIn({ code, register }: Attention, words: Words, now: number): string[] {
  if (code !== 'silent') return []
  const { heardAt, number } = register
  const heard =
    heardAt === null
      ? words.neverHeard
      : words.heard(printedMoment(heardAt).slice(0, 16), agoIn(words, now - heardAt))
  return [
    `${heard}. ${number === 0 ? words.nothingStored : words.stored(number)}`,
    words.unknownUnsent,
  ]
}

type Documents = Extract<
  Awaited<ReturnType<typeof operator.documents>>,
  { kind: 'done' }
>['value']['documents']

function Latest({ documents }: { documents: Documents }) {
  const words = useWords(clientWords).home
  const { kinds } = wordsNow(operationsWords)
  return (
    <section class="home-part" aria-labelledby="latest">
      <div class="home-head">
        <h2 id="latest">{words.latest}</h2>
        <a href="#/documents">{words.allDocuments}</a>
      </div>
      <ul class="card latest">
        {documents.map((row) => (
          <li key={row.uid}>
            <a href={`#/documents/${row.uid}`}>
              {row.kind ? kinds[row.kind] : '—'} № {row.number}
            </a>
            <span class="soft">{row.registerNumber}</span>
            <span class="soft nowrap">{printedMoment(row.at).slice(0, 16)}</span>
            <strong>{row.sum !== null && row.sum > 0 && <Money sum={row.sum} />}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}
