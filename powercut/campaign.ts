import { type Dice, openDice } from '#sim/dice.ts'
import { type Audited, audit, disksAt, disksOf, owed, telling } from './cuts.ts'
import type { Event } from './disk-model.ts'
import { copied, newFolder, removeFolder, writeFolder } from './folder.ts'
import { openWarmLives, startLife } from './life.ts'
import { type Recording, record } from './recording.ts'
import type { Store } from './store.ts'

export type Wanted = {
  /** Disks to be tried. */
  disks: number
  seed: number
  /** Audits at the same time. */
  jobs: number
  /** Deeds in a recording that nothing cuts short. */
  steps: number
  /** Lives killed in place of a sync, and disks after a cut that are recovered on record. */
  kills: number
  recoveries: number
}
export type Report = {
  disks: number
  /** Different moments at which power was cut. */
  cuts: number
  recordings: number
  lost: { recording: Recording; audited: Audited }[]
}

export const newReport = (): Report => ({ disks: 0, cuts: 0, recordings: 0, lost: [] })

/** Records lives of a store's process over what was prepared for it, and cuts them everywhere. */
export async function campaign(
  store: Store,
  prepared: string,
  { wanted, progress }: { wanted: Wanted; progress: (report: Report) => void },
): Promise<Report> {
  const report = newReport()
  const dice = openDice(wanted.seed)
  let begun = ''
  const past: Recording[] = []
  const { jobs } = wanted
  const lay = async (recording: Recording, share: number) => {
    past.push(recording)
    const disks = Math.ceil(wanted.disks * share)
    await cutUp(store, recording, { disks, dice, jobs, report, progress })
  }
  try {
    const { steps, kills, recoveries } = wanted
    await record(store, { folder: prepared, steps: 0, killAt: 0 }, (left) => {
      begun = copied(left)
    })
    const whole = await record(store, { folder: begun, steps, killAt: 0 })
    await lay(await record(store, { folder: prepared, steps, killAt: 0 }), 0.15)
    await lay(whole, 0.25)
    const syncs = numbered(whole.events)
    for (let each = 0; each < kills; each += 1) {
      const killAt = dice.any(syncs) ?? 1
      await lay(await record(store, { folder: begun, steps, killAt }), 0.35 / kills)
    }
    for (let each = 0; each < recoveries; each += 1) {
      const from = dice.any(past)
      if (from) await lay(await recovery(store, from, { dice, syncs }), 0.25 / recoveries)
    }
    return report
  } finally {
    removeFolder(begun)
  }
}

/** The same by number among all syncs, from 1. */
function numbered(events: readonly Event[]): number[] {
  const all = events.flatMap((event, index) => (event.is === 'sync' ? [index] : []))
  return telling(events).map((place) => all.indexOf(place) + 1)
}

/** A process that comes back after a cut, on record, so that power may be cut again. */
async function recovery(
  store: Store,
  from: Recording,
  { dice, syncs }: { dice: Dice; syncs: readonly number[] },
): Promise<Recording> {
  const [disk] = disksAt(from, [dice.int(1, 2 ** 31)])
  if (!disk) throw new Error('a seed gives a disk')
  const folder = newFolder()
  writeFolder(folder, disk.found)
  const known = owed(from.known, disk.at).map(({ id, state }) => ({ id, state, at: 0 }))
  const killAt = dice.chance(0.5) ? (dice.any(syncs) ?? 0) : 0
  const after = { talk: from.talk, known }
  const recording = await record(store, { folder, after, steps: 3, killAt })
  removeFolder(folder)
  return recording
}

type Cutting = {
  disks: number
  dice: Dice
  jobs: number
  report: Report
  progress: (report: Report) => void
}

/** Cuts a recording at many places, and adds to the report what became of it. */
export async function cutUp(
  store: Store,
  recording: Recording,
  { disks, dice, jobs, report, progress }: Cutting,
): Promise<void> {
  const source = disksOf(recording, { disks, dice })
  const cuts = new Set<number>()
  report.recordings += 1
  const work = async () => {
    const warm = openWarmLives()
    // A loop over the generator itself would end it for the other jobs as well.
    for (let disk = source.next().value; disk; disk = source.next().value) {
      const quick = await audit(store, { recorded: recording, disk, start: warm.start })
      // What is lost must be lost to a process that was started for it alone.
      const audited =
        quick.losses.length === 0
          ? quick
          : await audit(store, { recorded: recording, disk, start: startLife })
      cuts.add(disk.at)
      report.disks += 1
      if (audited.losses.length > 0) report.lost.push({ recording, audited })
      progress(report)
    }
    await warm.stop()
  }
  await Promise.all(Array.from({ length: jobs }, work))
  report.cuts += cuts.size
}
