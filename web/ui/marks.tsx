import type { ComponentChildren } from 'preact'
import { shownCodes } from '#core/document/mark.ts'
import type { Line } from '#core/document/totals.ts'

/** The codes of a document's marked units as a row of facts, under `label`; none without any. */
export function marksShown(
  lines: readonly Pick<Line, 'name' | 'mark'>[],
  label: string,
): [string, ComponentChildren][] {
  const codes = lines.flatMap(({ name, mark }, line) =>
    mark ? shownCodes(mark).map((code) => ({ key: `${line} ${code}`, name, code })) : [],
  )
  if (codes.length === 0) return []
  const rows = codes.map(({ key, name, code }) => (
    <p key={key}>
      {name}: <code>{code}</code>
    </p>
  ))
  return [[label, rows]]
}
