import { connect } from 'node:net'
import Encoder from '@point-of-sale/receipt-printer-encoder'
import { type Columns, type Row, rowText } from '#core/document/print.ts'
import { cp866Text } from './cp866.ts'

export type PrintJob = { id: number; rows: readonly Row[]; columns: Columns }

/** What is known of a paper: `unsent` only when not a byte of it left, `unknown` once one did. */
export type Printed =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'no-paper' }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string }

// ESC/POS «DLE EOT 4»: the paper sensor, answered at once, even by a printer that is off line.
const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04])
const FEED_LINES = 3
const HEARD_BYTES = 64

/**
 * Prints one job on a network printer (raw TCP, port 9100) and knows whether it came out: the
 * printer answers the job's process id («GS ( H» function 48) only after everything before it is on
 * paper. `deadlineMs` bounds the whole of it.
 */
export const printOver =
  ({ host, port, deadlineMs }: { host: string; port: number; deadlineMs: number }) =>
  (job: PrintJob): Promise<Printed> =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(deadlineMs)
      const socket = connect({ host, port, signal, noDelay: true })
      let sent = false
      let heard = Buffer.alloc(0)
      const finish = (printed: Printed) => {
        resolve(printed)
        socket.destroy()
      }
      const broken = (why: string) => finish({ kind: sent ? 'unknown' : 'unsent', why })
      socket.on('connect', () => socket.write(ASK_PAPER))
      socket.on('error', (error) => broken(signal.aborted ? 'deadline' : error.message))
      socket.on('close', () => broken('connection closed'))
      socket.on('data', (part) => {
        heard = Buffer.concat([heard, part]).subarray(-HEARD_BYTES)
        if (sent) {
          if (heard.includes(answerTo(job))) finish({ kind: 'done' })
          return
        }
        const paper = heard.find(isRealTimeStatus)
        if (paper === undefined) return
        if (isPaperOut(paper)) return finish({ kind: 'refused', code: 'no-paper' })
        sent = true
        socket.write(bytesOf(job))
      })
    })

// Bits 1 and 4 are set and bits 0 and 7 clear in every real-time status; bits 5 and 6: no paper.
const isRealTimeStatus = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010
const isPaperOut = (byte: number): boolean => (byte & 0b0110_0000) !== 0

/** The job's name at the printer: four digits, enough to tell it from its neighbours. */
const nameOf = ({ id }: PrintJob): string => String(id % 10_000).padStart(4, '0')
const answerTo = (job: PrintJob): Buffer => Buffer.from(`\x37\x22${nameOf(job)}\0`, 'latin1')

/** The bytes of a job, its cut and the question whether it came out. */
export function bytesOf(job: PrintJob): Uint8Array {
  const encoder = new Encoder({ language: 'esc-pos', columns: job.columns, newline: '\n' })
  encoder.initialize().codepage('cp866')
  for (const row of job.rows) {
    if (row.kind === 'qr') {
      encoder.align('center').qrcode(row.text, { model: 2, size: 6, errorlevel: 'm' })
      encoder.align('left')
      continue
    }
    const bold = 'bold' in row && row.bold === true
    if (bold) encoder.bold(true)
    for (const line of rowText(foldedRow(row), job.columns)) encoder.line(line)
    if (bold) encoder.bold(false)
  }
  encoder.newline(FEED_LINES).cut('partial')
  encoder.raw([0x1d, 0x28, 0x48, 6, 0, 48, 48, ...Buffer.from(nameOf(job), 'latin1')])
  return encoder.encode()
}

// Folded before it is laid out, because «…» grows into three characters.
function foldedRow(row: Row): Row {
  switch (row.kind) {
    case 'text':
      return { ...row, text: cp866Text(row.text) }
    case 'pair':
      return { ...row, left: cp866Text(row.left), right: cp866Text(row.right) }
    case 'qr':
    case 'rule':
    case 'space':
      return row
    default:
      return row satisfies never
  }
}
