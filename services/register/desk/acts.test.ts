import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import { shopActFields, shopActNames } from '#core/register/act.ts'
import { actDetails, actsWords } from '#core/words/acts.ts'
import { languages } from '#core/words/language.ts'
import { openTill } from '#test/till.ts'

async function openJournal() {
  const till = await openTill()
  const ask = async (...[method, path, body, user = 'Ольга']: Asked) => {
    const response = await till.app().request(path, {
      method,
      headers: { cookie: `zpos=${encodeURIComponent(user)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  const told = async (query = '') => {
    const { acts } = JSON.parse((await ask('GET', `/api/acts${query}`)).text)
    return acts.map((act: { person: string; what: string; facts: never }) =>
      [act.person, act.what, ...actDetails('ru', act.facts)].join(' | '),
    )
  }
  return { ask, told, till }
}

type Asked = [method: string, path: string, body?: object | undefined, user?: string]

const goods = { name: 'Хлеб', codes: [], price: 150, vat: 10, unit: 'piece', group: 'Хлеб' }

test('acts of goods, settings, operations and people tell what of them was changed', async () => {
  const { ask, told } = await openJournal()
  const form = { ...goods, favourite: false }
  const { id } = JSON.parse((await ask('POST', '/api/stock', { request: v7(), ...form })).text)
  await ask('PUT', `/api/stock/${id}`, { ...form, price: 160, codes: ['4810'], revision: 1 })
  await ask('PUT', `/api/stock/${id}`, { ...form, price: 160, codes: ['4810'], revision: 1 })
  await ask('PUT', `/api/stock/${id}/retired`, { retired: true })
  await ask('PUT', '/api/settings', { clearing: false, paperLanguage: 'be' })
  await ask('POST', '/api/operations', { id: v7(), kind: 'shift-opening' }, 'Анна')
  await ask('POST', '/api/operations', { id: v7(), kind: 'deposit', sum: 12345 }, 'Анна')
  await ask('GET', '/api/acts', undefined, 'Анна')
  assert.deepEqual(await told(), [
    'Анна | right-refused | право «Журнал действий»',
    'Анна | begun | Внесение 123.45',
    'Анна | begun | Открытие смены',
    'Ольга | setting-changed | Язык чека: Беларуская',
    'Ольга | setting-changed | Автоматическое уточнение: нет',
    'Ольга | goods-retired | Хлеб',
    'Ольга | goods-changed | Хлеб | Цена: 1.50 → 1.60 | Штрихкоды: — → 4810',
    'Ольга | goods-added | Хлеб | Цена: 1.50 | Группа: Хлеб | Единица: шт | Ставка НДС: 10 %',
  ])
  assert.deepEqual((await told('?what=begun&limit=1')).length, 1)
})

test('a day that is none is named, and a sum of money is none', async () => {
  const { ask } = await openJournal()
  for (const day of ['2026-02-31', '24.11.2026', '2026-13-01']) {
    const { status, text } = await ask('GET', `/api/acts?from=${day}`)
    assert.equal(status, 400)
    assert.match(JSON.parse(text).message, /нужен день/)
  }
  assert.equal((await ask('GET', '/api/exports/acts?as=pdf')).status, 400)
})

test('the journal is given out as it is shown, and that is an act too', async () => {
  const { ask, told } = await openJournal()
  await ask('POST', '/api/stock', { request: v7(), ...goods, name: '=1+1', favourite: false })
  const csv = await ask('GET', '/api/exports/acts?as=csv')
  assert.match(csv.headers.get('content-disposition') ?? '', /acts-\d{4}-\d\d-\d\d\.csv/)
  const lines = csv.text.split('\r\n')
  assert.match(lines[0] ?? '', /№;Когда;Кто;Что сделано;Подробности;Цела/)
  const added = lines.find((line) => line.includes('Товар добавлен')) ?? ''
  assert.match(added, /Ольга;Товар добавлен;"?'=1\+1/, 'no formula')
  assert.ok(added.endsWith(';да'))
  assert.equal((await ask('GET', '/api/exports/acts?as=csv', undefined, 'Анна')).status, 403)
  const xlsx = await ask('GET', '/api/exports/acts?as=xlsx&what=goods-added')
  assert.equal(xlsx.status, 200)
  const [last] = await told('?what=journal-exported')
  assert.equal(last, 'Ольга | journal-exported')
})

test('whatever may be written is told in every language', () => {
  for (const language of languages) {
    const words = actsWords[language]
    for (const name of shopActNames) assert.ok(words.titles[name])
    for (const field of shopActFields) {
      for (const value of [null, '', 'x', 1, true, ['a'], []]) {
        const [text] = actDetails(language, { changes: [{ field, from: value, to: value }] })
        assert.ok(text?.startsWith(words.fields[field]), `${language} ${field}`)
      }
    }
  }
})
