import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { useElapsed, useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { operator, told } from '../operator.ts'
import { Series } from './series.tsx'

type Overview = Reply<(typeof operatorCabinetApi)['overview']>

const EVERY_MS = 30_000

/** C2: all registers and their traffic at a glance; each bar leads to what it counts. */
export function Overview() {
  const words = useWords(staffWords).overview
  const turn = Math.floor(useElapsed(EVERY_MS) / EVERY_MS)
  const [answer, again] = useLoad(`overview ${turn}`, () => operator.overview({}))
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
        <Button tone="quiet" onClick={again}>
          {wordsNow(cabinetWords).refresh}
        </Button>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {(overview) => <Charts overview={overview} />}
      </Loaded>
    </>
  )
}

function Charts({ overview }: { overview: Overview }) {
  const { overview: words, states: stateWords, findings } = useWords(staffWords)
  const { registers, states, heard, traffic, rejections } = overview
  return (
    <div class="charts">
      <Chart title={words.traffic} wide>
        <Series points={traffic} />
      </Chart>
      <Chart title={words.states} note={words.registers(registers)}>
        <Shares
          of={registers}
          rows={states.map(({ state, count }) => ({
            label: stateWords[state],
            count,
            tone: state,
            href: addressOf('fleet', { state }),
          }))}
        />
      </Chart>
      <Chart title={words.heard}>
        <Shares
          of={registers}
          rows={heard.map(({ upToMs, count }) => ({
            label: words.within[spanOf(upToMs)],
            count,
            tone: upToMs === null || upToMs > DAY ? 'silent' : 'working',
            href: upToMs === null || upToMs > DAY ? addressOf('fleet', { state: 'silent' }) : null,
          }))}
        />
      </Chart>
      <Chart title={words.rejections}>
        {rejections.length === 0 ? (
          <p class="soft">{words.noRejections}</p>
        ) : (
          <Shares
            of={Math.max(...rejections.map(({ count }) => count))}
            rows={rejections.map(({ code, count }) => ({
              label: findings.codes[code] ?? code,
              count,
              tone: 'forked',
              href: addressOf('findings', { kind: 'refused' }),
            }))}
          />
        )}
      </Chart>
    </div>
  )
}

function spanOf(upToMs: number | null): keyof StaffWords['overview']['within'] {
  if (upToMs === null) return 'never'
  if (upToMs <= 5 * MINUTE) return 'minutes'
  if (upToMs <= HOUR) return 'hour'
  if (upToMs <= DAY) return 'day'
  return upToMs <= 7 * DAY ? 'week' : 'longer'
}

function Chart(props: {
  title: string
  note?: string
  wide?: boolean
  children: ComponentChildren
}) {
  const id = useId()
  return (
    <section class={props.wide ? 'chart chart-wide' : 'chart'} aria-labelledby={id}>
      <div class="chart-head">
        <h2 id={id}>{props.title}</h2>
        {props.note && <span class="soft small">{props.note}</span>}
      </div>
      {props.children}
    </section>
  )
}

type Share = { label: string; count: number; tone: string; href: string | null }

/** Bars that are a list to whoever does not see them. `of`: what the longest could be. */
function Shares({ rows, of }: { rows: readonly Share[]; of: number }) {
  return (
    <ul class="shares">
      {rows.map(({ label, count, tone, href }) => {
        const inside = (
          <>
            <span class="share-label">{label}</span>
            <span class="share-track" aria-hidden="true">
              <span
                class={`share share-${tone}`}
                style={{ width: `${of === 0 ? 0 : (100 * count) / of}%` }}
              />
            </span>
            <span class="share-count">{count}</span>
          </>
        )
        return (
          <li key={label}>
            {href === null || count === 0 ? (
              <span class="share-row">{inside}</span>
            ) : (
              <a class="share-row" href={href}>
                {inside}
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}
