import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '#core/api/client.ts'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import type { OperationId } from '#core/id.ts'
import type { Measure } from '#core/operator/measure.ts'
import { type Held, outcomeOf } from '#core/operator/outcome.ts'
import { acknowledge, attest, type MeasuresStatement } from '#core/operator/statement.ts'
import { silentLog } from '#services/runtime/log.ts'
import { operatorKeyOf } from '#services/runtime/operator-keys.ts'
import { believesOperator, newKey, operatorKey } from '#shop/enrolment.ts'
import {
  aDocument,
  aKey,
  anEnrolledDevice,
  anIssuer,
  anOperation,
  NOW,
  sealWith,
} from '#test/fixtures.ts'
import { openOperatorLink } from './operator.ts'
import { openSeals } from './seal.ts'

const TOKEN = anIssuer().device
const operation = anOperation({ expected: 7 })
const key = aKey()
const documentOf = (change: Partial<FiscalDocument> = {}): Sealed =>
  sealWith(aDocument({ number: 7, operation: operation.id, ...change }), key)
const sealed = documentOf()
const before = 'a'.repeat(64)
const nothing: Held = {
  number: 7,
  found: null,
  before,
  unreadable: false,
  word: null,
  retired: false,
}

type Question = { device: string; operation: OperationId; expected: number; nonce: string }
const truly = (asked: Question, held = nothing, key = operatorKey) =>
  outcomeOf(asked, held, { key, at: NOW })

/** A link whose far end answers by hand; it knows the document ahead of the number expected. */
function aLink(answer: (asked: Question) => object, own: string | null = before) {
  const checks: boolean[] = []
  let nonces = 0
  const send: Send = async ({ path, body = '{}' }) => {
    const url = new URL(path, 'http://operator')
    const [, , , device = '', , of] = url.pathname.split('/')
    const { nonce: sent = '' } = JSON.parse(body)
    const nonce = url.searchParams.get('nonce') ?? sent
    const expected = Number(url.searchParams.get('expected'))
    const asked = { device, operation: of as OperationId, expected, nonce }
    return { status: 200, body: JSON.stringify(answer(asked)) }
  }
  const link = openOperatorLink({
    send,
    device: anEnrolledDevice(key),
    sealedAt: null,
    seals: openSeals(anEnrolledDevice(key)),
    log: silentLog,
    verify: believesOperator,
    ownSign: () => '',
    nonce: () => {
      nonces += 1
      return `question ${nonces}`
    },
    hashAt: (number) => (number === 6 ? own : null),
    now: () => NOW,
    checked: (passed) => checks.push(passed),
  })
  return { link, checks }
}

test('what the operator signed in answer to this question is believed', async () => {
  const never = aLink((asked) => truly(asked))
  assert.deepEqual(await never.link.outcome(operation), { verdict: 'never' })
  const done = aLink((asked) => truly(asked, { ...nothing, found: sealed }))
  const found = await done.link.outcome(operation)
  assert.equal(found.verdict === 'done' && found.signed.document.number, 7)
  assert.ok([...never.checks, ...done.checks].every((passed) => passed))
})

const stranger = operatorKeyOf(newKey())
const other = '0197a2b4-0000-7000-8000-000000000002' as OperationId
const impostors: [string, (asked: Question) => object][] = [
  ['says «never» without a signature', () => ({ verdict: 'never' })],
  ['signs «never» with another key', (asked) => truly(asked, nothing, stranger)],
  ['repeats an old «never»', (asked) => truly({ ...asked, nonce: 'question 0' })],
  ['repeats the «never» of another operation', (asked) => truly({ ...asked, operation: other })],
  ['repeats the «never» of another device', (asked) => truly({ ...asked, device: 'SKO0000002' })],
  ['repeats the «never» of an earlier number', (asked) => truly({ ...asked, expected: 6 })],
  [
    'makes a «never» of the signed «cannot tell»',
    (asked) => ({ ...truly(asked, { ...nothing, number: 6 }), verdict: 'never' }),
  ],
  [
    'alters what was signed',
    (asked) => {
      const told = truly(asked, { ...nothing, number: 6 })
      const statement = { ...told.proof?.statement, verdict: 'never' }
      return { verdict: 'never', proof: { ...told.proof, statement } }
    },
  ],
  ['shows a document without a signature', () => ({ verdict: 'done', sealed })],
]
for (const [what, answer] of impostors) {
  test(`somebody in the operator’s place who ${what} decides nothing and is told of`, async () => {
    const { link, checks } = aLink(answer)
    assert.deepEqual(await link.outcome(operation), { verdict: 'distrusted' })
    assert.deepEqual(checks, [false])
  })
}

