import { useState } from 'preact/hooks'
import { printedMoment } from '#core/time.ts'
import { staffWords } from '#core/words/staff.ts'
import { useWords } from '#web/ui/language.ts'

type Point = { at: number; accepted: number; refused: number }

const HEIGHT = 100
const LABELS = 6

const minuteOf = (at: number): string => printedMoment(at).slice(11, 16)

/** The least of 1, 2 and 5 with zeroes behind that is not below a number. */
function niceAbove(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most
}

/** Documents by minute: an area of what was stored, strokes of what was refused. */
export function Series({ points }: { points: readonly Point[] }) {
  const words = useWords(staffWords).overview
  const [pointed, point] = useState<number | null>(null)
  const most = Math.max(...points.map(({ accepted, refused }) => Math.max(accepted, refused)))
  const all = points.reduce((sum, { accepted }) => sum + accepted, 0)
  const refused = points.reduce((sum, each) => sum + each.refused, 0)
  const top = niceAbove(most)
  const shown = pointed === null ? undefined : points[pointed]
  const told = shown
    ? [
        minuteOf(shown.at),
        `${words.accepted} ${shown.accepted}`,
        `${words.refused} ${shown.refused}`,
      ].join(' · ')
    : all + refused === 0
      ? words.quiet
      : words.summary(all, most, refused)
  return (
    <figure class="series">
      <figcaption class="soft">{told}</figcaption>
      <div class="series-field">
        <span class="series-top soft small" aria-hidden="true">
          {top}
        </span>
        <svg
          viewBox={`0 0 ${points.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${words.traffic}. ${words.summary(all, most, refused)}`}
          onPointerMove={(event) => point(placeIn(event, points.length))}
          onPointerLeave={() => point(null)}
        >
          <path class="series-grid" d={`M0 0H${points.length}M0 50H${points.length}`} />
          <path class="series-area" d={areaOf(points, top)} />
          <path class="series-refused" d={strokesOf(points, top)} />
          {pointed !== null && <path class="series-pointed" d={`M${pointed + 0.5} 0V${HEIGHT}`} />}
        </svg>
      </div>
      <div class="series-times soft small" aria-hidden="true">
        {Array.from({ length: LABELS + 1 }, (_, place) => {
          const at = points[Math.min(points.length - 1, (place * points.length) / LABELS)]?.at ?? 0
          return <span key={place}>{minuteOf(at)}</span>
        })}
      </div>
      <details>
        <summary>{words.asTable}</summary>
        <SeriesTable points={points} />
      </details>
    </figure>
  )
}

function placeIn(event: PointerEvent, count: number): number | null {
  const { currentTarget, clientX } = event
  if (!(currentTarget instanceof Element)) return null
  const { left, width } = currentTarget.getBoundingClientRect()
  return Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)))
}

const heightOf = (count: number, top: number): number => HEIGHT - (HEIGHT * count) / top

/** Steps, not slopes: what happened in a minute happened in it alone. */
function areaOf(points: readonly Point[], top: number): string {
  const steps = points.map(({ accepted }, x) => `V${heightOf(accepted, top)}H${x + 1}`)
  return `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}Z`
}

const strokesOf = (points: readonly Point[], top: number): string =>
  points
    .map(({ refused }, x) =>
      refused === 0 ? '' : `M${x + 0.5} ${HEIGHT}V${heightOf(refused, top)}`,
    )
    .join('')

/** Only minutes in which there was something: the rest is nothing to hear of. */
function SeriesTable({ points }: { points: readonly Point[] }) {
  const words = useWords(staffWords).overview
  return (
    <table class="series-table">
      <thead>
        <tr>
          <th scope="col">{words.minute}</th>
          <th scope="col">{words.accepted}</th>
          <th scope="col">{words.refused}</th>
        </tr>
      </thead>
      <tbody>
        {points
          .filter(({ accepted, refused }) => accepted + refused > 0)
          .map(({ at, accepted, refused }) => (
            <tr key={at}>
              <td>{minuteOf(at)}</td>
              <td>{accepted}</td>
              <td>{refused}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
