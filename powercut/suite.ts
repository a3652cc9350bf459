import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDice } from '#sim/dice.ts'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { layDatabases } from '#test/embedded-postgres.ts'
import { cutUp, newReport } from './campaign.ts'
import { audit } from './cuts.ts'
import { type Event, type Order, openDisk } from './disk-model.ts'
import { newFolder, removeFolder } from './folder.ts'
import { startLife } from './life.ts'
import { whyNoRecorder } from './recorder.ts'
import { type Known, type Recording, record } from './recording.ts'
import { type StoreName, stores } from './stores.ts'

const skip = whyNoRecorder() ?? false

/**
 * A few cuts of a store: of a life, and of one killed in place of the very sync after which it was
 * to tell something. None loses anything, and that sync left out does.
 */
export function cutsOf(name: StoreName, wanted: { disks: number; steps: number }): void {
  const store = stores[name]
  const cut = async (recording: Recording) => {
    const report = newReport()
    const { disks } = wanted
    await cutUp(store, recording, {
      disks,
      dice: openDice(1),
      jobs: 1,
      report,
      progress: () => {},
    })
    assert.ok(report.disks >= disks / 2, `${report.disks} disks`)
    const losses = report.lost.map(({ audited }) => audited)
    assert.deepEqual(losses, [], '`npm run powercut` tells more')
  }

  test(`${name}: a power cut loses nothing that was told`, { skip }, async () => {
    const folder = newFolder()
    prepareByHand(folder)
    await layDatabases(folder)
    const { steps } = wanted
    const recording = await record(store, { folder, steps, killAt: 0 })
    const { at, syncs } = lastTold(recording)
    for (const order of ['posix', 'ext4'] as const) {
      assert.deepEqual(await lost(name, recording, { at, order, without: [] }), [])
      const losses = await lost(name, recording, { at, order, without: syncs })
      assert.notDeepEqual(losses, [], 'what was synced for it, left out, must be missed')
    }
    await cut(recording)
    const killAt = numbered(recording.events).indexOf(syncs[0] ?? 0) + 1
    await cut(await record(store, { folder, steps, killAt }))
    removeFolder(folder)
  })
}

const numbered = (events: readonly Event[]): number[] =>
  events.flatMap((event, index) => (event.is === 'sync' ? [index] : []))

/** The last thing told for the first time, and what was synced after the one told before it. */
function lastTold({ events, known }: Recording): { at: number; syncs: number[] } {
  const isNews = ({ id, state }: Known, index: number) =>
    known.findIndex((each) => each.id === id && each.state === state) === index
  const told = known.filter(isNews).map(({ at }) => {
    const before = events.slice(0, at - 1).findLastIndex(({ is }) => is === 'said')
    return { at, syncs: numbered(events.slice(0, at)).filter((index) => index > before) }
  })
  const found = told.findLast(({ syncs }) => syncs.length > 0)
  assert.ok(found)
  return found
}

/** What is lost by a cut that leaves what was synced alone, had some syncs not been. */
async function lost(
  name: StoreName,
  recording: Recording,
  { at, order, without }: { at: number; order: Order; without: readonly number[] },
): Promise<string[]> {
  const disk = openDisk(recording.before, order)
  for (const [index, event] of recording.events.slice(0, at).entries()) {
    if (!without.includes(index)) disk.apply(event)
  }
  const cut = { bytes: 'none', names: 'none' } as const
  const chance = () => 0
  const found = disk.cut(cut, chance)
  const audited = await audit(stores[name], {
    recorded: recording,
    disk: { seed: 0, at, order, cut, chance, found },
    start: startLife,
  })
  return audited.losses
}
