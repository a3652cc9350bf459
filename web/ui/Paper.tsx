import { useState } from 'preact/hooks'
import { encode } from 'uqr'
import type { Row } from '#core/document/paper-text.ts'
import { controlsWords } from '#core/words/controls.ts'
import type { Language } from '#core/words/language.ts'
import { useWords } from '#web/ui/language.ts'
import { useLater } from './hooks.ts'

/**
 * A printed form on the screen: the very rows that the printer gets. `language`: what they are
 * written in, where that is known.
 */
export const Paper = (props: { rows: readonly Row[]; label: string; language?: Language }) => (
  <section class="paper" aria-label={props.label}>
    <div class="paper-sheet" lang={props.language}>
      {props.rows.map((row, place) => (
        <PaperRow key={place} row={row} />
      ))}
    </div>
  </section>
)

function PaperRow({ row }: { row: Row }) {
  const bold = 'bold' in row && row.bold ? 'paper-bold' : ''
  switch (row.kind) {
    case 'text':
      return <p class={`paper-text paper-${row.align ?? 'left'} ${bold}`}>{row.text}</p>
    case 'pair':
      return (
        <p class={`paper-pair ${bold}`}>
          <span>{row.left}</span>
          <span>{row.right}</span>
        </p>
      )
    case 'rule':
      return <hr class="paper-rule" />
    case 'qr':
      return <Qr text={row.text} />
    case 'space':
      return <div class="paper-space" />
  }
}

/** A QR code as one path; its accessible name is its text, where it has no shorter one. */
export function Qr({ text, label }: { text: string; label?: string }) {
  const named = useWords(controlsWords).qr
  const [made, show] = useState<{ of: string; size: number; path: string } | null>(null)
  // It costs eight milliseconds of a fast desk: what it belongs to is painted first.
  useLater(text, 0, () => show({ of: text, ...pathOf(text) }))
  const { size, path } = made?.of === text ? made : { size: 1, path: '' }
  return (
    <svg
      class="paper-qr"
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={label ?? named(text)}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function pathOf(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const cells = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size, path: cells.join('') }
}
