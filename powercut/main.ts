import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { campaign, type Report } from './campaign.ts'
import { audit, disksAt } from './cuts.ts'
import { newFolder, removeFolder, writeFolder } from './folder.ts'
import { startLife } from './life.ts'
import { whyNoRecorder } from './recorder.ts'
import type { Recorded } from './recording.ts'
import { type StoreName, storeNames, stores } from './stores.ts'

// npm run powercut -- [STORE…] [--disks N] [--seed N] [--jobs N] [--kills N] [--recoveries N]
// npm run powercut -- --again RECORDING --disk SEED

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    disks: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: '2' },
    kills: { type: 'string', default: '12' },
    recoveries: { type: 'string', default: '8' },
    again: { type: 'string' },
    disk: { type: 'string' },
  },
})
const lost = join(import.meta.dirname, '..', 'dist', 'powercut', 'lost')
const say = (text: string) => void process.stdout.write(`${text}\n`)

/** True when something was lost. */
async function cutAll(names: readonly StoreName[]): Promise<boolean> {
  let losses = 0
  for (const name of names) {
    const from = performance.now()
    const prepared = newFolder()
    prepareByHand(prepared)
    const wanted = {
      disks: Number(values.disks),
      seed: Number(values.seed),
      jobs: Number(values.jobs),
      steps: 24,
      kills: Number(values.kills),
      recoveries: Number(values.recoveries),
    }
    const report = await campaign(stores[name], prepared, { wanted, progress: progressOf(name) })
    removeFolder(prepared)
    const { disks, cuts, recordings } = report
    const seconds = Math.round((performance.now() - from) / 1000)
    say(
      `${name}: seed ${values.seed}, ${recordings} recordings, ${cuts} cuts, ${disks} disks, ` +
        `${report.lost.length} losses, ${seconds} s`,
    )
    keep(name, report)
    losses += report.lost.length
  }
  return losses > 0
}

const EVERY_MS = 10_000

function progressOf(name: string): (report: Report) => void {
  let last = performance.now()
  let losses = 0
  return ({ disks, recordings, lost }) => {
    for (const { audited } of lost.slice(losses)) {
      say(`${name}: LOST, ${audited.where}: ${audited.losses.join('; ')}`)
    }
    losses = lost.length
    if (performance.now() - last < EVERY_MS) return
    last = performance.now()
    say(`${name}: ${disks} disks of ${recordings} recordings, ${lost.length} losses so far`)
  }
}

/** A recording of which something was lost is kept, to be cut again. */
function keep(name: StoreName, { lost: found }: Report): void {
  const recordings = [...new Set(found.map(({ recording }) => recording))]
  for (const [nth, { before, events, known, past }] of recordings.entries()) {
    const path = join(lost, `${name}-${values.seed}-${nth + 1}.recording`)
    mkdirSync(lost, { recursive: true })
    writeFileSync(
      path,
      serialize({ name, recorded: { before, events, known, past } satisfies Recorded }),
    )
    for (const { recording, audited } of found) {
      if (recording !== recordings[nth]) continue
      say(`  npm run powercut -- --again ${path} --disk ${audited.seed}`)
    }
  }
}

/** Lays a disk of a kept recording down once more, leaves it there, and asks. */
async function again(path: string, seed: number): Promise<boolean> {
  const { name, recorded } = deserialize(readFileSync(path)) as {
    name: StoreName
    recorded: Recorded
  }
  const [disk] = disksAt(recorded, [seed])
  if (!disk) return false
  const folder = join(lost, `${name}-disk-${seed}`)
  removeFolder(folder)
  writeFolder(folder, disk.found)
  say(`the disk as the cut left it: ${folder}`)
  const { where, losses } = await audit(stores[name], { recorded, disk, start: startLife })
  say(`${where}: ${losses.length > 0 ? losses.join('; ') : 'nothing is lost'}`)
  return losses.length > 0
}

const missing = whyNoRecorder()
if (missing !== null) {
  say(missing)
  process.exit(2)
}
const isNamed = (name: string): name is StoreName => Object.hasOwn(stores, name)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const failed = values.again
  ? await again(values.again, Number(values.disk))
  : await cutAll(positionals.length > 0 ? positionals.filter(isNamed) : storeNames)
process.exit(failed ? 1 : 0)
