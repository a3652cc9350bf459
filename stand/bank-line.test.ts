import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { CountName } from '#core/api/stand.ts'
import { markOf, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import type { OperationId } from '#core/id.ts'
import { decode, encode, type Message } from '#core/iso8583/codec.ts'
import { messageTypes } from '#core/iso8583/fields.ts'
import { kopecks } from '#core/money.ts'
import { frameSend } from '#services/runtime/frame-client.ts'
import { type Answered, framed, listenFrames } from '#services/runtime/frames.ts'
import { silentLog } from '#services/runtime/log.ts'
import { NOW } from '#test/fixtures.ts'
import { bankServer } from './bank-line.ts'

const host = '127.0.0.1'
const bounds = {
  longest: 4096,
  idleMs: 60_000,
  partialMs: 10_000,
  firstMs: 60_000,
  connections: 512,
  strangers: { perAddress: 64, all: 64 },
  perSecond: 1000,
  waiting: 64,
}
const terminal = { terminal: 'TERM0001', merchant: 'M1', acquirer: '000001', category: '5411' }

function bytesOf(message: Message): Uint8Array {
  const encoded = encode(message)
  assert.ok(encoded.kind === 'bytes', JSON.stringify(encoded))
  return encoded.bytes
}
const messageIn = (frame: Uint8Array): Message => {
  const decoded = decode(frame)
  return decoded.kind === 'message' ? decoded.message : assert.fail(decoded.why)
}

let stan = 0
const compose = (request: TerminalRequest, type?: Message['type']): Message => {
  const message = writeRequest({ terminal, mark: markOf(++stan, NOW), request })
  return type ? { ...message, type } : message
}
const operation = () => randomUUID() as string as OperationId
const charge = () => ({ operation: operation(), sum: kopecks(100), receipt: 1 })
const purchase = () =>
  compose({
    kind: 'purchase',
    ...charge(),
    original: null,
    card: { pan: '9999990000000014', expiry: '4912', entry: 'chip' },
  })
const reversal = (repeat: boolean) =>
  compose({
    kind: 'reversal',
    of: 'purchase',
    ...charge(),
    original: markOf(1, NOW),
    rrn: null,
    reason: 'no-answer',
    repeat,
  })
const inquiry = () => compose({ kind: 'inquiry', operation: operation() })
const echo = () => compose({ kind: 'echo' })
const commands = {
  purchase,
  'repeated purchase': () => ({ ...purchase(), type: '1201' as const }),
  reversal: () => reversal(false),
  'repeated reversal': () => reversal(true),
}

/** What a bank would answer, without a bank's mind: the same fields and a code. */
function answerTo(frame: Uint8Array): Answered {
  const { type, fields } = messageIn(frame)
  const answer = messageTypes[type].answer
  assert.ok(answer)
  const back = Object.entries(fields).filter(([field]) => ![2, 14, 22].includes(Number(field)))
  const message: Message = { type: answer, fields: { ...Object.fromEntries(back), 39: '000' } }
  return { bytes: bytesOf(message), afterMs: 0, from: 'known' }
}

async function opened(server: Server, t: TestContext) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { host, port: (server.address() as AddressInfo).port }
}

/** The line before a bank that remembers which messages it was told. */
async function aLine(t: TestContext, answer: (frame: Uint8Array) => Answered = answerTo) {
  const told: string[] = []
  const place = { host, port: 0, bounds, log: silentLog }
  const bank = await listenFrames(async (frame) => {
    told.push(messageIn(frame).type)
    return answer(frame)
  }, place)
  t.after(bank.close)
  const left: Partial<Record<CountName, number>> = {}
  const spend = (fault: CountName) => {
    const before = left[fault] ?? 0
    left[fault] = Math.max(0, before - 1)
    return before > 0
  }
  let decisions = 0
  const decided = async () => void decisions++
  const to = { host, port: bank.port }
  const address = await opened(bankServer({ to, spend, decided }), t)
  const send = frameSend({ ...address, deadlineMs: 5000, longest: 4096 })
  const tell = async (message: Message) => {
    const isAnswer = (frame: Uint8Array) => messageIn(frame).fields[11] === message.fields[11]
    const [met] = Object.keys(await send(bytesOf(message), isAnswer))
    return met
  }
  return { told, left, address, tell, bank, decisions: () => decisions }
}

function dial(address: { host: string; port: number }, allowHalfOpen = false) {
  const socket = connect({ ...address, allowHalfOpen })
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  return { socket, closed }
}

