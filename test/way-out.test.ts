import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RefusalName, refusalIn } from '#core/words/refusals.ts'
import { explore, type Found } from './way-out-search.ts'
import { openValueTill } from './way-out-till.ts'
import { nexts, type Rest, walk } from './way-out-walk.ts'

// A closing that cannot stick: from every state that the till and its device can be brought to, a
// closed shift is reached once faults are removed, and the steps that refusals name lead there.

/** A way that does not end, told so that it can be gone again. */
function told({ from }: Found, key: string, path: string[]): string {
  const back: string[] = []
  for (let at = from.get(key); at; at = from.get(at.key)) {
    back.unshift(`${at.press} ${JSON.stringify(at.change)}`)
  }
  return `after ${back.join(', ')}: ${path.join(' → ')}`
}

const rests: Omit<Rest, 'foreign'>[] = [
  { clearing: true, isLate: false, isOldUnsent: false },
  { clearing: false, isLate: true, isOldUnsent: true },
]

for (const foreign of [false, true]) {
  const whose = foreign ? 'a device that knows no operations' : 'our own device'
  test(`a closed shift is reached from every state, with ${whose}`, async (t) => {
    const till = openValueTill()
    const found = await explore(till, foreign)
    assert.ok(found.states.size > 2000, 'the search goes somewhere')
    let steps = 0
    for (const rest of rests) {
      const known = new Set<string>()
      for (const [key, state] of found.states) {
        const way = await walk(till, state, { rest: { ...rest, foreign }, known, first: null })
        steps += way.path.length
        assert.equal(way.stuck, null, told(found, key, way.path))
      }
    }
    const known = new Set<string>()
    const rest = { clearing: false, isLate: false, isOldUnsent: false, foreign }
    for (const { key, state, code } of found.turned.values()) {
      const way = await walk(till, state, { rest, known, first: code })
      steps += way.path.length
      assert.equal(way.stuck, null, told(found, key, way.path))
    }
    t.diagnostic(`${found.states.size} states, ${found.edges} edges, ${steps} steps of ways out`)
  })
}

test('what a refusal tells a person to do is the step that leads out', () => {
  for (const [code, { says }] of Object.entries(nexts)) {
    assert.match(refusalIn('ru', { code: code as RefusalName, facts: {} }).next, says)
  }
})
