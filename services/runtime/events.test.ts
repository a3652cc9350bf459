import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { after, test } from 'node:test'
import { Hono } from 'hono'
import { openEvents, type ServerEvent } from './events.ts'
import { listen } from './listen.ts'

const opened: { close: () => unknown }[] = []
after(() => Promise.all(opened.map(({ close }) => close())))

/** A server of a stream, and who is in by their names. */
async function aStream(present: ServerEvent[] = [{ event: 'status', data: 'first' }]) {
  const events = openEvents(() => present)
  const inside = new Set(['anna', 'olga'])
  const app = new Hono()
  app.get('/:name', (call) => {
    const name = call.req.param('name')
    return events.open(call, { name, isIn: () => inside.has(name) })
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0, rate: null })
  opened.push(server)
  const page = async (name: string) => {
    const request = get({ host: '127.0.0.1', port: server.port, path: `/${name}`, agent: false })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    answer.setEncoding('utf8')
    answer.on('error', () => {})
    opened.push({ close: () => request.destroy() })
    return answer
  }
  /** Reads on until it was told. */
  const heard = (answer: IncomingMessage, wanted = 'first') =>
    new Promise<void>((resolve) => {
      const hear = (part: string) => {
        if (!part.includes(wanted)) return
        answer.off('data', hear)
        resolve()
      }
      answer.on('data', hear)
    })
  return { events, inside, page, heard }
}

const news = { event: 'status', data: 'news' }

test('a page that comes is told what is, then what comes', async () => {
  const { events, page, heard } = await aStream()
  const anna = await page('anna')
  await heard(anna, 'event: status\ndata: "first"\n\n')
  const told = heard(anna, 'event: status\ndata: "news"\n\n')
  events.send(news)
  await told
})

test('a stream ends with its session, and no event goes to who is out', async () => {
  const { events, inside, page, heard } = await aStream()
  const [anna, olga] = [await page('anna'), await page('olga')]
  await Promise.all([heard(anna), heard(olga)])
  const after: string[] = []
  anna.on('data', (part) => after.push(String(part)))
  inside.delete('anna')
  const [ended, told] = [once(anna, 'end'), heard(olga, 'news')]
  events.send(news)
  await Promise.all([ended, told])
  assert.deepEqual(after, [])
})

test('a sign-out is looked after at once', async () => {
  const { events, inside, page, heard } = await aStream()
  const anna = await page('anna')
  await heard(anna)
  inside.delete('anna')
  anna.resume()
  const ended = once(anna, 'end')
  events.look()
  await ended
  assert.ok(events.idle())
})

test('many streams of one name take no place of another’s, nor of a new page', async () => {
  const { events, page, heard } = await aStream()
  const olga = await page('olga')
  await heard(olga)
  const many = []
  for (let i = 0; i < 70; i += 1) {
    const anna = await page('anna')
    await heard(anna)
    many.push(anna)
  }
  const newest = many.at(-1)
  assert.ok(newest && !newest.readableEnded)
  const told = [heard(newest, 'news'), heard(olga, 'news')]
  events.send(news)
  await Promise.all(told)
  assert.ok(many.filter(({ complete, destroyed }) => !complete && !destroyed).length <= 16)
})

test('who never reads is hung up on, and keeps no memory', async () => {
  const { events, page } = await aStream()
  const anna = await page('anna')
  anna.pause()
  const gone = new Promise((resolve) => anna.on('close', resolve))
  const large = { event: 'status', data: 'x'.repeat(100_000) }
  for (let i = 0; i < 400 && !events.idle(); i += 1) {
    events.send(large)
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.ok(events.idle(), 'not one of 40 MB was read')
  anna.resume()
  await gone
})
