import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE, SECOND } from '#core/time.ts'
import { memoryPostgres } from '#test/embedded-postgres.ts'
import { aClock, NOW } from '#test/fixtures.ts'
import { prepareOperatorDb } from './store/ingest.ts'
import { trafficSince } from './store/overview.ts'
import { openTraffic } from './traffic.ts'

test('what several gateways count in a minute adds up, and nothing is counted twice', async () => {
  const db = await memoryPostgres()
  await prepareOperatorDb(db)
  const clock = aClock()
  const gateways = [openTraffic(db, clock), openTraffic(db, clock)]
  for (const { note } of gateways) {
    note({ accepted: 3, refused: 0 })
    note({ accepted: 2, refused: 1 })
  }
  for (const { flush } of [...gateways, ...gateways]) await flush()
  clock.advance(MINUTE)
  gateways[0]?.note({ accepted: 1, refused: 0 })
  await gateways[0]?.flush()
  assert.deepEqual(await trafficSince(db, NOW), [
    { at: NOW, accepted: 10, refused: 2 },
    { at: NOW + MINUTE, accepted: 1, refused: 0 },
  ])
  await db.close()
})

test('what could not be written is written with the next', async () => {
  const db = await memoryPostgres()
  const clock = aClock()
  const { note, flush } = openTraffic(db, clock)
  note({ accepted: 4, refused: 0 })
  await flush()
  await prepareOperatorDb(db)
  clock.advance(SECOND)
  note({ accepted: 1, refused: 0 })
  await flush()
  assert.deepEqual(await trafficSince(db, 0), [{ at: NOW, accepted: 5, refused: 0 }])
  await db.close()
})
