import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { asText, type Row, receiptRows } from '#core/document/print.ts'
import { uidOf } from '#core/document/uid.ts'
import { aDocument } from '#test/fixtures.ts'
import { cp866Text } from './cp866.ts'
import { bytesOf, type Printed, printOver } from './printer.ts'

const rows: Row[] = [{ kind: 'text', text: 'Хлеб' }]
const PAPER = Buffer.from([0x12])
const NO_PAPER = Buffer.from([0x72])

type Print = ReturnType<typeof printOver>
// No busy machine reaches it.
const LONG_MS = 60_000

/**
 * A printer of its own kind on a real socket: `answer` is given what has arrived so far. `within`
 * prints under a shorter deadline, for tests in which it is to pass.
 */
async function withPrinter(
  answer: (heard: Buffer, socket: Socket) => void,
  work: (print: Print, within: (deadlineMs: number) => Print) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0)
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (part) => {
      heard = Buffer.concat([heard, part])
      answer(heard, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const within = (deadlineMs: number) => printOver({ host: '127.0.0.1', port, deadlineMs })
  await work(within(LONG_MS), within)
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}

/** What became of a job that went out: a busy machine is given longer to send it. */
async function afterSending(within: (deadlineMs: number) => Print): Promise<Printed> {
  for (let deadlineMs = 200; ; deadlineMs *= 4) {
    const printed = await within(deadlineMs)({ id: 1, rows, columns: 32 })
    if (printed.kind !== 'unsent' || deadlineMs > LONG_MS) return printed
  }
}

const isAskedPaper = (heard: Buffer) => heard.length === 3
const isWhole = (heard: Buffer) => heard.includes(Buffer.from('\x1d(H\x06\x0000', 'latin1'))

test('a paper is done when the printer gives back the job’s own id, in however many pieces', () =>
  withPrinter(
    (heard, socket) => {
      if (isAskedPaper(heard)) socket.write(PAPER)
      if (!isWhole(heard)) return
      socket.write('\x37\x220041\0\x37\x2200')
      setImmediate(() => socket.write('42\0'))
    },
    async (print) => {
      assert.deepEqual(await print({ id: 120_042, rows, columns: 32 }), { kind: 'done' })
    },
  ))

test('without paper the job is refused and not a byte of it is sent', () => {
  let last = 0
  return withPrinter(
    (heard, socket) => {
      last = heard.length
      socket.write(NO_PAPER)
    },
    async (print) => {
      const printed = await print({ id: 1, rows, columns: 32 })
      assert.deepEqual(printed, { kind: 'refused', code: 'no-paper' })
      assert.equal(last, 3)
    },
  )
})

test('a printer that answers nothing was sent nothing', () =>
  withPrinter(
    () => {},
    async (_, within) => {
      assert.deepEqual(await within(100)({ id: 1, rows, columns: 32 }), {
        kind: 'unsent',
        why: 'deadline',
      })
    },
  ))

test('a printer that falls silent after the job leaves its fate unknown', () =>
  withPrinter(
    (heard, socket) => {
      if (isAskedPaper(heard)) socket.write(PAPER)
    },
    async (_, within) => {
      assert.deepEqual(await afterSending(within), { kind: 'unknown', why: 'deadline' })
    },
  ))

test('another job’s id is no answer to this one', () =>
  withPrinter(
    (heard, socket) => {
      if (isAskedPaper(heard)) socket.write(PAPER)
      if (isWhole(heard)) socket.write('\x37\x220002\0')
    },
    async (_, within) => {
      assert.equal((await afterSending(within)).kind, 'unknown')
    },
  ))

test('a connection cut after the job leaves its fate unknown', () =>
  withPrinter(
    (heard, socket) => {
      if (isAskedPaper(heard)) socket.write(PAPER)
      if (isWhole(heard)) socket.destroy()
    },
    async (print) => {
      assert.equal((await print({ id: 1, rows, columns: 32 })).kind, 'unknown')
    },
  ))

test('a printer that is not there was sent nothing', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const print = printOver({ host: '127.0.0.1', port, deadlineMs: LONG_MS })
  assert.equal((await print({ id: 1, rows, columns: 32 })).kind, 'unsent')
})

test('a whole receipt has no «?» in place of a letter', () => {
  const document = aDocument({ cashier: 'Зміцер Ўладзіміравіч' })
  const paper = receiptRows(
    { is: 'document', document, uid: uidOf('a'.repeat(64), 100_000_001) },
    'ru',
  )
  const bytes = Buffer.from(bytesOf({ id: 7, rows: paper, columns: 32 }))
  const folded = cp866Text(asText(paper, 32).join(' '))
  assert.doesNotMatch(folded, /\?/)
  assert.ok(bytes.includes(Buffer.from([0xf6])), 'Ў')
  assert.ok(bytes.includes(Buffer.from([0xfc])), '№')
})

test('letters that the code page lacks become what a reader takes them for', () => {
  assert.equal(cp866Text('«Хліб» — 5\u00a0₽…'), '"Хлiб" - 5 руб....')
  assert.equal(cp866Text('café ½ № ё Ў'), 'cafe 1/2 № ё Ў')
  assert.equal(cp866Text('\u001b@漢'), ' @?')
})

test('a Belarusian paper has i in place of і, and Ў and Ё as they are', () => {
  const document = aDocument({ kind: 'shift-opening', cashier: 'Зміцер Ўладзіміравіч' })
  const printable = { is: 'document', document, uid: uidOf('a'.repeat(64), 100_000_001) } as const
  const lines = asText(receiptRows({ ...printable, repeat: true }, 'be'), 32)
  const folded = cp866Text(lines.join('\n'))
  assert.doesNotMatch(folded, /[?іІ]/)
  for (const part of ['АДКРЫЦЦЁ ЗМЕНЫ', 'ПАЎТОР', 'Касiр: Змiцер Ўладзiмiравiч']) {
    assert.ok(folded.includes(part), folded)
  }
  const bytes = Buffer.from(
    bytesOf({ id: 7, rows: receiptRows({ ...printable, repeat: true }, 'be'), columns: 32 }),
  )
  assert.ok(bytes.includes(Buffer.from([0xf6])) && bytes.includes(Buffer.from([0xf0])), 'Ў, Ё')
})
