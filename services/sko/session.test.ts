import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { HOUR } from '#core/time.ts'
import { aService, FREE, sale, TILL } from '#test/tsrv-client.ts'

// Sessions of foreign clients: whose they are, and when they end.

test('one client holds the session and proves it by the hash', async () => {
  const { ok, fault } = await aService()
  const sid = String(await ok('init_session', undefined, { token: undefined, sid: 'stale' }))
  const md5 = createHash('md5').update(sid).digest('hex').toUpperCase()
  assert.equal(await ok('get_active_session_hash'), md5)
  assert.equal(await fault('get_token_state', undefined, { sid: 'other' }), 'SM_INVALID_SESSION')
  await ok('authorize', { pin: '1234' }, { sid })
  assert.equal(await fault('init_session'), 'SM_SESSION_EXISTS')
  assert.equal(await ok('get_active_session_hash'), md5)
  assert.equal(await fault('get_token_state'), 'SM_SID_NOT_FOUND')
  assert.equal(await fault('get_token_state', undefined, { sid: 'other' }), 'SM_INVALID_SESSION')
  await ok('open_shift', undefined, { sid })
})

test('a session that nobody has shown the PIN in keeps nobody out', async () => {
  const { ok, fault } = await aService()
  for (let i = 0; i < 5; i += 1) await ok('init_session')
  const sid = String(await ok('init_session'))
  await ok('init_session')
  assert.equal(await ok('get_token_state', undefined, { sid }), null)
  await ok('authorize', { pin: '1234' }, { sid })
  await ok('open_shift', undefined, { sid })
  assert.equal(await fault('init_session'), 'SM_SESSION_EXISTS')
})

test('the PIN of one client opens the device for nobody else', async () => {
  const { ok, fault } = await aService()
  const sid = String(await ok('init_session'))
  const other = String(await ok('init_session'))
  await ok('authorize', { pin: '1234' }, { sid })
  assert.equal(await fault('open_shift'), 'SM_SID_NOT_FOUND')
  assert.equal(await fault('open_shift', undefined, { sid: other }), 'SM_INVALID_SESSION')
  await ok('open_shift', undefined, { sid })
  await ok('logout', undefined, { sid })
  assert.equal(await fault('close_shift', undefined, { sid }), 'SM_SID_NOT_FOUND')
  assert.equal(await fault('close_shift'), 'AVQFR_SESSION_NOT_AUTHORIZED')
})

test('a session ends by itself once its client is gone', async () => {
  const { ok, fault, world } = await aService()
  const sid = String(await ok('init_session'))
  await ok('authorize', { pin: '1234' }, { sid })
  world.time += 11 * HOUR
  await ok('open_shift', undefined, { sid })
  world.time += 11 * HOUR
  await ok('get_token_state', undefined, { sid })
  world.time += 13 * HOUR
  assert.equal(await fault('create_sale', sale(), { sid }), 'SM_SID_NOT_FOUND')
  await ok('init_session')
})

test('nothing is given up on a device without its PIN', async () => {
  const { ok, fault, authorize, store } = await aService()
  const id = { operation_id: randomUUID() }
  assert.equal(await fault('abandon', undefined, id), 'AVQFR_SESSION_NOT_AUTHORIZED')
  assert.equal((await ok('outcome', undefined, id)).verdict, 'unknown')
  await authorize()
  assert.equal((await ok('abandon', undefined, id)).verdict, 'never')
  store.close()
})

test('a till needs no session of its device', async () => {
  const { ok, fault, till } = await aService()
  await ok('init_session', undefined, { token: TILL })
  assert.equal(await till.ok('next_cheque_number'), 1)
  const sid = String(await ok('init_session'))
  await ok('authorize', { pin: '1234' }, { sid })
  const foreign = { token: FREE }
  assert.equal(await till.fault('get_token_state', undefined, foreign), 'SM_SID_NOT_FOUND')
  assert.equal(await fault('logout'), 'SM_SID_NOT_FOUND')
})
