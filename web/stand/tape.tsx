import type { Paper as Printed } from '#core/api/stand.ts'
import type { Row } from '#core/document/paper-text.ts'
import { printedMoment } from '#core/time.ts'
import { standWords } from '#core/words/stand.ts'
import { useWords } from '#web/ui/language.ts'
import { Paper } from '#web/ui/Paper.tsx'

/** The printer's roll, the newest paper on top. */
export function Tape({ papers }: { papers: readonly Printed[] }) {
  const words = useWords(standWords).tape
  return (
    <section class="tape" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      {papers.length === 0 && <p class="soft">{words.empty}</p>}
      <ol>
        {papers.map((paper) => (
          <Sheet key={paper.number} paper={paper} />
        ))}
      </ol>
    </section>
  )
}

function Sheet({ paper: { number, job, at, lines, drawer } }: { paper: Printed }) {
  const words = useWords(standWords).tape
  const wide = lines.some((line) => line.length > 32 && !isQr(line))
  const title = [
    words.sheet(number),
    job === null ? words.noJob : words.job(job),
    printedMoment(at),
    ...(drawer ? [words.drawer] : []),
  ].join(' · ')
  return (
    <li class={wide ? 'sheet sheet-wide' : 'sheet'}>
      <p class="small soft">{title}</p>
      <Paper label={title} rows={lines.map(rowOf)} />
    </li>
  )
}

const QR = /^ *\[QR (.+)\]$/
const isQr = (line: string): boolean => QR.test(line)

// The printer knows lines alone; a QR among them is drawn again so that a phone can read it.
function rowOf(line: string): Row {
  const code = QR.exec(line)?.[1]
  if (code !== undefined) return { kind: 'qr', text: code }
  return line === '' ? { kind: 'space' } : { kind: 'text', text: line }
}
