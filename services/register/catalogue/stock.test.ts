import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { invalid } from '#core/api/contract.ts'
import type { GoodsForm } from '#core/api/register-stock.ts'
import { kopecks } from '#core/money.ts'
import { aPng, pngChunk } from '#test/png.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openGoods } from './goods.ts'
import { openPictures } from './pictures.ts'
import { openStock } from './stock.ts'

const bread: GoodsForm = {
  name: 'Хлеб «Нарочанский»',
  codes: ['4810000000018', '00017'],
  price: kopecks(198),
  vat: 10,
  unit: 'piece',
  group: 'Хлеб',
  favourite: false,
  marking: 'none',
  colour: null,
  picture: null,
}
const milk: GoodsForm = { ...bread, name: 'Молоко', codes: ['4810000000025'], favourite: true }

function aShelf() {
  const db = openRegisterDb(':memory:')
  let at = 1000
  const now = () => at
  const stock = openStock(db, now)
  let requests = 0
  const add = (form: GoodsForm) => {
    requests += 1
    const added = stock.add(form, { person: 'Ольга', request: `request ${requests}` })
    assert.ok(added.kind === 'done')
    return added.value
  }
  const pass = (ms: number) => {
    at += ms
  }
  return { db, stock, goods: openGoods(db, now), add, pass }
}

test('goods are found under each of their codes, and stand on a document under the first', () => {
  const { add, goods } = aShelf()
  const { id } = add(bread)
  for (const code of ['4810000000018', '00017', '17', ' 4810000000018']) {
    const found = goods.byCode(code)?.goods
    assert.deepEqual([found?.id, found?.code], [id, '4810000000018'], code)
  }
})

test('a request adds goods once, however often it comes', () => {
  const { stock } = aShelf()
  const by = { person: 'Ольга', request: 'the same' }
  const [first, again] = [stock.add(bread, by), stock.add(bread, by)]
  assert.deepEqual(first, again)
  assert.equal(stock.page({ retired: 'no', limit: 10 }).goods.length, 1)
})

test('a code is of one thing alone, whatever zeros stand before it; nothing is half done', () => {
  const { stock, add, goods } = aShelf()
  add(bread)
  const refused = stock.add(
    { ...milk, codes: ['4810000000025', '0000017'] },
    { person: 'Ольга', request: 'another' },
  )
  assert.ok(refused.kind === 'refused')
  assert.deepEqual([refused.code, refused.field], ['goods.code-taken', 'codes'])
  assert.deepEqual(refused.facts, { code: '0000017', name: bread.name })
  assert.equal(goods.byCode('4810000000025'), null)
  const other = add(milk)
  const changed = stock.change({ ...milk, codes: bread.codes }, { ...other, person: 'Ольга' })
  assert.equal(changed.kind, 'refused')
  assert.equal(goods.byCode('4810000000025')?.goods.name, milk.name, 'it has kept its own')
})

test('whoever changes goods must have seen what they are; the same change again is none', () => {
  const { stock, add } = aShelf()
  const seen = add(bread)
  const dearer = { ...bread, price: kopecks(210) }
  const first = stock.change(dearer, { ...seen, person: 'Ольга' })
  assert.ok(first.kind === 'done')
  assert.equal(first.value.revision, seen.revision + 1)
  assert.deepEqual(stock.change(dearer, { ...seen, person: 'Ольга' }), first)
  const late = stock.change({ ...bread, group: 'Выпечка' }, { ...seen, person: 'Ольга' })
  assert.ok(late.kind === 'refused')
  assert.equal(late.code, 'goods.changed')
})

