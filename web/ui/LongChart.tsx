import { type Bar, FigureTable } from './Bars.tsx'
import { useChart } from './hooks-chart.ts'

/** More days than bars can be told apart for: a line over them, with their table. */
export function LongChart(props: {
  label: string
  /** `key` is the moment, in milliseconds since 1970. */
  points: readonly (Bar & { key: number })[]
  summary: string
  table: { caption: string; heads: readonly [string, string] }
  /** A value as it stands at the axis. */
  told: (value: number) => string
}) {
  const { label, points, summary, table, told } = props
  const { place, pointed } = useChart({
    at: points.map(({ key }) => key),
    values: points.map(({ value }) => value),
    marks: points.map(({ mark }) => mark),
    told,
  })
  const shown = pointed === null ? undefined : points[pointed]
  return (
    <figure class="bars" aria-label={label}>
      <figcaption>
        <strong>{label}</strong>
        <span class="soft small">{shown ? `${shown.name}: ${shown.told}` : summary}</span>
      </figcaption>
      <div ref={place} class="long-chart" role="img" aria-label={`${label}. ${summary}`} />
      <FigureTable bars={points} caption={table.caption} heads={table.heads} />
    </figure>
  )
}
