import Encoder from '@point-of-sale/receipt-printer-encoder'
import type { CodePage, PrinterSetup } from '#core/api/register-equipment.ts'
import { type Row, rowText } from '#core/document/paper-text.ts'
import type { MachineFault } from '#core/register/machine.ts'
import { pageText } from './code-page.ts'
import { openMachineLine } from './machine-line.ts'

export type PrintJob = {
  id: number
  rows: readonly Row[]
  printer: PrinterSetup
  /** The drawer is to be opened with this paper, as far as the printer is set up to. */
  opensDrawer: boolean
}

/** What is known of a paper: `unsent` only when not a byte of it left, `unknown` once one did. */
export type Printed =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'no-paper' }
  | { kind: 'unsent'; why: MachineFault }
  | { kind: 'unknown'; why: MachineFault }

// ESC/POS «DLE EOT 4»: the paper sensor, answered at once, even by a printer that is off line.
const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04])
const FEED_LINES = 3
const HEARD_BYTES = 64
// What drawers of the trade take; the printer rests as long again.
const KICK_ON_MS = 100
const KICK_OFF_MS = 500

/**
 * Prints one job on its printer and knows whether it came out: the printer answers the job's
 * process id («GS ( H» function 48) only after everything before it is on paper. `deadlineMs`
 * bounds the whole of it.
 */
export const openPrint =
  ({ deadlineMs }: { deadlineMs: number }) =>
  (job: PrintJob): Promise<Printed> =>
    new Promise((resolve) => {
      let send = (_: Uint8Array) => {}
      let sent = false
      let heard = Buffer.alloc(0)
      const finish = (printed: Printed) => {
        void close().then(() => resolve(printed))
      }
      const close = openMachineLine(job.printer.place, AbortSignal.timeout(deadlineMs), {
        opened: (write) => {
          send = write
          send(ASK_PAPER)
        },
        broken: (why) => finish({ kind: sent ? 'unknown' : 'unsent', why }),
        heard: (part) => {
          heard = Buffer.concat([heard, part]).subarray(-HEARD_BYTES)
          if (sent) {
            if (heard.includes(answerTo(job))) finish({ kind: 'done' })
            return
          }
          const paper = heard.find(isRealTimeStatus)
          if (paper === undefined) return
          if (isPaperOut(paper)) return finish({ kind: 'refused', code: 'no-paper' })
          sent = true
          send(bytesOf(job))
        },
      })
    })

// Bits 1 and 4 are set and bits 0 and 7 clear in every real-time status; bits 5 and 6: no paper.
const isRealTimeStatus = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010
const isPaperOut = (byte: number): boolean => (byte & 0b0110_0000) !== 0

/** The job's name at the printer: four digits, enough to tell it from its neighbours. */
const nameOf = ({ id }: PrintJob): string => String(id % 10_000).padStart(4, '0')
const answerTo = (job: PrintJob): Buffer => Buffer.from(`\x37\x22${nameOf(job)}\0`, 'latin1')

/** The bytes of a job, its cut, the drawer's kick and the question whether it came out. */
export function bytesOf(job: PrintJob): Uint8Array {
  const { columns, codePage, drawer, drawerPin, cut } = job.printer
  const encoder = new Encoder({ language: 'esc-pos', columns, newline: '\n' })
  encoder.initialize().codepage(codePage)
  const kick = (when: PrinterSetup['drawer']) => {
    if (job.opensDrawer && drawer === when) {
      encoder.pulse(drawerPin === 2 ? 0 : 1, KICK_ON_MS, KICK_OFF_MS)
    }
  }
  kick('before')
  for (const row of job.rows) {
    if (row.kind === 'qr') {
      encoder.align('center').qrcode(row.text, { model: 2, size: 6, errorlevel: 'm' })
      encoder.align('left')
      continue
    }
    const bold = 'bold' in row && row.bold === true
    if (bold) encoder.bold(true)
    for (const line of rowText(foldedRow(row, codePage), columns)) encoder.line(line)
    if (bold) encoder.bold(false)
  }
  encoder.newline(FEED_LINES)
  if (cut !== 'none') encoder.cut(cut)
  kick('after')
  encoder.raw([0x1d, 0x28, 0x48, 6, 0, 48, 48, ...Buffer.from(nameOf(job), 'latin1')])
  return encoder.encode()
}

// Folded before it is laid out, because «…» grows into three characters.
function foldedRow(row: Row, page: CodePage): Row {
  switch (row.kind) {
    case 'text':
      return { ...row, text: pageText(row.text, page) }
    case 'pair':
      return { ...row, left: pageText(row.left, page), right: pageText(row.right, page) }
    case 'qr':
    case 'rule':
    case 'space':
      return row
    default:
      return row satisfies never
  }
}
