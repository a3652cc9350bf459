import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { type Answered, type Bounds, framed, listenFrames } from './frames.ts'
import { silentLog } from './log.ts'

// Times that no busy machine reaches; who tests a time makes it short.
const bounds: Bounds = {
  longest: 64,
  idleMs: 60_000,
  partialMs: 60_000,
  firstMs: 60_000,
  connections: 4,
  strangers: { perAddress: 4, all: 4 },
  perSecond: 10_000,
  waiting: 2,
}

type Answer = (frame: Uint8Array) => Promise<Answered>
const echo: Answer = async (frame) => ({ bytes: Uint8Array.from(frame), afterMs: 0 })
const text = (frame: Uint8Array) => Buffer.from(frame).toString('latin1')

async function withServer(
  { answer = echo, change = {} }: { answer?: Answer; change?: Partial<Bounds> },
  work: (
    dial: () => Socket,
    closed: (why: string) => number,
    seen: { frames: () => number; untilClosed: () => Promise<unknown> },
  ) => Promise<void>,
): Promise<void> {
  const events = new EventEmitter()
  const log = { ...silentLog, info: (what: string) => events.emit(what) }
  const at = { host: '127.0.0.1', port: 0, bounds: { ...bounds, ...change }, log }
  const server = await listenFrames(answer, at)
  const dialled: Socket[] = []
  const dial = () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    dialled.push(socket)
    return socket
  }
  const { statistics } = server
  const done = work(dial, (why) => statistics.closed.get(why) ?? 0, {
    frames: () => statistics.frames,
    untilClosed: () => once(events, 'line closed'),
  })
  await done.finally(() => {
    for (const socket of dialled) socket.destroy()
    return server.close()
  })
}

