import assert from 'node:assert/strict'
import { stripTypeScriptTypes } from 'node:module'
import { test } from 'node:test'
import { mutantsOf } from './mutants.ts'

const source = `import { type Thing } from './thing.ts'
type Large = 'large'
export function size(thing: Thing, bound = 3): Large | null {
  const { 37: long } = thing
  if (thing.size >= bound && thing.kinds?.every((kind) => kind !== '')) {
    note(thing.size)
    return 'large' satisfies Large
  }
  return { a: [null, ...thing.none], b: thing.other ?? null }.b
}
`

const without = (text: string) => text.replace(/\s/g, '')

test('every kind of change of a source is a mutant of it', () => {
  const { mutants } = mutantsOf('size.ts', source)
  const said = mutants.map(({ line, says }) => `${line} ${says}`)
  for (const expected of [
    '3 3 → 3 + 1',
    '5 thing.size >= bound → (thing.size) > (bound)',
    "5 kind !== '' → (kind) === ('')",
    '6 note(thing.size) → gone',
    '7 return undefined',
    "7 'large' → ''",
    '9 null → gone',
    '9 a: [null, ...thing.none] → gone',
    '9 thing.other ?? null → thing.other',
  ]) {
    assert.ok(said.includes(expected), `${expected} of ${said.join('\n')}`)
  }
  assert.ok(!said.some((words) => words.startsWith('1 ') || words.startsWith('2 ')))
})

test('with no mutant at work the source means what it meant', () => {
  const { all, mutants } = mutantsOf('size.ts', source)
  const numbers = [...all.matchAll(/__mutant\((\d+)\)/g)].map(([, number]) => Number(number))
  const unique = [...new Set(numbers)].sort((a, b) => a - b)
  assert.deepEqual(
    unique,
    mutants.map(({ number }) => number),
  )
  assert.doesNotThrow(() => stripTypeScriptTypes(all))
})

test('a mutant stands where its offsets say', () => {
  const { mutants } = mutantsOf('one.ts', 'export const one = (a: number) => a < 1\n')
  const changed = mutants.map(({ from, to, text }) =>
    without(`${'export const one = (a: number) => a < 1'.slice(0, from)}${text}|${to}`),
  )
  assert.ok(changed.includes('exportconstone=(a:number)=>(a)<=(1)|39'), changed.join('\n'))
})
