import assert from 'node:assert/strict'
import { randomUUID, sign } from 'node:crypto'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { uidOf } from '#core/document/uid.ts'
import { kopecks } from '#core/money.ts'
import { isAttested } from '#core/operator/statement.ts'
import { believesOperator } from '#shop/enrolment.ts'
import { aDocument, anIssuer, hashOf, sealWith } from '#test/fixtures.ts'
import { sowOperator } from './seed.ts'
import { aClient, aVisitor, type Ground, inProcess, storedIn } from './suite-ground.ts'

/** What the operator signs, what it keeps as evidence, and whom it shows that (V2, V3, R29). */
export const trustPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'an outcome is signed for who asks, what he asks and when': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const operation = randomUUID()
    const documents = chain(3, (n) => (n === 2 ? { operation } : {}))
    await api.submit({ device, documents })
    const ask = async (of: string, expected: number) => {
      const answer = await api.outcome({ device, operation: of, expected, nonce: 'question 1' })
      assert.ok(answer.kind === 'done' && answer.value.proof)
      assert.ok(isAttested(answer.value.proof, believesOperator))
      return answer.value.proof.statement
    }
    const found = await ask(operation, 2)
    const { hash, before, verdict, nonce } = found
    assert.deepEqual([verdict, nonce], ['done', 'question 1'])
    assert.deepEqual([hash, before], [documents[1]?.hash, documents[0]?.hash])
    const other = randomUUID()
    const absent = await ask(other, 3)
    assert.deepEqual([absent.verdict, absent.operation, absent.hash], ['never', other, null])
    assert.equal(absent.before, documents[1]?.hash)
    assert.equal((await ask(other, 4)).verdict, 'cannot-tell')
    assert.equal((await ask(other, 3_000_000_000)).verdict, 'cannot-tell')
  },

  'a head is signed for who asks': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const documents = chain(2)
    await api.submit({ device, documents })
    const answer = await api.head({ device, nonce: 'question 1' })
    assert.equal(storedIn(answer), 2)
    const { statement } = (answer.kind === 'done' && answer.value.proof) || {}
    const { hash, nonce, device: named } = statement ?? {}
    assert.deepEqual([named, hash, nonce], [device, documents[1]?.hash, 'question 1'])
  },

  'a document that cannot be read is stored as it is, and the chain goes on': async (ground) => {
    const { api, cabinet, device, key, chain, registerNumber } = await aVisitor(ground)
    const [one] = chain(1)
    assert.ok(one)
    const body = JSON.stringify({ v: 2, number: 2, previous: one.hash, goods: 'новое' })
    const hash = hashOf(body)
    const signature = `ed25519:${sign(null, Buffer.from(body), key.privateKey).toString('base64')}`
    const strange = { body, hash, signature, number: 2, uid: uidOf(hash, registerNumber) }
    const next = sealWith(aDocument({ number: 3, issuer: anIssuer(), previous: hash }), key)
    const three = { ...next, uid: uidOf(next.hash, 100_000_001) }
    assert.equal(storedIn(await api.submit({ device, documents: [one, strange, three] })), 3)
    const listed = await cabinet.documents({})
    assert.ok(listed.kind === 'done')
    const told = listed.value.documents.map(({ number, kind, marks }) => [number, kind, marks])
    assert.deepEqual(told.toSorted(), [
      [1, 'shift-opening', []],
      [2, null, ['unreadable']],
      [3, 'sale', ['other-device', 'other-register', 'other-client']],
    ])
    const opened = await cabinet.document({ uid: strange.uid })
    assert.ok(opened.kind === 'done')
    assert.deepEqual([opened.value.document, opened.value.body], [null, body])
    const evidence = await cabinet.evidence({})
    assert.ok(evidence.kind === 'done')
    assert.deepEqual(evidence.value.marked.map(({ number }) => number).toSorted(), [2, 3])
    // It may be the operation that is asked for: nobody denies it.
    const asked = { device, operation: randomUUID(), expected: 2 }
    const outcome = await api.outcome(asked)
    assert.equal(outcome.kind === 'done' && outcome.value.verdict, 'cannot-tell')
  },

  'what names another client is never listed under it': async (ground) => {
    const mine = await aVisitor(ground)
    const foreign = await aVisitor(ground)
    const documents = foreign.chain(2, () => ({ issuer: mine.issuer }))
    assert.equal(storedIn(await foreign.api.submit({ device: foreign.device, documents })), 2)
    const seen = await mine.cabinet.documents({})
    assert.deepEqual(seen, { kind: 'done', value: { documents: [], next: null } })
    const opened = await mine.cabinet.document({ uid: documents[0]?.uid ?? '' })
    assert.equal(opened.kind === 'refused' && opened.code, 'document.unknown')
    const own = await foreign.cabinet.document({ uid: documents[0]?.uid ?? '' })
    assert.deepEqual(own.kind === 'done' && own.value.marks, [
      'other-device',
      'other-register',
      'other-client',
    ])
  },

  'figures that no column holds stop no device': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const strange: Partial<FiscalDocument>[] = [
      { shift: 3_000_000_000 },
      { operation: 'x'.repeat(10_000) },
      { at: 8_000_000_000_000_000 },
      { cashier: 'я'.repeat(100_000) },
    ]
    const documents = chain(4, (n) => strange[n - 1] ?? {})
    assert.equal(storedIn(await api.submit({ device, documents })), 4)
  },

  'a fork is kept whole and told to the client and to staff': async (ground) => {
    const { api, cabinet, device, key, issuer, chain, registerNumber } = await aVisitor(ground)
    const documents = chain(3)
    await api.submit({ device, documents })
    const two = sealWith(
      aDocument({ number: 2, issuer, sum: kopecks(1), previous: documents[0]?.hash ?? '' }),
      key,
    )
    const three = sealWith(aDocument({ number: 3, issuer, previous: two.hash }), key)
    const answer = await api.submit({ device, documents: [two, three] })
    assert.equal(answer.kind === 'refused' && answer.code, 'document.diverges')
    const registers = await cabinet.registers({})
    assert.ok(registers.kind === 'done' && registers.value.registers[0]?.forked)
    const email = `watch-${registerNumber}@demo.by`
    const account = { email, password: 'demo', role: 'staff', unp: null } as const
    await sowOperator(ground.db, { clients: [], accounts: [account], registers: [], devices: [] })
    const staff = client(operatorCabinetApi, inProcess(ground.app))
    await staff.signIn({ email, password: 'demo' })
    for (const who of [cabinet, staff]) {
      const evidence = await who.evidence({})
      assert.ok(evidence.kind === 'done')
      const seen = evidence.value.forks.filter((each) => each.device === device)
      assert.deepEqual(seen.map(({ number, body, stored }) => [number, body, stored]).toSorted(), [
        [2, two.body, documents[1]?.hash],
        [3, three.body, documents[2]?.hash],
      ])
    }
    const foreign = await aVisitor(ground)
    const nothing = await foreign.cabinet.evidence({})
    assert.deepEqual(nothing.kind === 'done' && nothing.value.forks, [])
  },

  'an operator that is shown its own word for more than it holds says that it was put back': async (
    ground,
  ) => {
    const { api, cabinet, device, chain } = await aVisitor(ground)
    const documents = chain(3)
    const before = await api.submit({ device, documents })
    const held = before.kind === 'done' ? before.value.proof : undefined
    await ground.db.query('delete from document where device = $1 and number > 1', [device])
    await ground.db.query('update device set number = 1, hash = $2 where device = $1', [
      device,
      documents[0]?.hash,
    ])
    const isForgotten = async () => {
      const answer = await cabinet.registers({})
      return answer.kind === 'done' && answer.value.registers[0]?.forgotten
    }
    assert.equal(await isForgotten(), false)
    const forged = held && { ...held, statement: { ...held.statement, number: 9 } }
    await api.submit({ device, documents: documents.slice(1, 2), held: forged })
    assert.equal(await isForgotten(), false, 'a signature that is none says nothing')
    await api.submit({ device, documents: documents.slice(1, 2), held })
    assert.equal(await isForgotten(), true)
    await api.submit({ device, documents, held })
    assert.equal(await isForgotten(), false, 'all of it is there again')
    const evidence = await cabinet.evidence({})
    assert.ok(evidence.kind === 'done')
    const [{ number, held: had } = {}, ...more] = evidence.value.forgotten
    assert.deepEqual([number, had, more], [3, 2, []])
  },
}
