import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send, SentAnswer, SentRequest } from '#core/api/client.ts'
import { type Asker, openProofs, PROOF, proofKeys, provenSend } from './proof.ts'
import { sha256 } from './secret.ts'

const secret = sha256('a secret')
const keys = proofKeys(secret, 'AVQ 1')
const request = { method: 'POST', path: '/tsrv', body: '{"a":1}' }
const answered = { status: 200, body: 'ok' }

/** What a proved request looks like on the line. */
async function sentOf(asked: SentRequest = request, by = keys, asker = 'AVQ 1') {
  const sent: SentRequest[] = []
  const send: Send = async (one) => {
    sent.push(one)
    return { lost: 'no answer' }
  }
  await provenSend(send, { keys: by, asker })(asked)
  const [first] = sent
  assert.ok(first)
  return first
}
const reader = () => openProofs((asker) => (asker === 'AVQ 1' ? keys : null))
const shownIn = ({ headers }: SentRequest) => headers?.[PROOF] ?? ''

/** What the asker makes of an answer that the far end gives, given the true proof. */
async function heardBy(alter: (answer: SentAnswer, asker: Asker) => SentAnswer) {
  const askedBy = reader()
  const send: Send = async (one) => {
    const asker = askedBy(one, one.headers?.[PROOF])
    assert.ok(asker)
    return alter({ ...answered, headers: { [PROOF]: asker.prove(answered) } }, asker)
  }
  return provenSend(send, { keys, asker: 'AVQ 1' })(request)
}

test('a proved request is its asker’s, and its proved answer is heard', async () => {
  const sent = await sentOf()
  assert.equal(reader()(sent, shownIn(sent))?.asker, 'AVQ 1')
  const heard = await heardBy((answer) => answer)
  assert.ok('status' in heard && heard.body === 'ok')
})

test('whatever of a request is changed, it is nobody’s', async () => {
  const sent = await sentOf()
  const shown = shownIn(sent)
  const changed: SentRequest[] = [
    { ...sent, body: '{"a":2}' },
    { ...sent, body: undefined },
    { ...sent, path: '/tsrv2' },
    { ...sent, method: 'PUT' },
  ]
  for (const one of changed) assert.equal(reader()(one, shown), null, JSON.stringify(one))
  for (let i = 0; i < shown.length; i += 1) {
    const other = shown[i] === 'A' ? 'B' : 'A'
    assert.equal(reader()(sent, shown.slice(0, i) + other + shown.slice(i + 1)), null, `byte ${i}`)
  }
  for (const none of [undefined, '', '1', `${shown} more`, shown.replace('AVQ%201', '%')]) {
    assert.equal(reader()(sent, none), null)
  }
  const strangers = await sentOf(request, proofKeys(sha256('a guess'), 'AVQ 1'))
  assert.equal(reader()(strangers, shownIn(strangers)), null)
})

test('a request that was seen is nobody’s, and how many are remembered is bounded', async () => {
  const askedBy = reader()
  const first = await sentOf()
  assert.ok(askedBy(first, shownIn(first)))
  assert.equal(askedBy(first, shownIn(first)), null)
  for (let i = 0; i < 8192; i += 1) {
    const one = await sentOf()
    assert.ok(askedBy(one, shownIn(one)))
  }
  assert.ok(askedBy(first, shownIn(first)), 'the oldest is forgotten')
})

test('an answer that is changed, unproved or of another request is none', async () => {
  const other = await sentOf({ ...request, body: 'other' })
  const bad: Parameters<typeof heardBy>[0][] = [
    (answer) => ({ ...answer, body: 'no' }),
    (answer) => ({ ...answer, status: 201 }),
    ({ status, body }) => ({ status, body }),
    (answer) => ({ ...answer, headers: { [PROOF]: '' } }),
    (answer) => ({ ...answer, headers: { [PROOF]: ['a', 'b'] } }),
    (answer) => ({ ...answer, headers: { [PROOF]: shownIn(other).split(' ')[3] } }),
    (answer) => ({
      ...answer,
      headers: { [PROOF]: reader()(other, shownIn(other))?.prove(answered) },
    }),
  ]
  for (const alter of bad) assert.deepEqual(Object.keys(await heardBy(alter)), ['unproven'])
})

test('whoever stands on the way and answers for it claims nothing', async () => {
  for (const status of [429, 500, 503]) {
    assert.deepEqual(await heardBy(() => ({ status, body: '' })), { lost: `status ${status}` })
  }
})

test('each direction and each asker has keys of its own', () => {
  const hex = (key: (typeof keys)['request']) => key.export().toString('hex')
  const all = [keys, proofKeys(secret, 'AVQ 2')].flatMap(({ request, answer }) => [
    hex(request),
    hex(answer),
  ])
  assert.equal(new Set(all).size, 4)
  for (const one of all) assert.equal(one.length, 64)
})
