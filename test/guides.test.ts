import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

// The guides are held to the till: a picture that is gone, or a button that is called otherwise
// by now, is a step that nobody can follow.

const docs = join(import.meta.dirname, '..', 'docs')
const words = join(import.meta.dirname, '..', 'core', 'words')
const guides = ['guide-cashier.md', 'guide-administrator.md'].map((name) => ({
  name,
  text: readFileSync(join(docs, name), 'utf8'),
}))
const told = readdirSync(words, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:^|\/|-)ru\.ts$/.test(path))
  .map((path) => readFileSync(join(words, path), 'utf8'))
  .join('\n')

test('every picture of the guides exists, is small, and is shown somewhere', () => {
  const shown = guides.flatMap(({ text }) =>
    [...text.matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g)].map(([, name = '']) => name),
  )
  const kept = readdirSync(join(docs, 'pictures'))
  assert.ok(shown.length > 20)
  assert.deepEqual([...new Set(shown)].toSorted(), kept.toSorted())
  const large = kept.filter((name) => statSync(join(docs, 'pictures', name)).size > 60_000)
  assert.deepEqual(large, [])
})

/** What stands in «» and is no word of the till: what one types, says, or reads elsewhere. */
const others = new Set([
  '5.50',
  '10%',
  'Что делать, если…',
  'на всякий случай',
  // Cases of the till's words, and words with a figure in them.
  'Главном меню',
  'Настройках',
  'Чеках',
  'Отложенных чеках',
  'Обслуживании',
  'Аварийную коррекцию',
  'Не отправлено',
  'Ещё 1',
  'Документ № … оформлен',
  'разошлись',
])

for (const { name, text } of guides) {
  test(`every screen and button that ${name} names is called so at the till`, () => {
    const named = [...text.matchAll(/«([^«»]+)»/g)].map(([, words = '']) => words)
    assert.ok(named.length > 40)
    const unknown = named.filter((each) => !others.has(each) && !told.includes(each))
    assert.deepEqual([...new Set(unknown)], [])
  })
}

test('the guides link to what is there', () => {
  for (const { name, text } of guides) {
    for (const [, path = ''] of text.matchAll(/\]\(([^)#]+\.md)\)/g)) {
      assert.ok(existsSync(join(docs, path)), `${name}: ${path}`)
    }
  }
})
