import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { test } from 'node:test'
import type { GoodsForm } from '#core/api/register-stock.ts'
import { kopecks } from '#core/money.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openImporting } from './importing.ts'
import { openStock } from './stock.ts'

const unsaid = { group: 'Товары', unit: 'piece', vat: 20 } as const
const asked = { isHeadless: false, unsaid }
const bread: GoodsForm = {
  name: 'Хлеб',
  codes: ['4810000000018'],
  price: kopecks(198),
  vat: 10,
  unit: 'piece',
  group: 'Хлеб',
  favourite: false,
  marking: 'none',
  colour: null,
  picture: null,
}

/**
 * A register's catalogue on a disk; `anew` is the same one after the process has ended. `lookMs`:
 * what goes by from one look at the clock to the next, so that a transaction writes so many parts.
 */
function aShop(
  path = join(mkdtempSync(join(tmpdir(), 'zpos-import-')), 'register.sqlite'),
  lookMs = 8,
) {
  const db = openRegisterDb(path)
  let at = 1000
  const now = () => {
    at += 1
    return at
  }
  const stock = openStock(db, now)
  let passed = 0
  const elapsed = () => {
    passed += lookMs
    return passed
  }
  const others = { work: () => {} }
  const giveWay = async () => others.work()
  const importing = openImporting({ db, stock, now, elapsed, giveWay, wake: () => {} })
  const send = async (file: string | Uint8Array<ArrayBuffer>) => {
    const body = new Blob([file]).stream() as ReadableStream<Uint8Array>
    const got = await importing.upload('товары.csv', body)
    assert.ok(got.kind === 'done')
    return got.value.id
  }
  const view = (id: string) => {
    const got = importing.view(id)
    assert.ok(got.kind === 'done')
    return got.value
  }
  const read = async (id: string, how: Parameters<typeof importing.read>[1] = asked) => {
    const begun = importing.read(id, how)
    assert.equal(begun.kind, 'done')
    await importing.settled()
    return view(id)
  }
  const carryOut = async () => {
    while ((await importing.step()) === 0);
  }
  const names = () => stock.page({ retired: 'no', limit: 400 }).goods.map(({ name }) => name)
  const anew = async () => {
    await importing.stop()
    db.close()
    return aShop(path, lookMs)
  }
  return { db, path, stock, importing, send, view, read, carryOut, names, anew, others }
}

const many = (count: number, price = '1,50') =>
  [
    'Название;Штрихкод;Цена;Группа',
    ...Array.from({ length: count }, (_, n) => `Товар ${n};${1000 + n};${price};Много`),
  ].join('\n')

test('a file is looked through, imported whole, and changes nothing the second time', async () => {
  const { db, stock, importing, send, read, carryOut, view, names } = aShop()
  const { id: breadId } = added(stock.add(bread, { person: 'Ольга', request: 'r' }))
  const file = 'Название;Штрихкод;Цена;НДС\nХлеб;4810000000018;2,10;10\nМолоко;25;1,98;\n'
  const id = await send(file)
  const seen = await read(id)
  assert.equal(seen.state, 'read')
  assert.deepEqual(seen.counts, { new: 1, changed: 1, same: 0, bad: 0 })
  assert.deepEqual(importing.changes(id, undefined), {
    kind: 'done',
    value: {
      rows: [{ line: 2, name: 'Хлеб', before: { price: 198 }, after: { price: 210 } }],
      next: null,
    },
  })
  assert.deepEqual(names(), ['Хлеб'], 'looking changes nothing')
  assert.equal((await importing.apply(id, 'Ольга')).kind, 'done')
  assert.equal(view(id).state, 'applying')
  await carryOut()
  assert.equal(view(id).state, 'done')
  assert.deepEqual(names(), ['Молоко', 'Хлеб'])
  const acts = db.prepare("select person, body from act where what = 'goods-imported'").all()
  assert.deepEqual(
    acts.map(({ person, body }) => [person, JSON.parse(String(body)).rows]),
    [['Ольга', { new: 1, changed: 1, same: 0 }]],
    'one act with its counts (K6)',
  )
  const [{ price, person } = { price: 0, person: '' }] = stock.prices(breadId)
  assert.deepEqual([price, person], [210, 'Ольга'])
  const again = await read(await send(file))
  assert.deepEqual(again.counts, { new: 0, changed: 0, same: 2, bad: 0 })
})

const added = (answer: ReturnType<ReturnType<typeof openStock>['add']>) => {
  assert.ok(answer.kind === 'done')
  return answer.value
}

