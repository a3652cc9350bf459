import assert from 'node:assert/strict'
import { kopecks } from '#core/money.ts'
import { DAY } from '#core/time.ts'
import { aDocument, sealWith } from '#test/fixtures.ts'
import { aClient, aStaff, aVisitor, codeOf, doneOf, type Ground } from './suite-ground.ts'

/** What is wrong with devices, as the operator's people see it. */
export const findingPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'what is refused is counted by device, cause and day, and outlives the process': async (
    ground,
  ) => {
    const { cabinet, email } = await aStaff(ground)
    const { api, device, registerNumber: register, chain } = await aClient(ground)
    const documents = chain(4)
    for (let time = 0; time < 3; time++) {
      await api.submit({ device, documents: documents.slice(2) })
    }
    doneOf(await cabinet.block({ register, reason: 'долг' }))
    await api.submit({ device, documents })
    const found = async () => {
      const { findings } = doneOf(await cabinet.findings({ kind: 'refused', register }))
      return findings.map(({ code, count, number }) => [code, count, number])
    }
    assert.deepEqual((await found()).toSorted(), [
      ['document.gap', 3, 3],
      ['register.blocked', 1, null],
    ])
    doneOf(await cabinet.unblock({ register }))
    ground.clock.advance(DAY)
    await api.submit({ device, documents: documents.slice(2) })
    doneOf(await cabinet.signIn({ email, password: 'demo' }))
    assert.deepEqual((await found())[0], ['document.gap', 1, 3])
    assert.equal((await found()).length, 3)
    ground.clock.advance(401 * DAY)
    await api.submit({ device, documents: documents.slice(2) })
    doneOf(await cabinet.signIn({ email, password: 'demo' }))
    assert.deepEqual(await found(), [['document.gap', 1, 3]], 'the memory is bounded')
  },

  'forks and marked documents are shown with what the device signed, page by page': async (
    ground,
  ) => {
    const { cabinet } = await aStaff(ground)
    const { api, device, registerNumber: register, unp, key, issuer, chain } = await aClient(ground)
    const documents = chain(4, (n) => (n === 3 ? { at: 0 } : {}))
    await api.submit({ device, documents })
    for (const number of [1, 2, 3]) {
      const other = sealWith(aDocument({ number, issuer, sum: kopecks(7) }), key)
      await api.submit({ device, documents: [other] })
    }
    const seen: (number | null)[] = []
    let before: string | undefined
    do {
      const page = doneOf(await cabinet.findings({ kind: 'fork', register, limit: 1, before }))
      for (const { number, sealed, stored, code } of page.findings) {
        seen.push(number)
        assert.equal(code, 'document.diverges')
        assert.equal(stored, documents[(number ?? 0) - 1]?.hash)
        assert.match(sealed?.body ?? '', /"sum":7/)
      }
      before = page.next ?? undefined
    } while (before)
    assert.deepEqual(seen, [3, 2, 1])
    const { findings: marked } = doneOf(await cabinet.findings({ kind: 'marked', register }))
    assert.deepEqual(
      marked.map(({ number, marks, unp: whose }) => [number, marks, whose]),
      [[3, ['wrong-time'], unp]],
    )
    const { findings: lost } = doneOf(await cabinet.findings({ kind: 'lost', register }))
    assert.deepEqual(lost, [])
    const { acts } = doneOf(await cabinet.acts({ register, what: 'looked' }))
    assert.equal(acts[0]?.target, 'lost', 'each look is written down')
    for (const cursor of ['1', '1 1 x', '9 9 9 ']) {
      const bad = await cabinet.findings({ kind: 'fork', before: cursor })
      assert.equal(bad.kind === 'invalid' && bad.field, 'before')
    }
  },

  'a client sees no findings, not even of its own devices': async (ground) => {
    const { cabinet, registerNumber: register } = await aVisitor(ground)
    const answer = await cabinet.findings({ kind: 'fork', register })
    assert.equal(codeOf(answer), 'right.required')
  },
}
