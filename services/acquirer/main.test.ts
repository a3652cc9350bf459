import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { acquirerApi } from '#core/api/acquirer.ts'
import { client } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import {
  readFinancialAnswer,
  readInquiryAnswer,
  readNetworkAnswer,
  readReversalAnswer,
} from '#core/card/answer.ts'
import { type Financial, markOf, type TerminalRequest, writeRequest } from '#core/card/request.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import type { OperationId } from '#core/id.ts'
import type { Message } from '#core/iso8583/codec.ts'
import { kopecks } from '#core/money.ts'
import { framed } from '#services/runtime/frames.ts'
import { newTerminalKey } from '#services/runtime/line-seal.ts'
import { httpSend } from '#services/runtime/send.ts'
import { answerIn, askedBytes } from '#test/bank.ts'
import { layDatabases } from '#test/embedded-postgres.ts'
import { NOW } from '#test/fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'zpos-acquirer-'))
const data = join(folder, 'data')
const seed = join(folder, 'seed.json')
const running = new Set<ChildProcess>()
const { ok, slow } = virtualCards
const key = newTerminalKey()
const us = { terminal: 'TERM0001', merchant: '000000000012345' }

before(async () => {
  await layDatabases(data)
  const bank = 'ЗАО "МТБАНК"'
  const terminals = [{ ...us, serial: 'PE4821BV41026', bank, keys: [key] }]
  writeFileSync(seed, JSON.stringify({ terminals, cards: [ok, slow] }))
})
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Heard = { what?: string; port?: number; httpPort?: number; stan?: string }
const logged = (text: string): Heard[] =>
  text
    .split('\n')
    .map(parseJson)
    .filter((line): line is Heard => typeof line === 'object' && line !== null)

/** Starts the bank's process on free ports and waits for its line. */
async function start() {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: {
        ZPOS_ACQUIRER_PORT: '0',
        ZPOS_ACQUIRER_HTTP_PORT: '0',
        ZPOS_DATA: data,
        ZPOS_ACQUIRER_SEED: seed,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  running.add(child)
  const gone = once(child, 'exit')
  let text = ''
  const until = (is: (line: Heard) => boolean) =>
    new Promise<Heard>((resolve, reject) => {
      const look = () => {
        const found = logged(text).find(is)
        if (found) resolve(found)
      }
      child.stderr.on('data', look)
      child.once('exit', (code) => reject(new Error(`the bank ended with ${code}: ${text}`)))
      look()
    })
  child.stderr.on('data', (part) => {
    text += part
  })
  const { port = 0, httpPort = 0 } = await until(({ port }) => port !== undefined)
  return {
    pid: child.pid,
    port,
    httpPort,
    until,
    log: () => text,
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      const [code] = await gone
      running.delete(child)
      return code
    },
  }
}

let stan = 0
const compose = (request: TerminalRequest): Message =>
  writeRequest({
    terminal: { ...us, acquirer: '000001', category: '5411' },
    mark: markOf(++stan, NOW),
    request,
  })

function bytesOf(message: Message): Buffer {
  return framed(askedBytes(message, key))
}

/** A line of a terminal: says messages and hears answers, by STAN, until it is cut. */
function dial(port: number) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const waiting = new Map<string, (got: Message | null) => void>()
  const cut = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('close', () => {
    for (const hear of waiting.values()) hear(null)
  })
  let heard = Buffer.alloc(0)
  socket.on('data', (part: Buffer) => {
    heard = Buffer.concat([heard, part])
    while (heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE(0)) {
      const end = 2 + heard.readUInt16BE(0)
      const got = answerIn(heard.subarray(2, end), key)
      if (got) waiting.get(got.fields[11] ?? '')?.(got)
      heard = heard.subarray(end)
    }
  })
  return {
    socket,
    cut,
    /** Null when the line was cut before the answer. */
    say: (message: Message) =>
      new Promise<Message | null>((resolve) => {
        waiting.set(message.fields[11] ?? '', resolve)
        if (socket.destroyed) resolve(null)
        socket.write(bytesOf(message))
      }),
  }
}

type Line = ReturnType<typeof dial>

