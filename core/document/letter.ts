import type { Language } from '../words/language.ts'
import { asText, type Row } from './paper-text.ts'

/** By this name the letter's page shows the picture of its QR. */
export const QR_PICTURE = 'qr'

/** A receipt as a letter: the very rows of its paper, in plain text and as a page (N13). */
export function receiptLetter(
  rows: readonly Row[],
  { language, title }: { language: Language; title: string },
): { text: string; html: string; qr: string | null } {
  const qr = rows.find((row) => row.kind === 'qr')?.text ?? null
  return {
    // What is read as text shows no QR: the unique identifier stands beside it in letters.
    text: `${asText(
      rows.filter((row) => row.kind !== 'qr'),
      48,
    ).join('\n')}\n`,
    html: page(rows.map(rowHtml).join('\n'), { language, title }),
    qr,
  }
}

const SHEET =
  'max-width:420px;margin:0 auto;padding:24px 20px;background:#fff;color:#000;' +
  'font:14px/1.45 Consolas,Menlo,monospace;word-break:break-word'
const WIDE = 'width:100%;border-collapse:collapse;font:inherit'

// Programs that read mail leave out styles of a page: each element has its own.
const page = (body: string, { language, title }: { language: Language; title: string }): string =>
  `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="margin:0;background:#f2f2f0">
<div style="${SHEET}">
${body}
</div>
</body>
</html>
`

function rowHtml(row: Row): string {
  const bold = 'bold' in row && row.bold ? ';font-weight:700' : ''
  switch (row.kind) {
    case 'text':
      return `<p style="margin:0;text-align:${row.align ?? 'left'}${bold}">${escaped(row.text)}</p>`
    case 'pair': {
      const cell = (side: string, text: string) =>
        `<td style="padding:0;vertical-align:bottom;text-align:${side}">${escaped(text)}</td>`
      const cells = cell('left', row.left) + cell('right', row.right)
      return `<table role="presentation" style="${WIDE}${bold}"><tr>${cells}</tr></table>`
    }
    case 'rule':
      return '<hr style="border:0;border-top:1px dashed #000;margin:8px 0">'
    case 'qr': {
      const shown = `src="cid:${QR_PICTURE}" alt="QR ${escaped(row.text)}" width="180" height="180"`
      return `<p style="margin:8px 0;text-align:center"><img ${shown}></p>`
    }
    case 'space':
      return '<br>'
    default:
      return row satisfies never
  }
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '')