test('with one faulty row nothing is taken, and the row and its fault are named', async () => {
  const { importing, send, read, names } = aShop()
  const id = await send(
    'Название;Штрихкод;Цена\nХлеб;1;2,10\nМолоко;4,81E+12;1\nСыр;кот;12.05.2026\n',
  )
  assert.deepEqual((await read(id)).counts, { new: 1, changed: 0, same: 0, bad: 2 })
  const faults = importing.faults(id, undefined)
  assert.ok(faults.kind === 'done')
  assert.deepEqual(faults.value.rows, [
    {
      line: 3,
      name: 'Молоко',
      faults: [{ field: 'codes', fault: 'code-rounded', said: '4,81E+12' }],
    },
    {
      line: 4,
      name: 'Сыр',
      faults: [
        { field: 'codes', fault: 'code', said: 'кот' },
        { field: 'price', fault: 'price-date', said: '12.05.2026' },
      ],
    },
  ])
  const refused = await importing.apply(id, 'Ольга')
  assert.ok(refused.kind === 'refused')
  assert.equal(refused.code, 'import.has-faults')
  assert.deepEqual(names(), [])
})

test('a catalogue that was changed after the look is noticed', async () => {
  const { stock, importing, send, read, names } = aShop()
  const id = await send(many(3))
  await read(id)
  added(stock.add(bread, { person: 'Ольга', request: 'r' }))
  const refused = await importing.apply(id, 'Ольга')
  assert.ok(refused.kind === 'refused')
  assert.equal(refused.code, 'import.stale')
  assert.deepEqual(names(), ['Хлеб'])
  await read(id)
  assert.equal((await importing.apply(id, 'Ольга')).kind, 'done')
})

test('so is one that was changed while what was confirmed was being put down', async () => {
  const { stock, importing, send, read, names, others, carryOut } = aShop()
  const id = await send(many(3))
  await read(id)
  others.work = () => {
    others.work = () => {}
    added(stock.add({ ...bread, codes: ['1001'] }, { person: 'Ольга', request: 'r' }))
  }
  const refused = await importing.apply(id, 'Ольга')
  assert.ok(refused.kind === 'refused')
  assert.equal(refused.code, 'import.stale')
  await carryOut()
  assert.deepEqual(names(), ['Хлеб'])
  added(stock.add({ ...bread, name: 'Батон', codes: [] }, { person: 'Ольга', request: 's' }))
})

test('what was confirmed is written after a kill, and goods are kept by nobody else', async () => {
  const shop = aShop()
  const kept = added(shop.stock.add(bread, { person: 'Ольга', request: 'r' }))
  const id = await shop.send(many(220))
  await shop.read(id)
  await shop.importing.apply(id, 'Ольга')
  await shop.importing.step()
  const closed = shop.stock.change({ ...bread, name: 'Батон' }, { ...kept, person: 'Анна' })
  assert.ok(closed.kind === 'refused')
  assert.equal(closed.code, 'import.running')
  assert.equal(shop.view(id).written.done, 50)
  const after = await shop.anew()
  assert.equal(after.view(id).state, 'applying')
  await after.carryOut()
  assert.deepEqual(after.view(id).written, { done: 220, total: 220 })
  assert.equal(after.stock.page({ retired: 'no', limit: 300 }).goods.length, 221)
  assert.equal(
    after.stock.change({ ...bread, name: 'Батон' }, { ...kept, person: 'Анна' }).kind,
    'done',
  )
  const repeated = await after.importing.apply(id, 'Ольга')
  assert.ok(repeated.kind === 'done' && repeated.value.state === 'done', 'asked twice, done once')
})

test('a transaction takes what its time allows; a kill between any two loses nothing', async () => {
  let shop = aShop(undefined, 4)
  const id = await shop.send(many(320))
  await shop.read(id)
  await shop.importing.apply(id, 'Ольга')
  const seen: number[][] = []
  for (let is = 'applying'; is === 'applying'; is = shop.view(id).state) {
    await shop.importing.step()
    shop = await shop.anew()
    seen.push([shop.view(id).written.done, shop.names().length])
  }
  assert.deepEqual(seen, [
    [100, 100],
    [200, 200],
    [300, 300],
    [320, 320],
  ])
  const acts = shop.db.prepare("select count(*) n from act where what = 'goods-imported'").get()
  assert.equal(acts?.n, 1)
})

test('wherever in a transaction the room ends, none of it is written, and it is told', async () => {
  let shop = aShop(undefined, 2)
  const id = await shop.send(many(200))
  await shop.read(id)
  await shop.importing.apply(id, 'Ольга')
  shop = await shop.anew()
  const pages = Number(shop.db.prepare('pragma page_count').get()?.page_count)
  let failures = 0
  for (let room = 0; shop.view(id).state === 'applying'; room += 1) {
    shop.db.exec(`pragma max_page_count = ${pages + room}`)
    await shop.importing.step().then(
      () => assert.equal(shop.names().length, 200),
      (error: Error) => {
        failures += 1
        assert.match(error.message, /full/)
        assert.deepEqual([shop.view(id).isStuck, shop.view(id).written.done], [true, 0])
        assert.deepEqual(shop.names(), [])
      },
    )
  }
  assert.ok(failures > 3, `${failures} places where the room ended`)
})

