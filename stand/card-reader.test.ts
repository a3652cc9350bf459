import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { parseJson } from '#core/api/json.ts'
import { LONGEST_LINE, readerAnswer } from '#core/api/reader.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import { openCardReader } from './card-reader.ts'

const operation = '0197a2b4-0000-7000-8000-000000000001'
const line = (sum: number) => `${JSON.stringify({ read: { operation, sum, currency: 'BYN' } })}\n`
const nobody = { waiting: false, operation: null, sum: null, card: null }
const ok = { card: 'ok', entry: 'contactless' } as const
const poor = { card: 'poor', entry: 'chip' } as const

/** A reader on a port of its own; `until` waits for its view to be as wished. */
async function aReader(t: TestContext) {
  let look = () => {}
  const reader = openCardReader(() => look())
  const server = createServer(reader.serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sockets = new Set<Socket>()
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const dial = (said: string | Buffer) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => {})
    sockets.add(socket)
    socket.write(said)
    return socket
  }
  const until = (isWished: (view: ReturnType<typeof reader.view>) => boolean) =>
    new Promise<void>((resolve) => {
      look = () => isWished(reader.view()) && resolve()
      look()
    })
  return { reader, dial, until }
}

const cardIn = async (socket: Socket) => {
  const answer = readerAnswer.safeParse(parseJson((await text(socket)).trimEnd()))
  return answer.data?.card ?? null
}
const cardOf = ({ card, entry }: typeof ok | typeof poor) => {
  const { pan, expiry } = virtualCards[card]
  return { pan, expiry, entry }
}

test('a request waits for the tap, tells its sum and gets the card', async (t) => {
  const { reader, dial, until } = await aReader(t)
  assert.deepEqual(reader.view(), nobody)
  const terminal = dial(line(1250))
  await until(({ waiting }) => waiting)
  assert.deepEqual(reader.view(), { waiting: true, operation, sum: 1250, card: null })
  assert.deepEqual(reader.tap(ok), { waiting: true })
  assert.deepEqual(reader.view(), nobody)
  assert.deepEqual(await cardIn(terminal), cardOf(ok))
})

test('a card tapped before is given to one request, the newest card of all', async (t) => {
  const { reader, dial, until } = await aReader(t)
  assert.deepEqual(reader.tap(ok), { waiting: false })
  assert.deepEqual(reader.tap(poor), { waiting: false })
  assert.equal(reader.view().card, 'poor')
  assert.deepEqual(await cardIn(dial(line(1))), cardOf(poor))
  dial(line(2))
  await until(({ sum }) => sum === 2)
  assert.deepEqual(reader.tap(ok), { waiting: true })
  reader.tap(ok)
  reader.clear()
  assert.deepEqual(reader.view(), nobody)
})

test('a terminal that hangs up has taken its request back', async (t) => {
  const { reader, dial, until } = await aReader(t)
  for (const leave of ['destroy', 'end'] as const) {
    const terminal = dial(line(5))
    await until(({ waiting }) => waiting)
    terminal[leave]()
    await until(({ waiting }) => !waiting)
    assert.deepEqual(reader.view(), nobody)
  }
  assert.deepEqual(reader.tap(ok), { waiting: false })
})

test('of two requests the newer one is shown, and the older one is hung up on', async (t) => {
  const { reader, dial, until } = await aReader(t)
  const older = dial(line(1))
  await until(({ sum }) => sum === 1)
  const newer = dial(line(2))
  assert.equal(await cardIn(older), null)
  await until(({ sum }) => sum === 2)
  reader.tap(ok)
  assert.deepEqual(await cardIn(newer), cardOf(ok))
})

test('garbage closes its own line and gets no card', async (t) => {
  const { reader, dial, until } = await aReader(t)
  const dollars = { read: { operation, sum: 5, currency: 'USD' } }
  for (const said of [
    '\n',
    'GET / HTTP/1.1\r\n\r\n',
    '{"read":{}}\n',
    `${JSON.stringify(dollars)}\n`,
    line(0),
    `${line(5)}${line(5)}`,
    'x'.repeat(LONGEST_LINE + 1),
    Buffer.alloc(100_000, 0xff),
  ]) {
    reader.tap(ok)
    const got = await text(dial(said)).catch(() => '')
    assert.equal(got, '', String(said).slice(0, 40))
    assert.equal(reader.view().card, 'ok')
  }
  reader.clear()
  const chatty = dial(line(5))
  await until(({ waiting }) => waiting)
  chatty.write(line(5))
  const closed = once(chatty, 'close')
  await until(({ waiting }) => !waiting)
  await closed
})