/** What comes over a line until it ends. Closed with bytes unread, it ends with a reset. */
async function* parts(socket: Socket): AsyncGenerator<Buffer> {
  try {
    yield* socket.iterator({ destroyOnReturn: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
  }
}

/** Frames heard until there are so many, or until the line ends. */
async function hear(socket: Socket, count = Number.POSITIVE_INFINITY): Promise<string[]> {
  const frames: string[] = []
  let heard = Buffer.alloc(0)
  for await (const part of parts(socket)) {
    heard = Buffer.concat([heard, part])
    while (heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE(0)) {
      const end = 2 + heard.readUInt16BE(0)
      frames.push(text(heard.subarray(2, end)))
      heard = heard.subarray(end)
    }
    if (frames.length >= count) break
  }
  return frames
}

const frame = (what: string) => framed(Buffer.from(what, 'latin1'))

test('frames are answered in order, in whatever pieces they come', () =>
  withServer({}, async (dial) => {
    const socket = dial()
    const all = Buffer.concat(['one', 'two', 'three'].map(frame))
    const answers = hear(socket, 3)
    for (const byte of all) {
      socket.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    assert.deepEqual(await answers, ['one', 'two', 'three'])
  }))

test('many frames at once, and an end right after them, are all answered', () =>
  withServer({}, async (dial) => {
    const socket = dial()
    const names = Array.from({ length: 200 }, (_, i) => `frame ${i}`)
    socket.end(Buffer.concat(names.map(frame)))
    assert.deepEqual(await hear(socket), names)
  }))

test('an answer that waits lets others pass and still comes, the line ended or not', () =>
  withServer(
    {
      answer: async (heard) => ({
        bytes: Uint8Array.from(heard),
        afterMs: text(heard) === 'slow' ? 50 : 0,
      }),
    },
    async (dial) => {
      const socket = dial()
      socket.end(Buffer.concat(['slow', 'quick'].map(frame)))
      assert.deepEqual(await hear(socket), ['quick', 'slow'])
    },
  ))

test('too many waiting answers hold the reader back', () =>
  withServer(
    { answer: async (heard) => ({ bytes: Uint8Array.from(heard), afterMs: 100 }) },
    async (dial) => {
      const socket = dial()
      const from = performance.now()
      socket.end(Buffer.concat(['a', 'b', 'c', 'd'].map(frame)))
      assert.deepEqual(await hear(socket), ['a', 'b', 'c', 'd'])
      assert.ok(performance.now() - from > 190, 'two and two')
    },
  ))

for (const [what, bytes, why] of [
  ['a length beyond the bound', Buffer.from([0, 65]), 'length'],
  ['a frame that never ends', Buffer.from([0, 9, 1]), 'partial'],
  ['half a length', Buffer.from([0]), 'partial'],
] as const) {
  test(`${what} closes the line and no other`, () =>
    withServer({ change: { partialMs: 100 } }, async (dial, closed) => {
      const [bad, good] = [dial(), dial()]
      bad.write(bytes)
      assert.deepEqual(await hear(bad), [])
      assert.equal(closed(why), 1)
      good.write(frame('still here'))
      assert.deepEqual(await hear(good, 1), ['still here'])
    }))
}

test('a trickle does not prolong the time of a frame', () =>
  withServer({ change: { partialMs: 100 } }, async (dial, closed) => {
    const socket = dial()
    const trickle = setInterval(() => socket.write('x'), 20)
    socket.write(Buffer.from([0, 60]))
    await hear(socket).finally(() => clearInterval(trickle))
    assert.equal(closed('partial'), 1)
  }))

test('a line on which nothing moves is closed', () =>
  withServer({ change: { idleMs: 50 } }, async (dial, closed) => {
    assert.deepEqual(await hear(dial()), [])
    assert.equal(closed('idle'), 1)
  }))

test('frames of no length are read over, and do not make a silent line speak (C15)', () =>
  withServer({ change: { firstMs: 300 } }, async (dial, closed, { frames, untilClosed }) => {
    const [good, silent] = [dial(), dial()]
    good.write(Buffer.concat([Buffer.alloc(4), frame('one'), Buffer.alloc(2), frame('two')]))
    assert.deepEqual(await hear(good, 2), ['one', 'two'])
    assert.equal(frames(), 2)
    const ended = untilClosed()
    const alive = setInterval(() => silent.write(Buffer.alloc(2)), 20)
    await ended.finally(() => clearInterval(alive))
    assert.equal(closed('silent'), 1)
    good.write(frame('three'))
    assert.deepEqual(await hear(good, 1), ['three'])
  }))

test('of too many silent lines the oldest gives way, never one that is known (C5)', () => {
  const answer: Answer = async (heard) => ({
    bytes: Uint8Array.from(heard),
    afterMs: 0,
    from: 'known',
  })
  const change = { connections: 64, strangers: { perAddress: 3, all: 3 } }
  return withServer({ answer, change }, async (dial, closed) => {
    const known = dial()
    known.write(frame('1'))
    assert.deepEqual(await hear(known, 1), ['1'])
    const silent = Array.from({ length: 9 }, dial)
    const gone = (socket: Socket) => hear(socket).then(() => socket)
    await Promise.all(silent.slice(0, 6).map(gone))
    assert.equal(closed('crowded'), 6)
    const newcomer = dial()
    newcomer.write(frame('2'))
    known.write(frame('3'))
    assert.deepEqual([await hear(newcomer, 1), await hear(known, 1)], [['2'], ['3']])
  })
})

test('a stranger gets his answer and no second one', () =>
  withServer(
    { answer: async () => ({ bytes: Buffer.from('no'), afterMs: 0, from: 'stranger' }) },
    async (dial, closed) => {
      const socket = dial()
      socket.write(Buffer.concat([frame('one'), frame('two')]))
      assert.deepEqual(await hear(socket), ['no'])
      assert.equal(closed('stranger'), 1)
    },
  ))

test('no answer where the decision failed, and the line is closed', () =>
  withServer({ answer: () => Promise.reject(new Error('no database')) }, async (dial, closed) => {
    const socket = dial()
    socket.write(frame('one'))
    assert.deepEqual(await hear(socket), [])
    assert.equal(closed('failed'), 1)
  }))

test('a null answer closes the line', () =>
  withServer({ answer: async () => null }, async (dial, closed) => {
    const socket = dial()
    socket.write(frame('one'))
    assert.deepEqual(await hear(socket), [])
    assert.equal(closed('malformed'), 1)
  }))

test('what comes faster than allowed waits its turn and is answered', () =>
  withServer({ change: { perSecond: 50 } }, async (dial) => {
    const socket = dial()
    const from = performance.now()
    socket.end(Buffer.concat(Array.from({ length: 60 }, () => frame('x'))))
    assert.equal((await hear(socket)).length, 60)
    assert.ok(performance.now() - from > 150, 'the last ten waited')
  }))

test('more lines than allowed are turned away, and a freed place is given again', () =>
  withServer({ change: { connections: 2 } }, async (dial) => {
    const [one, two] = [dial(), dial()]
    one.write(frame('1'))
    two.write(frame('2'))
    assert.deepEqual([await hear(one, 1), await hear(two, 1)], [['1'], ['2']])
    const third = dial()
    await once(third, 'close')
    one.destroy()
    let answers: string[] = []
    while (answers.length === 0) {
      const next = dial()
      next.write(frame('next'))
      answers = await hear(next, 1)
    }
    assert.deepEqual(answers, ['next'])
  }))

const long: Answer = async (heard) => ({
  bytes: new Uint8Array(60_000).fill(heard[0] ?? 0),
  afterMs: 0,
})

/** A line that says much and hears nothing. */
function deafen(socket: Socket): void {
  socket.pause()
  socket.write(Buffer.concat(Array.from({ length: 2000 }, () => frame('x'))))
}

test('a line that does not read its answers holds up nobody else', () =>
  withServer({ answer: long }, async (dial) => {
    deafen(dial())
    const other = dial()
    for (let i = 0; i < 20; i += 1) {
      other.write(frame('y'))
      assert.equal((await hear(other, 1)).length, 1)
    }
  }))

test('a line that does not read its answers is heard no further, and closed', () =>
  withServer(
    { answer: long, change: { idleMs: 300 } },
    async (dial, closed, { frames, untilClosed }) => {
      const ended = untilClosed()
      deafen(dial())
      await ended
      assert.equal(closed('idle'), 1)
      assert.ok(frames() < 2000, `${frames()} frames were answered into the void`)
    },
  ))
