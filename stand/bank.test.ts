import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import type { z } from 'zod'
import { client } from '#core/api/client.ts'
import type { Outcome } from '#core/api/contract.ts'
import { parseJson } from '#core/api/json.ts'
import { readerAnswer } from '#core/api/reader.ts'
import { type FaultWish, type ReaderView, standApi, standEvents } from '#core/api/stand.ts'
import { readFinancialAnswer, readInquiryAnswer } from '#core/card/answer.ts'
import { type Financial, markOf, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import type { OperationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { type Exchanged, frameSend } from '#services/runtime/frame-client.ts'
import { readTerminalKey } from '#services/runtime/line-seal.ts'
import { httpSend } from '#services/runtime/send.ts'
import { answerIn, askedBytes } from '#test/bank.ts'
import { layShop } from '#test/opened-shop.ts'
import { tillTerminal } from './demo/enrolment.ts'
import { startStand } from './stand.ts'

// A terminal at the bank's public address, as the register will be one.

const data = mkdtempSync(join(tmpdir(), 'zpos-bank-'))
await layShop(data)
const stand = await startStand({ data, ports: {} })
const send = httpSend(stand.addresses.stand, { deadlineMs: 20_000 })
const api = client(standApi, send)
after(async () => {
  send.close()
  await stand.stop()
  rmSync(data, { recursive: true, force: true })
})

const done = <T>(answer: Outcome<T>): T =>
  answer.kind === 'done' ? answer.value : assert.fail(JSON.stringify(answer))
const fault = async (name: FaultWish['name'], body: Omit<FaultWish, 'name'>) =>
  done(await api.fault({ ...body, name }))
const faults = async () => done(await api.faults({}))
const addressOf = (pair: string) => {
  const [host = '', port = ''] = pair.split(':')
  return { host, port: Number(port) }
}

const exchange = frameSend({
  ...addressOf(stand.addresses.acquirer),
  deadlineMs: 10_000,
  longest: 4096,
})
const keyFile = readFileSync(join(data, 'register', 'terminal-key'), 'utf8')
const key = readTerminalKey(keyFile) ?? assert.fail('the demo has a key')

let stan = 0

/** Asks the bank; an answer that came is read by `read`. */
async function asked(request: TerminalRequest) {
  const { id, ...rest } = tillTerminal
  const mark = markOf(++stan, Date.now())
  const message = writeRequest({ terminal: { terminal: id, ...rest }, mark, request })
  const got: Exchanged = await exchange(askedBytes(message, key), () => true)
  if (!('frame' in got)) return { message, answer: null, met: Object.keys(got)[0] }
  const answer = answerIn(got.frame, key)
  assert.ok(answer, 'an answer of the bank itself')
  return { message, answer, met: 'answered' }
}

const aPurchase = (): Financial => ({
  kind: 'purchase',
  operation: randomUUID() as string as OperationId,
  sum: kopecks(100),
  receipt: 1,
  original: null,
  card: { ...numbersOf('ok'), entry: 'contactless' },
})
const numbersOf = (name: keyof typeof virtualCards) => {
  const { pan, expiry } = virtualCards[name]
  return { pan, expiry }
}

/** The bank's code, or how the line failed. */
async function pay(purchase = aPurchase()): Promise<string | undefined> {
  const { message, answer, met } = await asked(purchase)
  if (!answer) return met
  const read = readFinancialAnswer(message, answer)
  return 'code' in read ? read.code : read.kind
}

async function fateOf({ operation }: Financial): Promise<string> {
  const { message, answer } = await asked({ kind: 'inquiry', operation })
  assert.ok(answer)
  const read = readInquiryAnswer(message, answer)
  return read.kind === 'told' ? read.fate : read.kind
}

test('an answer is lost, and the bank has done what it was asked', async () => {
  assert.equal(await pay(), '000')
  await fault('bank.answer-lost', { count: 1 })
  const purchase = aPurchase()
  assert.equal(await fateOf(purchase), 'never')
  assert.equal(await pay(purchase), 'lost')
  assert.deepEqual((await faults())['bank.answer-lost'], { count: 0 })
  assert.equal(await fateOf(purchase), 'approved')
  assert.equal(await pay(purchase), '000', 'its repeat')
})

test('a request is lost, and the bank never hears of it', async () => {
  await fault('bank.request-lost', { count: 1 })
  const purchase = aPurchase()
  assert.equal(await pay(purchase), 'lost')
  assert.equal(await fateOf(purchase), 'never')
  assert.deepEqual((await faults())['bank.request-lost'], { count: 0 })
})

test('the next purchase is declined with the code, and the code is seen until then', async () => {
  const set = await fault('bank.decline', { code: '126' })
  assert.deepEqual(set['bank.decline'], { code: '126' })
  const purchase = aPurchase()
  assert.equal(await fateOf(purchase), 'never')
  assert.deepEqual((await faults())['bank.decline'], { code: '126' })
  assert.equal(await pay(purchase), '126')
  assert.deepEqual((await faults())['bank.decline'], { code: null })
  assert.equal(await pay(), '000')
  await fault('bank.decline', { code: '116' })
  await fault('bank.decline', { code: null })
  assert.equal(await pay(), '000')
  await fault('bank.decline', { code: '116' })
  assert.deepEqual(done(await api.reset({}))['bank.decline'], { code: null })
  assert.equal(await pay(), '000')
})

test('without internet nothing is sent, with it the bank is there again', async () => {
  await fault('internet.down', { on: true })
  assert.equal(await pay(), 'unsent')
  await fault('internet.down', { on: false })
  assert.equal(await pay(), '000')
})

/** Hears the stand's events until one of a name is as wished; the first ones tell what is now. */
async function heard<N extends 'processes' | 'terminal'>(
  name: N,
  isWished: (data: z.output<(typeof standEvents)[N]>) => boolean,
): Promise<void> {
  const answer = await fetch(`${stand.addresses.stand}/api/events`)
  assert.ok(answer.body)
  let said = ''
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    said += part
    const events = said.split('\n\n')
    said = events.pop() ?? ''
    for (const event of events) {
      const [, called, data = ''] = /^event: ?(.+)\ndata: ?(.+)/m.exec(event) ?? []
      if (called !== name) continue
      const told = standEvents[name].safeParse(parseJson(data))
      // Leaving the loop hangs up.
      if (told.success && isWished(told.data as z.output<(typeof standEvents)[N]>)) return
    }
  }
  assert.fail('the stand hung up')
}

test('a dead bank refuses, keeps what it knew, and hears what was wished meanwhile', async () => {
  const purchase = aPurchase()
  assert.equal(await pay(purchase), '000')
  done(await api.kill({ name: 'acquirer' }))
  assert.equal(await pay(), 'unsent')
  await fault('bank.decline', { code: '116' })
  done(await api.start({ name: 'acquirer' }))
  await heard('processes', ({ processes }) =>
    processes.some(({ name, healthy }) => name === 'acquirer' && healthy),
  )
  assert.equal(await fateOf(purchase), 'approved')
  assert.equal(await pay(), '116')
  assert.deepEqual((await faults())['bank.decline'], { code: null })
})

const reader = async (): Promise<ReaderView> => done(await api.terminal({}))
const nobody: ReaderView = { waiting: false, operation: null, sum: null, card: null }

/** A request at the reader. */
function read(sum: number) {
  const socket = connect(addressOf(stand.addresses.reader))
  socket.on('error', () => {})
  const operation = randomUUID()
  socket.write(`${JSON.stringify({ read: { operation, sum, currency: 'BYN' } })}\n`)
  const card = text(socket).then(
    (said) => readerAnswer.safeParse(parseJson(said.trimEnd())).data?.card ?? null,
    () => null,
  )
  return { socket, operation, card }
}

test('a card is tapped before and after it is asked for', async () => {
  assert.deepEqual(await reader(), nobody)
  const kept = { waiting: false, card: 'ok', entry: 'chip' }
  assert.deepEqual(done(await api.tap({ card: 'ok', entry: 'chip' })), kept)
  assert.deepEqual(await reader(), { ...nobody, card: 'ok' })
  assert.deepEqual(await read(500).card, { ...numbersOf('ok'), entry: 'chip' })

  const { card, operation } = read(1250)
  await heard('terminal', ({ waiting }) => waiting)
  assert.deepEqual(await reader(), { waiting: true, operation, sum: 1250, card: null })
  const given = { waiting: true, card: 'poor', entry: 'contactless' }
  assert.deepEqual(done(await api.tap({ card: 'poor' })), given)
  assert.deepEqual(await card, { ...numbersOf('poor'), entry: 'contactless' })
  assert.deepEqual(await reader(), nobody)
})

test('a request is taken back by closing, a tap by a reset or by hand', async () => {
  const { socket } = read(700)
  await heard('terminal', ({ waiting }) => waiting)
  socket.destroy()
  await heard('terminal', ({ waiting }) => !waiting)
  for (const take of [() => api.reset({}), () => api.tap({ card: null })]) {
    assert.equal(done(await api.tap({ card: 'other' })).waiting, false)
    done<unknown>(await take())
    assert.deepEqual(await reader(), nobody)
  }
  const unknown = await api.tap({ card: 'gold' as 'ok' })
  assert.ok(unknown.kind === 'invalid' && unknown.field === 'card')
})

test('no card number is in anything that the stand keeps', () => {
  const files = globSync('{stand,log,acquirer,register}/**/*', { cwd: data })
    .map((name) => join(data, name))
    .filter((path) => statSync(path).isFile())
  assert.ok(files.length > 10)
  for (const path of files) assert.ok(!readFileSync(path).includes('9999990000000'), path)
})
