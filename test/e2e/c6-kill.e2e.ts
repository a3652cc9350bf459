import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { OperationView } from '#core/api/register.ts'
import type { ProcessName } from '#core/api/stand.ts'
import { bread, carryOut, done, newId, openShop, until } from './shop.ts'

const shop = await openShop('embedded')

/** Who dies, and how many milliseconds after the request went out. */
const deaths: { killed: ProcessName[]; afterMs: number }[] = [
  { killed: ['register'], afterMs: 0 },
  { killed: ['register'], afterMs: 4 },
  { killed: ['sko'], afterMs: 2 },
  { killed: ['sko'], afterMs: 8 },
  { killed: ['register', 'sko'], afterMs: 3 },
  { killed: ['register', 'sko'], afterMs: 12 },
  { killed: ['operator'], afterMs: 5 },
  { killed: ['register', 'sko', 'operator'], afterMs: 6 },
]

const request = (id: string) => ({
  id,
  kind: 'sale' as const,
  lines: [{ code: bread.code, quantity: 1000 }],
  payments: [{ means: 'cash' as const, sum: bread.price }],
})

/** A careful program: the same id again until the register says how it ended (R1). */
const repeated = (id: string): Promise<OperationView> =>
  until(`исход ${id}`, async () => {
    const begun = await shop.register.begin(request(id))
    const answer = begun.kind === 'done' ? begun : await shop.register.operation({ id })
    if (answer.kind !== 'done') return undefined
    if (answer.value.state === 'waiting') await shop.register.continue({ id })
    const { state } = answer.value
    return state === 'registered' || state === 'failed' ? answer.value : undefined
  })

test('whoever is killed in the middle of a sale, there is one document for each id', async () => {
  await carryOut(shop, 'shift-opening')
  const made: string[] = []
  for (const { killed, afterMs } of deaths) {
    const id = newId()
    const underWay = shop.register.begin(request(id))
    await pause(afterMs)
    await Promise.all(killed.map((name) => shop.kill(name)))
    await underWay
    await Promise.all(killed.map((name) => shop.start(name)))
    const view = await repeated(id)
    if (view.state === 'registered') made.push(id)
    else assert.deepEqual([view.message?.code, view.uid], ['operation.never', null])
  }
  const another = newId()
  assert.equal((await repeated(another)).state, 'registered', 'work goes on')
  await check([...made, another])
})

async function check(ids: readonly string[]): Promise<void> {
  const device = shop.deviceDocuments().filter(({ kind }) => kind === 'sale')
  assert.deepEqual(device.map(({ operation }) => operation).sort(), [...ids].sort())
  const sum = ids.length * bread.price
  const { cash, skoCash, discrepancy } = done(await shop.register.facts({}))
  assert.deepEqual({ cash, skoCash, discrepancy }, { cash: sum, skoCash: sum, discrepancy: 0 })

  const stored = await until('все продажи у оператора', async () => {
    const answer = await shop.operator.documents({ kind: 'sale' })
    const documents = answer.kind === 'done' ? answer.value.documents : []
    return documents.length >= ids.length ? documents : undefined
  })
  const listed = done(await shop.register.operations({ kind: 'sale' })).operations
  const uids = (rows: readonly { uid: string | null }[]) => rows.map(({ uid }) => uid).sort()
  assert.deepEqual(uids(stored), uids(device))
  assert.deepEqual(uids(listed), uids(device))
  assert.equal(
    stored.reduce((total, document) => total + (document.sum ?? 0), 0),
    sum,
  )
  for (const { uid } of device) await shop.paperWith(uid)
}
