import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '#core/iso8583/codec.ts'
import { goods, openTill } from '#test/till.ts'

/** A till with a charged sale to undo, and the reversals that leave for the bank from now on. */
async function aReversal() {
  const till = await openTill()
  const sent: { type: string; stan: string | undefined; of: string | undefined }[] = []
  till.bank.overhear((frame) => {
    const read = decode(frame)
    if (read.kind === 'message' && read.message.type.startsWith('142')) {
      const { type, fields } = read.message
      sent.push({ type, stan: fields[11], of: fields[56] })
    }
  })
  await till.begin('shift-opening')
  till.set({ requestsLost: 1 })
  const payments = [{ means: 'card', sum: 500 }]
  const { body } = await till.begin('sale', { ...goods(500), payments })
  assert.equal(body.state, 'reversing')
  return { till, sent, id: body.id as string, types: () => sent.map(({ type }) => type) }
}

test('a reversal whose answer was lost is repeated as a repeat, under the same marks', async () => {
  const { till, sent, id, types } = await aReversal()
  till.set({ bankAnswersLost: 2 })
  for (let i = 0; i < 3; i += 1) await till.reverse()
  assert.deepEqual(types(), ['1420', '1421', '1421'])
  assert.equal(new Set(sent.map(({ stan, of }) => `${stan} ${of}`)).size, 1)
  assert.equal((await till.view(id)).state, 'cancelled')
  await till.reverse()
  assert.equal(sent.length, 3, 'the final word ends the repeats')
  assert.equal(await till.bank.charged(), 0)
})

test('a start knows of no earlier try: the reversal goes as new, under its old marks', async () => {
  const { till, sent, types } = await aReversal()
  till.set({ bankAnswersLost: 2 })
  await till.reverse()
  await till.restart()
  await till.reverse()
  await till.reverse()
  assert.deepEqual(types(), ['1420', '1420', '1421'])
  assert.equal(new Set(sent.map(({ stan, of }) => `${stan} ${of}`)).size, 1)
})
