import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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

// R33: the clock is put right by hand, by a time server, or by whoever starts a machine.
test('a reversal is repeated in its own time, however the clock is set meanwhile', async () => {
  const HOURS_8 = 8 * 3_600_000
  const happening = fc.oneof(
    fc.record({ jumpMs: fc.constantFrom(-HOURS_8, HOURS_8, -60_000, 1000) }),
    fc.record({ passMs: fc.integer({ min: 1000, max: 20_000 }) }),
  )
  const till = await openTill()
  await till.begin('shift-opening')
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
      till.set({ requestsLost: 1 })
      const { body } = await till.begin('sale', {
        ...goods(500),
        payments: [{ means: 'card', sum: 500 }],
      })
      assert.equal(body.state, 'reversing')
      let heard = 0
      till.bank.overhear(() => {
        heard += 1
      })
      till.set({ bankAnswersLost: 1000 })
      await till.reverseDue()
      let sinceTry = 0
      let jumped = 0
      for (const each of happenings) {
        if ('jumpMs' in each) {
          jumped += each.jumpMs
          till.clock.jump(each.jumpMs)
        } else {
          till.clock.advance(each.passMs)
          sinceTry += each.passMs
        }
        const before = heard
        await till.reverseDue()
        // Thirty seconds are the longest rest between two tries.
        assert.ok(heard > before || sinceTry < 30_000)
        if (heard > before) sinceTry = 0
      }
      till.set({ bankAnswersLost: 0 })
      till.clock.jump(-HOURS_8)
      till.clock.advance(30_000)
      await till.reverseDue()
      assert.equal((await till.view(body.id)).state, 'cancelled')
      till.clock.jump(HOURS_8 - jumped)
    }),
    { numRuns: 12 },
  )
})
