import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { useSeen } from './hooks-sight.ts'

export type Column<T> = {
  head: string
  cell: (row: T) => ComponentChildren
  /** A grid track, «1fr», «120px»; «1fr» when left out. */
  width?: string
  right?: boolean
}

/**
 * A list that stays fast however long: rows out of sight are not laid out, further pages are asked
 * for (`onEnd`) when the end comes into sight. On a narrow screen a row becomes two columns.
 */
export function Table<T>(props: {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** Where the row leads; its first cell becomes the link. */
  hrefOf?: (row: T) => string
  toneOf?: (row: T) => 'red' | 'amber' | null
  /** What stands below the rows: that they are being loaded, that nothing was found. */
  end?: string | undefined
  onEnd?: (() => void) | undefined
}) {
  const seen = useSeen(props.onEnd)
  const tracks = props.columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ')
  return (
    <>
      <table class="table" aria-label={props.label} style={{ '--columns': tracks }}>
        <thead>
          <tr>
            {props.columns.map(({ head, right }) => (
              <th key={head} scope="col" class={right ? 'right' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row key={props.keyOf(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
      <p ref={seen} class="table-end" hidden={props.end === undefined && !props.onEnd}>
        {props.end}
      </p>
    </>
  )
}

function Row<T>(props: {
  row: T
  columns: readonly Column<T>[]
  hrefOf?: (row: T) => string
  toneOf?: (row: T) => 'red' | 'amber' | null
}) {
  const { row, columns, hrefOf, toneOf } = props
  // The same element is left alone: what is typed above a long list draws none of its rows.
  return useMemo(() => {
    const tone = toneOf?.(row)
    const href = hrefOf?.(row)
    return (
      <tr class={`${tone ? `row-${tone}` : ''} ${href ? 'row-leads' : ''}`}>
        {columns.map(({ head, cell, right }, place) => (
          <td key={head} class={`${right ? 'right' : ''} cell-${place}`}>
            {place === 0 && href ? (
              <a class="table-link" href={href}>
                {cell(row)}
              </a>
            ) : (
              cell(row)
            )}
          </td>
        ))}
      </tr>
    )
  }, [row, columns, hrefOf, toneOf])
}