const aPurchase = (card: { pan: string; expiry: string }): Financial => ({
  kind: 'purchase',
  operation: randomUUID() as string as OperationId,
  sum: kopecks(100),
  receipt: 1,
  original: null,
  card: { pan: card.pan, expiry: card.expiry, entry: 'chip' },
})

async function fateOf({ say }: Line, { operation }: Financial) {
  const asked = compose({ kind: 'inquiry', operation })
  const got = await say(asked)
  assert.ok(got)
  const told = readInquiryAnswer(asked, got)
  assert.ok(told.kind === 'told')
  return told
}

async function undo({ say }: Line, { operation, sum, receipt }: Financial) {
  const asked = compose({
    kind: 'reversal',
    of: 'purchase',
    operation,
    sum,
    receipt,
    rrn: null,
    repeat: true,
    original: markOf(1, NOW),
    reason: 'no-answer',
  })
  const got = await say(asked)
  assert.ok(got)
  return readReversalAnswer(asked, got)
}

async function isServed(port: number): Promise<void> {
  const line = dial(port)
  const asked = compose({ kind: 'echo' })
  const got = await line.say(asked)
  assert.ok(got && readNetworkAnswer(asked, got).kind === 'connected')
  line.socket.destroy()
}

test('killed between a decision and its answer, the bank knows what it decided', async () => {
  const first = await start()
  const line = dial(first.port)
  const purchase = aPurchase(slow)
  const asked = compose(purchase)
  const answer = line.say(asked)
  await first.until(({ what, stan }) => what === 'answered' && stan === asked.fields[11])
  await first.end('SIGKILL')
  assert.equal(await answer, null, 'the answer was not heard')

  const second = await start()
  const again = dial(second.port)
  const told = await fateOf(again, purchase)
  assert.ok(told.fate === 'approved')
  const repeat = compose(purchase)
  const got = await again.say(repeat)
  assert.ok(got)
  const { rrn, auth, day, code, sum } = told
  assert.deepEqual(readFinancialAnswer(repeat, got), {
    kind: 'approved',
    rrn,
    auth,
    day,
    code,
    sum,
  })
  assert.deepEqual(await undo(again, purchase), { kind: 'reversed', day: 1 })
  await second.end('SIGKILL')

  const third = await start()
  const last = dial(third.port)
  assert.equal((await fateOf(last, purchase)).fate, 'reversed')
  assert.deepEqual(await undo(last, purchase), { kind: 'reversed', day: 1 })
  await third.end('SIGTERM')
})

test('everything answered before a SIGKILL is there after a start', async () => {
  const purchases: { purchase: Financial; answered: boolean }[] = []
  for (let life = 0; life < 3; life++) {
    const bank = await start()
    const line = dial(bank.port)
    let killed: Promise<unknown> | undefined
    const answers = Array.from({ length: 40 }, async (_, i) => {
      const purchase = aPurchase(ok)
      const asked = compose(purchase)
      const got = await line.say(asked)
      if (got) assert.equal(readFinancialAnswer(asked, got).kind, 'approved')
      purchases.push({ purchase, answered: got !== null })
      // The rest of what was sent at once is anywhere between the wire and the disk.
      if (i === 10 + life * 7) killed = bank.end('SIGKILL')
    })
    await Promise.all(answers)
    await killed
  }
  assert.ok(purchases.some(({ answered }) => answered))
  assert.ok(purchases.some(({ answered }) => !answered))
  const bank = await start()
  const line = dial(bank.port)
  for (const { purchase, answered } of purchases) {
    const { fate } = await fateOf(line, purchase)
    assert.ok(fate === 'approved' || (fate === 'never' && !answered), `${fate} ${answered}`)
    const { kind } = await undo(line, purchase)
    assert.equal(kind, fate === 'approved' ? 'reversed' : 'not-found')
    assert.equal((await fateOf(line, purchase)).fate, fate === 'approved' ? 'reversed' : 'never')
  }
  await bank.end('SIGTERM')
})

test('a second process on a live folder harms nothing, whatever becomes of the first', async () => {
  const first = await start()
  const purchase = aPurchase(ok)
  const asked = compose(purchase)
  const got = await dial(first.port).say(asked)
  assert.ok(got && readFinancialAnswer(asked, got).kind === 'approved')
  await assert.rejects(start(), new RegExp(`ended with 2: zPOS: process ${first.pid} `))
  await first.end('SIGKILL')
  const second = await start()
  assert.equal((await fateOf(dial(second.port), purchase)).fate, 'approved')
  await second.end('SIGTERM')
})