test('what was put down and not confirmed counts for nothing after a kill', async () => {
  const shop = aShop()
  const id = await shop.send(many(10))
  await shop.read(id)
  shop.db.exec(`insert into goods_import values ('x', 'Ольга', 'f', 1, null, null, '{}', 1);
                insert into goods_import_part values ('x', 0, x'5b5d')`)
  const after = await shop.anew()
  await after.carryOut()
  assert.deepEqual(after.names(), [])
  assert.equal(after.db.prepare('select count(*) n from goods_import_part').get()?.n, 0)
  const lost = after.importing.view(id)
  assert.ok(lost.kind === 'refused')
  assert.equal(lost.code, 'import.unknown')
})

test('a reading is called off: its thread ends, nothing stays, another one begins', async () => {
  const { db, path, importing, send, read, names } = aShop()
  const id = await send(many(20_000))
  assert.equal(importing.read(id, asked).kind, 'done')
  const ended = importing.settled()
  assert.deepEqual(importing.cancel(id), { kind: 'done', value: {} })
  const gone = importing.view(id)
  assert.equal(gone.kind === 'refused' && gone.code, 'import.unknown')
  const next = await send(many(3))
  assert.equal((await read(next)).counts.new, 3, 'at once, and not behind the first one')
  await ended
  assert.deepEqual(readdirSync(join(path, '..', 'imports')), [next])
  assert.deepEqual(importing.cancel(id), { kind: 'done', value: {} }, 'once more is once')
  assert.equal(importing.cancel(next).kind, 'done')
  assert.deepEqual(readdirSync(join(path, '..', 'imports')), [])
  assert.equal(db.prepare('select count(*) n from goods_import_part').get()?.n, 0)
  assert.deepEqual(names(), [])
})

test('what was confirmed is not called off, while it is put down or written', async () => {
  const { importing, send, read, carryOut, names, others } = aShop()
  const id = await send(many(3))
  await read(id)
  const tried: string[] = []
  const cancel = () => {
    const answer = importing.cancel(id)
    return answer.kind === 'refused' ? answer.code : answer.kind
  }
  others.work = () => void tried.push(cancel())
  assert.equal((await importing.apply(id, 'Ольга')).kind, 'done')
  await carryOut()
  assert.ok(tried.length > 1)
  assert.deepEqual([...new Set(tried)], ['import.running'])
  assert.equal(names().length, 3)
  assert.equal(cancel(), 'done', 'what is done stays done')
  assert.equal(names().length, 3)
})

test('a file that is none, or is more than a register holds, is named', async () => {
  const { importing, send, read } = aShop()
  assert.deepEqual((await read(await send(''))).failed, { fault: 'empty', line: undefined })
  const picture = Buffer.from('89504e470d0a1a0a0000000d', 'hex')
  assert.equal((await read(await send(picture))).failed?.fault, 'not-table')
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
  })
  const big = await importing.upload('b', body)
  assert.ok(big.kind === 'invalid')
  assert.equal(big.fault, 'body-too-big')
})

test('columns that are not known are chosen by hand; a file without heads has none', async () => {
  const { send, read } = aShop()
  const id = await send('Вещь;Сколько\nХлеб;2,10\n')
  const unknown = await read(id)
  assert.deepEqual([unknown.failed?.fault, unknown.heads], ['no-columns', ['Вещь', 'Сколько']])
  const chosen = await read(id, { isHeadless: false, unsaid, columns: { name: 0, price: 1 } })
  assert.deepEqual(chosen.counts, { new: 1, changed: 0, same: 0, bad: 0 })
  const bare = await send('Хлеб;2,10\nМолоко;1\n')
  const headless = await read(bare, { isHeadless: true, unsaid, columns: { name: 0, price: 1 } })
  assert.equal(headless.counts.new, 2)
})

test('while two files come a third is told to wait; a place that was left is free', async () => {
  const { importing, send } = aShop()
  const coming = [1, 2].map(() => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const answer = importing.upload('медленный.csv', readable as ReadableStream<Uint8Array>)
    return { answer, end: () => writable.close(), cut: () => writable.abort(new Error('gone')) }
  })
  let pulls = 0
  const pull = (to: ReadableStreamDefaultController<Uint8Array>) => {
    pulls += 1
    to.enqueue(new Uint8Array(1024))
  }
  const third = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
  const refused = await importing.upload('third.csv', third)
  assert.ok(refused.kind === 'refused' && refused.code === 'server.busy')
  assert.equal(pulls, 0, 'nothing of it is read')
  const [one, two] = coming
  await two?.cut()
  assert.equal((await two?.answer)?.kind, 'invalid')
  await send('Название;Цена')
  await one?.end()
  assert.equal((await one?.answer)?.kind, 'done')
})

test('a file that came is its owner’s alone', async () => {
  const { path, send } = aShop()
  const id = await send('a;b')
  const file = statSync(join(path, '..', 'imports', id))
  assert.equal(file.mode & 0o777, 0o600)
})
