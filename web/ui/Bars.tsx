import { useState } from 'preact/hooks'

/** A bar: what it is of, in full and below it, its value, and the value as it is told. */
export type Bar = { key: string | number; name: string; mark: string; value: number; told: string }

const HEIGHT = 100
/** So many names are read below the bars. */
const NAMES = 8

/** A few bars with their table: up to 31 of them are told apart. A pointed one is told above. */
export function Bars(props: {
  label: string
  bars: readonly Bar[]
  /** What is told while none is pointed at. */
  summary: string
  table: { caption: string; heads: readonly [string, string] }
}) {
  const { label, bars, summary, table } = props
  const [pointed, point] = useState<number | null>(null)
  const shown = pointed === null ? undefined : bars[pointed]
  const top = Math.max(1, ...bars.map(({ value }) => value))
  const bottom = Math.min(0, ...bars.map(({ value }) => value))
  const scale = HEIGHT / (top - bottom)
  const zero = top * scale
  const each = Math.max(1, Math.ceil(bars.length / NAMES))
  return (
    <figure class="bars" aria-label={label}>
      <figcaption>
        <strong>{label}</strong>
        <span class="soft small">{shown ? `${shown.name}: ${shown.told}` : summary}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${bars.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}. ${summary}`}
        onPointerMove={(event) => point(placeIn(event, bars.length))}
        onPointerLeave={() => point(null)}
      >
        {bars.map(({ key, value }, i) => (
          <rect
            key={key}
            class={`bar ${value < 0 ? 'bar-below' : ''} ${i === pointed ? 'bar-pointed' : ''}`}
            x={i + 0.12}
            width={0.76}
            y={value < 0 ? zero : zero - value * scale}
            height={Math.abs(value) * scale}
          />
        ))}
        <path class="bars-zero" d={`M0 ${zero}H${bars.length}`} />
      </svg>
      <div class="bars-names soft small" aria-hidden="true">
        {bars.map(({ key, mark }, i) => (
          <span key={key}>{i % each === 0 ? mark : ''}</span>
        ))}
      </div>
      <FigureTable bars={bars} caption={table.caption} heads={table.heads} />
    </figure>
  )
}

function placeIn(event: PointerEvent, count: number): number | null {
  const { currentTarget, clientX } = event
  if (!(currentTarget instanceof Element)) return null
  const { left, width } = currentTarget.getBoundingClientRect()
  return Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)))
}

/** The same for whoever does not see it. */
export function FigureTable(props: {
  bars: readonly Bar[]
  caption: string
  heads: readonly [string, string]
}) {
  return (
    <details>
      <summary>{props.caption}</summary>
      <table class="figure-table">
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.bars.map(({ key, name, told }) => (
            <tr key={key}>
              <td>{name}</td>
              <td>{told}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