test('270 silent lines keep no terminal from the bank (C5)', async () => {
  const bank = await start()
  const held = dial(bank.port)
  assert.ok(await held.say(compose({ kind: 'echo' })))
  const silent = Array.from({ length: 270 }, () => dial(bank.port))
  await Promise.all(silent.slice(0, 200).map(({ cut }) => cut))
  await isServed(bank.port)
  assert.ok(await held.say(compose({ kind: 'echo' })), 'a line of somebody known stays')
  for (const { socket } of silent) socket.destroy()
  assert.equal(await bank.end('SIGTERM'), 0)
})

const garbage: [string, Buffer][] = [
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: bank\r\n\r\n')],
  ['a frame of random bytes', framed(randomBytes(300))],
  ['a length beyond the bound', Buffer.concat([Buffer.from([0xff, 0xff]), randomBytes(100)])],
  ['a good beginning with a broken end', framed(Buffer.from('1804\x02\x30\x01\x01\0\xc0\0\0x'))],
  ['an answer in place of a request', bytesOf({ type: '1814', fields: { 11: '000001' } })],
  ['a megabyte of chance', randomBytes(1_000_000)],
]

test('garbage closes its own line, harms nobody and is not written down', async () => {
  const bank = await start()
  for (const [what, bytes] of garbage) {
    const line = dial(bank.port)
    line.socket.write(bytes)
    await line.cut
    await isServed(bank.port).catch((error) => assert.fail(`after ${what}: ${error}`))
  }
  const bent = dial(bank.port)
  const good = bytesOf(compose(aPurchase(ok))).subarray(2)
  for (let i = 0; i < 300; i++) {
    // Bent frames one after another on lines of their own; the answer may be a refusal or none.
    const line: Socket = i % 20 === 0 ? dial(bank.port).socket : bent.socket
    const copy = Buffer.from(good)
    copy[i % copy.length] = (copy[i % copy.length] ?? 0) ^ (1 << (i % 8))
    line.write(framed(copy))
  }
  await isServed(bank.port)
  assert.ok(!bank.log().includes(ok.pan))
  assert.equal(await bank.end('SIGTERM'), 0)
})

test('the feed opens to the token of a file that its owner alone may read', async () => {
  const bank = await start()
  const keys = join(data, 'acquirer', 'keys')
  for (const name of ['token', 'cards', 'terminals']) {
    assert.equal(statSync(join(keys, name)).mode & 0o777, 0o600)
  }
  const token = readFileSync(join(keys, 'token'), 'utf8').trim()
  const base = `http://127.0.0.1:${bank.httpPort}`
  const send = httpSend(base, { deadlineMs: 5000, headers: { authorization: `Bearer ${token}` } })
  const feed = await client(acquirerApi, send).transactions({ terminal: us.terminal })
  assert.ok(feed.kind === 'done' && feed.value.transactions.length > 0)
  send.close()
  const closed = httpSend(base, { deadlineMs: 5000 })
  const refused = await client(acquirerApi, closed).transactions({})
  assert.equal(refused.kind === 'refused' && refused.code, 'session.required')
  closed.close()
  const health = await fetch(`${base}/health`)
  assert.deepEqual(await health.json(), { ok: true, process: 'acquirer' })
  const echo = dial(bank.port)
  await echo.say(compose({ kind: 'echo' }))
  const metrics = await (await fetch(`${base}/metrics`)).text()
  assert.match(metrics, /zpos_acquirer_answers_total\{request="echo",code="800"\} 1/)
  assert.match(metrics, /zpos_acquirer_lines 1/)
  assert.equal(await bank.end('SIGTERM'), 0)
})

test('no card number is anywhere in what the bank keeps', () => {
  const files = globSync('**/*', { cwd: data }).map((name) => join(data, name))
  const kept = files.filter((path) => statSync(path).isFile())
  assert.ok(kept.length > 100)
  for (const path of kept) {
    const bytes = readFileSync(path)
    for (const { pan } of [ok, slow]) assert.ok(!bytes.includes(pan), path)
  }
})
