import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { wantedUpdate } from '#core/api/update-files.ts'
import { HOUR } from '#core/time.ts'
import type { Installing } from '#core/updating/installing.ts'
import type { Release } from '#core/updating/release.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { openReleaseLink } from '../links/releases.ts'
import { openUpdaterLink } from '../links/updater.ts'
import { openActs } from '../memory/acts.ts'
import { openRegisterDb, openRegisterStore } from '../memory/store.ts'
import { openBackups } from './backups.ts'
import { install, updateByNight } from './installing.ts'
import { openUpdateWatch } from './updates.ts'

/** Midnight in Minsk. */
const MIDNIGHT = Date.UTC(2026, 10, 22, 21)
const bytes = 'the programs'
const newest: Release = {
  version: '0.2.0',
  path: 'till.tar.gz',
  sha256: sha256(bytes),
  length: bytes.length,
  platform: 'linux-x64',
  node: 24,
  notes: { ru: 'а', be: 'б', en: 'c' },
}

/** A till that has fetched a release, over a memory on a disk. */
async function aTill(t: TestContext, installing: Installing = { step: 'idle' }) {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-installing-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const world = { time: MIDNIGHT + 3 * HOUR, isBusy: false, isAuto: false, left: 0 }
  const now = () => world.time
  const db = openRegisterDb(join(folder, 'register.sqlite'))
  t.after(() => db.close())
  const store = openRegisterStore(db, now)
  const acts = openActs(db, now)
  writeFileSync(join(folder, 'state.json'), JSON.stringify({ request: 'before', installing }))
  const from = { send: async () => ({ unsent: 'nobody' }), base: '', firstRoot: '{}' }
  const office = openReleaseLink(Object.assign({ folder, log: silentLog }, from))
  const archive = join(folder, 'archive')
  writeFileSync(archive, bytes)
  const link = Object.assign({}, office, { known: () => [newest], archiveOf: () => archive })
  const updates = openUpdateWatch({
    link,
    updater: openUpdaterLink({ folder, programs: folder }),
    leave: () => {
      world.left += 1
    },
    auto: () => world.isAuto,
    own: { version: '0.1.0', platform: 'linux-x64', node: 24 },
    clock: { now, elapsed: () => 0 },
    changed: () => {},
  })
  await updates.step()
  const backups = openBackups({
    db,
    acts,
    outer: () => null,
    isIdle: () => true,
    isShiftOpen: () => false,
    restart: () => {},
    now,
    log: silentLog,
  })
  const engine = { busy: () => world.isBusy }
  const settings = { autoUpdate: () => world.isAuto }
  const register = { store, acts, updates, backups, engine, settings, now }
  const wish = () =>
    wantedUpdate.parse(JSON.parse(readFileSync(join(folder, 'wanted.json'), 'utf8')))
  return { register, world, wish }
}

test('what lies verified is wished for over a fresh copy, and the register leaves', async (t) => {
  const { register, world, wish } = await aTill(t)
  const answer = await install(register, '0.2.0', 'Ольга')
  assert.equal(answer.kind, 'done')
  assert.equal(wish().version, '0.2.0')
  assert.equal(register.backups.view().copies.length, 1)
  assert.equal(world.left, 1)
})

test('nothing is installed that does not lie there, nor in the midst of something', async (t) => {
  const { register, world } = await aTill(t)
  const codeOf = async (version: string) => {
    const answer = await install(register, version, 'Ольга')
    return answer.kind === 'refused' ? answer.code : answer.kind
  }
  assert.equal(await codeOf('0.3.0'), 'update.not-ready')
  world.isBusy = true
  assert.equal(await codeOf('0.2.0'), 'update.busy')
  assert.equal(world.left, 0)
})

test('by itself it is installed at night alone, and only where that was switched on', async (t) => {
  const { register, world } = await aTill(t)
  await updateByNight(register)
  world.isAuto = true
  for (const hour of [0, 1, 5, 12, 23]) {
    world.time = MIDNIGHT + hour * HOUR
    await updateByNight(register)
  }
  assert.equal(world.left, 0)
  world.time = MIDNIGHT + 2 * HOUR
  await updateByNight(register)
  assert.equal(world.left, 1)
})

test('a version that has failed here forbids nothing and waits for a person', async (t) => {
  const failed: Installing = { step: 'failed', version: '0.2.0', why: 'unhealthy' }
  const { register, world } = await aTill(t, failed)
  assert.equal(register.updates.isReady(), false)
  assert.equal(register.updates.view()?.newest?.failed, 'unhealthy')
  world.isAuto = true
  await updateByNight(register)
  assert.equal(world.left, 0)
  assert.equal((await install(register, '0.2.0', 'Ольга')).kind, 'done')
})