test('another document than the one that was signed for is none', async () => {
  const another = documentOf({ cashier: 'Б' })
  const { link } = aLink((asked) => ({
    ...truly(asked, { ...nothing, found: sealed }),
    sealed: another,
  }))
  assert.deepEqual(await link.outcome(operation), { verdict: 'distrusted' })
})

test('a «never» of other documents than these proves nothing', async () => {
  const { link, checks } = aLink((asked) => truly(asked), 'b'.repeat(64))
  assert.deepEqual(await link.outcome(operation), { verdict: 'cannot-tell', word: null })
  assert.deepEqual(checks, [true], 'it is the operator all the same')
  const unknown = aLink((asked) => truly(asked), null)
  assert.deepEqual(await unknown.link.outcome(operation), { verdict: 'never' })
})

test('only the operator itself answers in its own place', async () => {
  const head = (asked: Question, nonce = asked.nonce) => ({
    acknowledged: 1,
    proof: acknowledge(
      { device: TOKEN, number: 1, hash: before },
      { key: operatorKey, at: 1, nonce },
    ),
  })
  const itself = aLink((asked) => head(asked))
  assert.equal(await itself.link.answers(), true)
  const old = aLink((asked) => head(asked, 'question 0'))
  assert.equal(await old.link.answers(), false)
  const bare = aLink(() => ({ acknowledged: 1 }))
  assert.equal(await bare.link.answers(), false)
  assert.deepEqual([...itself.checks, ...old.checks, ...bare.checks], [true, false, false])
})

const calm = { red: 0, redSince: null }
const measures: Measure[] = [{ kind: 'block', reason: 'долг', from: NOW, till: null }]
const measured = (asked: Question, change: Partial<MeasuresStatement> = {}, key = operatorKey) => {
  const about = { device: TOKEN, registerNumber: anIssuer().registerNumber, measures }
  const said = { says: 'measures', ...about, at: NOW, nonce: asked.nonce, ...change } as const
  return { proof: attest(said, key) }
}

test('what stands against the register is believed as it was signed just now', async () => {
  const { link, checks } = aLink((asked) => measured(asked))
  assert.deepEqual((await link.measures(calm))?.statement.measures, measures)
  assert.deepEqual(checks, [true])
})

const liars: [string, (asked: Question) => object][] = [
  ['says so without a signature', () => ({})],
  ['signs with another key', (asked) => measured(asked, {}, stranger)],
  ['repeats an old word', (asked) => measured(asked, { nonce: 'question 0' })],
  ['speaks of another device', (asked) => measured(asked, { device: 'SKO0000002' })],
  ['speaks of another register', (asked) => measured(asked, { registerNumber: 100_000_002 })],
  [
    'takes a block out of what was signed',
    (asked) => {
      const { proof } = measured(asked)
      return { proof: { ...proof, statement: { ...proof.statement, measures: [] } } }
    },
  ],
]
for (const [what, answer] of liars) {
  test(`somebody in the operator’s place who ${what} lifts no block and is told of`, async () => {
    const { link, checks } = aLink(answer)
    assert.equal(await link.measures(calm), null)
    assert.deepEqual(checks, [false])
  })
}
