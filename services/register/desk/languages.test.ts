import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#core/words/language.ts'
import { refusalsWords } from '#core/words/refusals.ts'
import { goods, openTill } from '#test/till.ts'

test('a person’s language is hers, wherever she signs in, and nobody else’s', async () => {
  const till = await openTill()
  const session = async (as: string) => (await till.ask('GET', '/api/session', { as })).body
  assert.equal((await session('Анна')).language, null)
  const chosen = await till.ask('PUT', '/api/session/language', { body: { language: 'be' } })
  assert.deepEqual([chosen.status, chosen.body.language], [200, 'be'])
  const again = await session('Анна')
  assert.deepEqual([again.user, again.language], ['Анна', 'be'])
  assert.equal((await session('Ольга')).language, null)
  const wrong = await till.ask('PUT', '/api/session/language', { body: { language: 'de' } })
  assert.deepEqual([wrong.status, wrong.body.fault], [400, 'not-one-of'])
})

test('the register refuses in the language asked for, by the same code and facts', async () => {
  const till = await openTill()
  for (const language of languages) {
    const { body } = await till.ask('POST', '/api/operations', {
      body: { id: '0197a2b4-0000-7000-8000-00000000aaaa', kind: 'deposit', sum: 100 },
      language,
    })
    assert.deepEqual([body.code, body.facts], ['shift.closed', {}])
    const { message, next } = refusalsWords[language].refusals['shift.closed']({})
    assert.deepEqual([body.message, body.next], [message, next])
  }
})

test('«Поиск чека» knows kinds by their titles in the language of whoever searches', async () => {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 100 })
  const found = async (text: string, language: string): Promise<string[]> => {
    const path = `/api/operations?search=${encodeURIComponent(text)}`
    const { operations } = (await till.ask('GET', path, { language })).body
    return operations.map(({ kind }: { kind: string }) => kind)
  }
  assert.deepEqual(await found('внесение', 'ru'), ['deposit'])
  assert.deepEqual(await found('УНЯСЕННЕ', 'be'), ['deposit'])
  assert.deepEqual(await found('deposit', 'en'), ['deposit'])
  assert.deepEqual(await found('унясенне', 'ru'), [])
  assert.deepEqual(await found('змены', 'be'), ['shift-opening'])
})

test('the shop’s papers are in its own language, a setting beside the others', async () => {
  const till = await openTill()
  const settings = async () => {
    const { clearing, paperLanguage } = (await till.ask('GET', '/api/settings')).body
    return { clearing, paperLanguage }
  }
  assert.deepEqual(await settings(), { clearing: true, paperLanguage: 'ru' })
  await till.ask('PUT', '/api/settings', { body: { paperLanguage: 'be' }, as: 'Ольга' })
  assert.deepEqual(await settings(), { clearing: true, paperLanguage: 'be' })
  await till.ask('PUT', '/api/settings', { body: { clearing: false }, as: 'Ольга' })
  assert.deepEqual(await settings(), { clearing: false, paperLanguage: 'be' })
  const none = await till.ask('PUT', '/api/settings', { body: { paperLanguage: 'en' } })
  assert.deepEqual([none.status, none.body.field], [400, 'paperLanguage'])
  await till.begin('shift-opening')
  await till.begin('sale', goods(500))
  await till.print()
  const [opening = '', sale = ''] = till.papers()
  assert.match(opening, /АДКРЫЦЦЁ ЗМЕНЫ/)
  assert.match(sale, /УСЯГО ДА АПЛАТЫ +5\.00 BYN/)
})

test('the API describes itself in the language asked for', async () => {
  const till = await openTill()
  for (const [language, summary] of [
    ['ru', 'Кто может войти'],
    ['be', 'Хто можа ўвайсці'],
    ['en', 'Who may sign in'],
  ] as const) {
    const { body } = await till.ask('GET', '/api/openapi.json', { language })
    assert.equal(body.paths['/api/users'].get.summary, summary)
  }
})
