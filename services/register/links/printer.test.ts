import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { type PrinterSetup, usualPrinter } from '#core/api/register-equipment.ts'
import { asText, paperWidths, type Row } from '#core/document/paper-text.ts'
import { receiptRows } from '#core/document/print.ts'
import { uidOf } from '#core/document/uid.ts'
import { aDocument } from '#test/fixtures.ts'
import { pageText } from './code-page.ts'
import { bytesOf, openPrint, type Printed, type PrintJob } from './printer.ts'

const aJob = (changes: Partial<PrintJob>): PrintJob =>
  Object.assign(
    { id: 7, rows, printer: usualPrinter({ host: '127.0.0.1', port: 9100 }), opensDrawer: false },
    changes,
  )

const rows: Row[] = [{ kind: 'text', text: 'Хлеб' }]
const PAPER = Buffer.from([0x12])
const NO_PAPER = Buffer.from([0x72])

type Print = (id: number) => Promise<Printed>
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
  const within = (deadlineMs: number) => (id: number) =>
    openPrint({ deadlineMs })(aJob({ id, printer: usualPrinter({ host: '127.0.0.1', port }) }))
  await work(within(LONG_MS), within)
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}

/** What became of a job that went out: a busy machine is given longer to send it. */
async function afterSending(within: (deadlineMs: number) => Print): Promise<Printed> {
  for (let deadlineMs = 200; ; deadlineMs *= 4) {
    const printed = await within(deadlineMs)(1)
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
      assert.deepEqual(await print(120_042), { kind: 'done' })
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
      const printed = await print(1)
      assert.deepEqual(printed, { kind: 'refused', code: 'no-paper' })
      assert.equal(last, 3)
    },
  )
})

test('a printer that answers nothing was sent nothing', () =>
  withPrinter(
    () => {},
    async (_, within) => {
      assert.deepEqual(await within(100)(1), {
        kind: 'unsent',
        why: 'no-answer',
      })
    },
  ))

test('a printer that falls silent after the job leaves its fate unknown', () =>
  withPrinter(
    (heard, socket) => {
      if (isAskedPaper(heard)) socket.write(PAPER)
    },
    async (_, within) => {
      assert.deepEqual(await afterSending(within), { kind: 'unknown', why: 'no-answer' })
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
      assert.equal((await print(1)).kind, 'unknown')
    },
  ))

test('a printer that is not there was sent nothing', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const printer = usualPrinter({ host: '127.0.0.1', port })
  assert.deepEqual(await openPrint({ deadlineMs: LONG_MS })(aJob({ printer })), {
    kind: 'unsent',
    why: 'refused',
  })
})

test('a whole receipt has no «?» in place of a letter', () => {
  const document = aDocument({ cashier: 'Зміцер Ўладзіміравіч' })
  const paper = receiptRows(
    { is: 'document', document, uid: uidOf('a'.repeat(64), 100_000_001) },
    'ru',
  )
  const bytes = Buffer.from(bytesOf(aJob({ rows: paper })))
  const folded = pageText(asText(paper, 32).join(' '), 'cp866')
  assert.doesNotMatch(folded, /\?/)
  assert.ok(bytes.includes(Buffer.from([0xf6])), 'Ў')
  assert.ok(bytes.includes(Buffer.from([0xfc])), '№')
})

test('letters that the code page lacks become what a reader takes them for', () => {
  assert.equal(pageText('«Хліб» — 5\u00a0₽…', 'cp866'), '"Хлiб" - 5 руб....')
  assert.equal(pageText('café ½ № ё Ў', 'cp866'), 'cafe 1/2 № ё Ў')
  assert.equal(pageText('\u001b@漢', 'cp866'), ' @?')
})

test('a Belarusian paper has i in place of і, and Ў and Ё as they are', () => {
  const document = aDocument({ kind: 'shift-opening', cashier: 'Зміцер Ўладзіміравіч' })
  const printable = { is: 'document', document, uid: uidOf('a'.repeat(64), 100_000_001) } as const
  const lines = asText(receiptRows({ ...printable, repeat: true }, 'be'), 32)
  const folded = pageText(lines.join('\n'), 'cp866')
  assert.doesNotMatch(folded, /[?іІ]/)
  for (const part of ['АДКРЫЦЦЁ ЗМЕНЫ', 'ПАЎТОР', 'Касiр: Змiцер Ўладзiмiравiч']) {
    assert.ok(folded.includes(part), folded)
  }
  const bytes = Buffer.from(
    bytesOf(aJob({ rows: receiptRows({ ...printable, repeat: true }, 'be') })),
  )
  assert.ok(bytes.includes(Buffer.from([0xf6])) && bytes.includes(Buffer.from([0xf0])), 'Ў, Ё')
})

test('the drawer is kicked before or after the paper, by its pin, when it is wanted', () => {
  const bytes = (changes: Partial<PrinterSetup>, opensDrawer = true) => {
    const printer = Object.assign(usualPrinter({ host: '127.0.0.1', port: 9100 }), changes)
    return Buffer.from(bytesOf(aJob({ printer, opensDrawer })))
  }
  const places = (of: Buffer) => ({
    pin2: of.indexOf(Buffer.from('\x1bp\0', 'latin1')),
    pin5: of.indexOf(Buffer.from('\x1bp\x01', 'latin1')),
    text: of.indexOf(Buffer.from([0x95, 0xab, 0xa5, 0xa1])),
  })
  const before = places(bytes({ drawer: 'before' }))
  assert.ok(before.pin2 >= 0 && before.pin2 < before.text && before.pin5 < 0)
  const after = places(bytes({ drawer: 'after', drawerPin: 5 }))
  assert.ok(after.pin5 > after.text && after.pin2 < 0)
  for (const drawer of ['off', 'before', 'after'] as const) {
    const { pin2, pin5 } = places(bytes({ drawer }, drawer === 'off'))
    assert.deepEqual([pin2, pin5], [-1, -1])
  }
})

test('paper is cut as the printer is set up to, and lines have its width', () => {
  const bytes = (changes: Partial<PrinterSetup>) => {
    const printer = Object.assign(usualPrinter({ host: '127.0.0.1', port: 9100 }), changes)
    return Buffer.from(bytesOf(aJob({ printer, rows: [{ kind: 'rule' }] })))
  }
  const cuts = (['none', 'partial', 'full'] as const).map((cut) => {
    const at = bytes({ cut }).indexOf(Buffer.from('\x1dV', 'latin1'))
    return at < 0 ? null : bytes({ cut })[at + 2]
  })
  assert.deepEqual(cuts, [null, 1, 0])
  for (const columns of paperWidths) {
    assert.equal(/-+/.exec(bytes({ columns }).toString('latin1'))?.[0].length, columns)
  }
})

test('page 1251 has every letter of both languages, and says which page it is', () => {
  const text = 'Зміцер «Ўладзіміравіч» — Ё № 5'
  assert.equal(pageText(text, 'windows1251'), text)
  const printer = Object.assign(usualPrinter({ host: '127.0.0.1', port: 9100 }), {
    codePage: 'windows1251' as const,
  })
  const bytes = Buffer.from(bytesOf(aJob({ printer, rows: [{ kind: 'text', text }] })))
  assert.ok(bytes.includes(Buffer.from([0x1b, 0x74, 46])))
  assert.ok(new TextDecoder('windows-1251').decode(bytes).includes(text))
})
