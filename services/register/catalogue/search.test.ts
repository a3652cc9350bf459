import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Goods } from '#core/api/register.ts'
import { folded } from '#core/goods/folding.ts'
import { kopecks } from '#core/money.ts'
import { openRegisterDb } from '../memory/store.ts'
import { openGoods } from './goods.ts'

const named = (name: string, code: string | null = null): Omit<Goods, 'id'> => ({
  name,
  code,
  price: kopecks(100),
  vat: 10,
  unit: 'piece',
  group: 'Продукты',
  marking: 'none',
  colour: null,
  picture: null,
})
const names = [
  'Сок «Сям’я» яблочный 0,9 л',
  'Молоко «Рассвет» 2,5 %',
  'Кофе Café Royal 250 г',
  'Напиток Coca-Cola 0.5 л',
  'Мёд липовый',
  'Йогурт (клубника)',
  'Хлеб «Нарочанский край»',
  'Нектар вишнёвый',
]
function aShop(rows: readonly Omit<Goods, 'id'>[]) {
  const goods = openGoods(openRegisterDb(':memory:'), () => 1)
  goods.add(rows)
  return (search: string) => goods.search({ search, limit: 10 }).map(({ name }) => name)
}

test('a name is found in spite of how it is spelt and typed', () => {
  const found = aShop(names.map((name) => named(name)))
  const typed = {
    "сям'я": names[0],
    'СЯМЯ 0,9л': names[0],
    'сок 0.9': names[0],
    'молоко 2.5': names[1],
    'молоко 2.5%': names[1],
    vjkjrj: names[1],
    'VJKJRJ hfccdtn': names[1],
    'рассвет молоко': names[1],
    cafe: names[2],
    'Cafe\u0301 royal': names[2],
    'coca cola': names[3],
    соса: names[3],
    сщсф: names[3],
    кола: null,
    мед: names[4],
    МЁ: names[4],
    'мe\u0308д': names[4],
    'иогурт клубника': names[5],
    'и\u0306огурт': names[5],
    '"рассвет"': names[1],
    // Letters that the Latin keyboard has as marks.
    '[kt,': names[6],
    ytrnfh: names[7],
    '100%': null,
    "'; drop": null,
  }
  for (const [text, name] of Object.entries(typed)) {
    assert.deepEqual(found(text), name ? [name] : [], text)
  }
})

test('words of one and two letters are found, alone and beside longer ones', () => {
  const found = aShop([named('Чай Ян 1', '4810000000018'), named('Чай Инь 2', '4810000000025')])
  assert.deepEqual(found('ян'), ['Чай Ян 1'])
  assert.deepEqual(found('чай инь 2'), ['Чай Инь 2'])
  assert.deepEqual(found('0018'), ['Чай Ян 1'])
})

test('among many that have the words the first of the list are found', () => {
  const many = Array.from({ length: 1500 }, (_, i) => named(`Молоко ${String(i).padStart(4, '0')}`))
  const found = aShop(many)
  assert.deepEqual(found('молоко').slice(0, 2), ['Молоко 0000', 'Молоко 0001'])
  assert.deepEqual(found('молоко 1234'), ['Молоко 1234'])
})

test('folding a second time changes nothing', () => {
  for (const name of names) assert.equal(folded(folded(name)), folded(name), name)
})

test('goods that a version before has folded are found at the next start', () => {
  const db = openRegisterDb(':memory:')
  openGoods(db, () => 1).add([named('Сок «Сям’я»', '4810000000018')])
  db.exec("update goods set search = 'сок сям’я'; insert into goods_unfolded select id from goods")
  const search = () => openGoods(db, () => 1).search({ search: "сям'я 4810000000018", limit: 5 })
  assert.equal(search().length, 1)
  assert.equal(db.prepare('select count(*) n from goods_unfolded').get()?.n, 0)
})
