import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, type TestContext, test } from 'node:test'
import { usualPrinter } from '#core/api/register-equipment.ts'
import { type Paper, paper } from '#core/api/stand.ts'
import { asText, type Columns } from '#core/document/paper-text.ts'
import { receiptRows } from '#core/document/print.ts'
import { uidOf } from '#core/document/uid.ts'
import { pageText } from '#services/register/links/code-page.ts'
import { bytesOf, openPrint, type PrintJob } from '#services/register/links/printer.ts'
import { aDocument, NOW } from '#test/fixtures.ts'
import { openPrinter } from './printer.ts'
import { openRoll, type Roll } from './roll.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-printer-'))
after(() => rmSync(data, { recursive: true, force: true }))
let tapes = 0
const newPath = () => join(data, `paper-${++tapes}.jsonl`)

const rows = receiptRows(
  {
    is: 'document',
    document: aDocument(),
    uid: uidOf('a'.repeat(64), 100_000_001),
  },
  'ru',
)

const on866 = (line: string) => pageText(line, 'cp866')

const aJob = (changes: Partial<PrintJob>): PrintJob =>
  Object.assign(
    { id: 7, rows, printer: usualPrinter({ host: '127.0.0.1', port: 9100 }), opensDrawer: false },
    changes,
  )

const printOn =
  (port: number) =>
  (id: number, columns: Columns = 32) =>
    openPrint({ deadlineMs: 2000 })(
      aJob({ id, printer: usualPrinter({ host: '127.0.0.1', port }, columns) }),
    )

async function open(tape: Roll<Paper>, t: TestContext, hasPaper = () => true) {
  const place = { host: '127.0.0.1', port: 0 }
  const printer = await openPrinter({ ...place, now: () => NOW, hasPaper }, tape)
  t.after(printer.close)
  return printer
}

test('what the till prints comes out on the tape, line for line, under the job’s id', async (t) => {
  const tape = openRoll(newPath(), paper, () => {})
  const printer = await open(tape, t)
  const print = printOn(printer.port)
  for (const columns of [32, 48] as const) {
    assert.deepEqual(await print(columns, columns), { kind: 'done' })
    const paper = tape.shown().at(-1)
    assert.equal(paper?.job, `00${columns}`)
    assert.deepEqual(paper?.lines, asText(rows, columns).map(on866))
  }
})

test('a paper that the disk does not take is not acknowledged; the printer goes on', async (t) => {
  const tape = openRoll(newPath(), paper, () => {})
  let full = true
  const append: Roll<Paper>['append'] = (added) =>
    full ? assert.fail('no space') : tape.append(added)
  const printer = await open({ shown: tape.shown, append }, t)
  const print = printOn(printer.port)
  assert.equal((await print(1)).kind, 'unknown')
  full = false
  assert.deepEqual(await print(1), { kind: 'done' })
  assert.equal(tape.shown().length, 1)
})

test('a repeat is a second paper, and the tape survives a restart', async (t) => {
  const path = newPath()
  const printer = await open(
    openRoll(path, paper, () => {}),
    t,
  )
  const print = printOn(printer.port)
  await print(5)
  await print(5)
  const papers = openRoll(path, paper, () => {}).shown()
  assert.deepEqual(
    papers.map(({ number, job }) => ({ number, job })),
    [
      { number: 1, job: '0005' },
      { number: 2, job: '0005' },
    ],
  )
})

test('a line cut short by a kill is no paper, and the next one is whole', () => {
  const path = newPath()
  openRoll(path, paper, () => {}).append({ job: '0001', at: NOW, lines: ['первая'] })
  appendFileSync(path, '{"number":2,"job":"00')
  const tape = openRoll(path, paper, () => {})
  assert.equal(tape.shown().length, 1)
  tape.append({ job: '0003', at: NOW, lines: ['вторая'] })
  assert.deepEqual(
    openRoll(path, paper, () => {})
      .shown()
      .map(({ lines }) => lines),
    [['первая'], ['вторая']],
  )
})

test('without paper the printer says so, and takes no job that comes all the same', async (t) => {
  let paperLeft = false
  const tape = openRoll(newPath(), paper, () => {})
  const printer = await open(tape, t, () => paperLeft)
  const print = printOn(printer.port)
  assert.deepEqual(await print(1), { kind: 'refused', code: 'no-paper' })

  // The till asked while there was paper, and it ran out on the way.
  const socket = connect({ host: '127.0.0.1', port: printer.port, noDelay: true })
  socket.write(bytesOf(aJob({ id: 2 })))
  // What comes after the job is answered: so the job was read, and not acknowledged.
  socket.end(Buffer.from([0x10, 0x04, 0x01]))
  assert.deepEqual(await buffer(socket), Buffer.from([0b0001_0010]))
  assert.deepEqual(tape.shown(), [])

  paperLeft = true
  assert.deepEqual(await print(3), { kind: 'done' })
  assert.deepEqual(
    tape.shown().map(({ job }) => job),
    ['0003'],
  )
})

test('bytes may come one at a time, and a paper of an unnamed job is kept too', async (t) => {
  let appended: (paper: Paper) => void = () => {}
  const printed = new Promise<Paper>((resolve) => {
    appended = resolve
  })
  const printer = await open(openRoll(newPath(), paper, appended), t)
  const bytes = Buffer.from(bytesOf(aJob({ id: 9 })))
  const socket = connect({ host: '127.0.0.1', port: printer.port, noDelay: true })
  // Everything but the last command, which names the job.
  for (const byte of bytes.subarray(0, -11)) socket.write(Buffer.from([byte]))
  socket.end()
  const { job, lines } = await printed
  assert.equal(job, null)
  assert.deepEqual(lines, asText(rows, 32).map(on866))
})