test('every price is kept with its moment and whoever decided so', () => {
  const { stock, add, pass, goods } = aShelf()
  let row = add(bread)
  for (const price of [210, 210, 190]) {
    pass(1000)
    const changed = stock.change({ ...bread, price: kopecks(price) }, { ...row, person: 'Ирина' })
    assert.ok(changed.kind === 'done')
    row = changed.value
  }
  assert.deepEqual(stock.prices(row.id), [
    { price: 190, since: 4000, person: 'Ирина' },
    { price: 210, since: 2000, person: 'Ирина' },
    { price: 198, since: 1000, person: 'Ольга' },
  ])
  assert.deepEqual(goods.pricesSince(row.id, 2500).toSorted(), [190, 210])
})

test('what is retired is neither found nor offered, and comes back as it was', () => {
  const { stock, add, goods } = aShelf()
  const { id } = add(bread)
  add(milk)
  const retired = stock.retire(id, true, 'Ольга')
  assert.ok(retired.kind === 'done')
  assert.deepEqual(stock.retire(id, true, 'Ольга'), retired, 'twice is once')
  assert.equal(goods.byCode('00017'), null)
  assert.deepEqual(
    goods.search({ limit: 10 }).map(({ name }) => name),
    [milk.name],
  )
  assert.deepEqual(goods.groups(), [{ name: 'Хлеб', count: 1 }])
  assert.equal(goods.one(id)?.name, bread.name, 'a receipt that holds it still can')
  assert.deepEqual(
    stock.page({ retired: 'yes', limit: 10 }).goods.map((row) => row.id),
    [id],
  )
  stock.retire(id, false, 'Ольга')
  assert.equal(goods.byCode('00017')?.goods.id, id)
  assert.equal(stock.retire(99, true, 'Ольга').kind, 'refused')
})

test('favourites are offered first', () => {
  const { add, goods } = aShelf()
  for (const form of [bread, milk]) add(form)
  const names = goods.search({ limit: 10 }).map(({ name }) => name)
  assert.deepEqual(names, [milk.name, bread.name])
})

test('pages hold every row once, in the order of names', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (names, limit) => {
        const { stock, add } = aShelf()
        for (const name of names) add({ ...bread, name, codes: [] })
        const read: string[] = []
        let after: string | undefined
        for (;;) {
          const { goods, next } = stock.page({ retired: 'no', after, limit })
          read.push(...goods.map(({ id, name }) => `${id} ${name}`))
          if (next === null) break
          after = next
        }
        assert.equal(new Set(read).size, names.length)
        const inOrder = read.map((row) => Buffer.from(row.replace(/^\d+ /, '')))
        for (const [at, name] of inOrder.entries()) {
          assert.ok(at === 0 || Buffer.compare(inOrder[at - 1] ?? name, name) <= 0)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('a picture is kept by its pixels, and goods have none that is not kept', () => {
  const { db, stock, add } = aShelf()
  const pictures = openPictures(db)
  const hash = pictures.keep(aPng({ beside: [pngChunk('tEXt', Buffer.from('Author\0Анна'))] }))
  assert.ok(hash)
  assert.equal(pictures.keep(aPng({})), hash, 'the same pixels are one picture')
  assert.equal(pictures.keep(Buffer.from('<svg/>')), null)
  const { id, revision } = add({ ...bread, colour: 'red', picture: hash })
  const unknown = { ...bread, picture: '0'.repeat(64) }
  const answer = stock.change(unknown, { id, revision, person: 'Ольга' })
  assert.deepEqual(answer, invalid('picture', 'unknown'))
  for (let colour = 0; colour < 30; colour += 1) pictures.keep(aPng({ colour }))
  assert.ok(pictures.image(hash), 'what goods show is kept')
  const left = db.prepare('select count(*) n from picture').get()?.n
  assert.equal(left, 21, 'of what nobody has taken the newest are')
  const bare = stock.change(bread, { id, revision, person: 'Ольга' })
  assert.equal(bare.kind, 'done')
  const acts = db.prepare("select body from act where what = 'goods-changed'").all()
  assert.match(String(acts[0]?.body), new RegExp(`"field":"picture","from":"${hash}","to":null`))
})