test('what has no fault on it passes as it came, many on one line, both ways', async (t) => {
  const { told, address, decisions } = await aLine(t)
  const { socket } = dial(address, true)
  const messages = [purchase(), inquiry(), reversal(false), echo(), purchase()]
  const bytes = Buffer.concat(messages.map((message) => framed(bytesOf(message))))
  // In two parts that fall inside a frame, and with the ending that asks for the rest.
  socket.write(bytes.subarray(0, 301))
  await once(socket, 'ready')
  socket.end(bytes.subarray(301))
  const wanted = messages.map((message) => answerTo(bytesOf(message))?.bytes ?? Buffer.alloc(0))
  assert.deepEqual(await buffer(socket), Buffer.concat(wanted.map((frame) => framed(frame))))
  assert.deepEqual(told, ['1200', '1604', '1420', '1804', '1200'])
  assert.equal(decisions(), 2)
})

test('an answer is lost to commands of every kind, carried out all the same', async (t) => {
  const { told, left, tell } = await aLine(t)
  for (const [what, command] of Object.entries(commands)) {
    left['bank.answer-lost'] = 1
    const before = told.length
    for (const plain of [inquiry(), echo()]) assert.equal(await tell(plain), 'frame')
    assert.equal(await tell(command()), 'lost', what)
    assert.equal(told.length, before + 3, what)
    assert.equal(await tell(command()), 'frame', `${what} after the fault was spent`)
  }
})

test('a lost command never reaches the bank, and its repeat is lost as well', async (t) => {
  const { told, left, tell } = await aLine(t)
  left['bank.request-lost'] = 4
  left['bank.answer-lost'] = 1
  for (const [what, command] of Object.entries(commands)) {
    assert.equal(await tell(command()), 'lost', what)
    assert.equal(await tell(inquiry()), 'frame')
  }
  assert.deepEqual(told, ['1604', '1604', '1604', '1604'])
  // Only now does the other fault have its turn.
  assert.equal(await tell(purchase()), 'lost')
  assert.equal(told.at(-1), '1200')
  assert.equal(await tell(purchase()), 'frame')
})

test('on a shared line others are answered until the lost answer cuts it', async (t) => {
  const { told, left, address } = await aLine(t)
  left['bank.answer-lost'] = 1
  const { socket } = dial(address)
  const first = echo()
  socket.write(Buffer.concat([first, purchase(), echo()].map((each) => framed(bytesOf(each)))))
  const heard = await buffer(socket).catch(() => Buffer.alloc(0))
  const passed = framed(answerTo(bytesOf(first))?.bytes ?? Buffer.alloc(0))
  assert.ok(heard.length === 0 || heard.equals(passed), 'at most what came before it')
  assert.deepEqual(told.slice(0, 2), ['1804', '1200'])
})

test('a command that arrived whole is carried out though its terminal left', async (t) => {
  let answered = () => {}
  const asked = new Promise<void>((resolve) => {
    answered = resolve
  })
  const { address, tell, told } = await aLine(t, (frame) => {
    answered()
    return answerTo(frame)
  })
  const { socket } = dial(address)
  socket.write(framed(bytesOf(purchase())), () => socket.destroy())
  await asked
  assert.deepEqual(told, ['1200'])
  assert.equal(await tell(echo()), 'frame')
})

test('no fault is spent on what is no message, and garbage closes its line', async (t) => {
  const { told, left, address, tell } = await aLine(t, answerTo)
  left['bank.request-lost'] = 1
  for (const said of [
    Buffer.from([0xff, 0xff, 1, 2, 3]),
    framed(Buffer.from('1200 nothing of the kind')),
  ]) {
    const { socket, closed } = dial(address)
    socket.resume().write(said)
    await closed
  }
  const { socket, closed } = dial(address)
  socket.resume().end(framed(bytesOf(purchase())).subarray(0, 50))
  await closed
  assert.deepEqual(told, [])
  assert.equal(left['bank.request-lost'], 1)
  assert.equal(await tell(echo()), 'frame')
})

test('neither silent lines (C5) nor empty frames (C15) keep a terminal out', async (t) => {
  const { address, told, tell } = await aLine(t)
  const { socket } = dial(address)
  socket.write(Buffer.concat([Buffer.alloc(2), framed(bytesOf(echo()))]))
  await once(socket, 'data')
  const silent = Array.from({ length: 270 }, () => dial(address))
  for (const each of silent) each.socket.resume()
  await Promise.all(silent.slice(0, 200).map(({ closed }) => closed))
  assert.equal(await tell(echo()), 'frame')
  socket.write(framed(bytesOf(echo())))
  await once(socket, 'data')
  assert.equal(told.length, 3)
  for (const each of silent) each.socket.destroy()
})

test('a bank that is not there, or dies, leaves the terminal without an answer', async (t) => {
  const dying = createServer((socket) => void socket.once('data', () => socket.destroy()))
  const way = { spend: () => false, decided: async () => {} }
  const nowhere = { host, port: 1 }
  for (const to of [await opened(dying, t), nowhere]) {
    const address = await opened(bankServer({ ...way, to }), t)
    const { socket, closed } = dial(address)
    socket.resume().write(framed(bytesOf(purchase())))
    await closed
  }
})
