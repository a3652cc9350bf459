import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { v7 as uuid } from 'uuid'
import { painted } from './browser.ts'
import { signIn } from './client.ts'
import { commitsOfASale, growth } from './growth.ts'
import { type Measured, oneByOne, shown, summary } from './measure.ts'
import { openShop } from './processes.ts'
import { type Read, readingAt } from './reading.ts'
import { againstSkeleton, saleAndSkeleton } from './sale.ts'

// Everything in one run on one machine: figures are worth something as ratios to the floor alone.
// `--quick`: a tenth of the operations, a third of the sales, no growth; `--full`: growth up to 10⁵
// documents as well.

const isQuick = process.argv.includes('--quick')
const SALES = isQuick ? 500 : 1500
const isFull = process.argv.includes('--full')

const raw = rawCommits()
const commits = await commitsOfASale()
const { device, sale, skeleton } = await saleAndSkeleton(SALES)
const printed = await sales({ printing: true })
const seen = await painted()
const read = await readingAt(isQuick ? 1e5 : 1e6, SALES)
const grown = isQuick ? [] : await growth(isFull ? [1e3, 1e4, 1e5] : [1e3, 1e4])

console.log(`
${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${process.platform}

raw SQLite FULL commit         ${shown(raw)}
skeleton of a sale             ${shown(skeleton)}
cash sale through the register ${shown(sale)}
  the same while papers print  ${shown(printed)}
document over tsrv             ${shown(device)}

durable commits of a sale      ${commits.before} before its answer, ${commits.after} after it
${againstSkeleton(sale, skeleton)}

sale pressed → painted          ${shown(seen.full)}   target p50 ≤ 60 ms
  at a sixth of the CPU        ${shown(seen.throttled)}   target p50 ≤ 120 ms
${readTable(read)}`)
if (grown.length > 0) console.log('documents   sale p50 ms   closing ms')
for (const { documents, saleMs, closingMs } of grown) {
  const [sale, closing] = [saleMs, closingMs].map((ms) => ms.toFixed(2).padStart(10))
  console.log(`${String(documents).padStart(9)}    ${sale}   ${closing}`)
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2)
}

function readTable(read: Read): string {
  const ms = (value: number) => value.toFixed(1).padStart(8)
  const rows = read.questions.map(
    ({ name, measured }) => `${name.padEnd(32)}${ms(measured.p50)}${ms(measured.max)}`,
  )
  return `
${read.count} operations of a register
start to the first answer      ${read.startMs.toFixed(0)} ms   target ≤ 1500
disk an operation              ${read.bytesEach.toFixed(0)} bytes   target ≤ 3000
log after the sales            ${(read.logBytes / 1e6).toFixed(1)} MB
a sale                         ${shown(read.alone)}
  while others search, export  ${shown(read.whileRead)}
p99 of these                   ${ratio(read.whileRead.p99, read.alone.p99)}   target ≤ 1.20

question, over HTTP                  p50     max   target ≤ 50 ms
${rows.join('\n')}
`
}

async function sales(wished: { printing: boolean }): Promise<Measured> {
  const shop = await openShop(wished)
  const cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  await oneByOne(500, cashier.sell)
  const measured = await oneByOne(SALES, cashier.sell)
  cashier.close()
  await shop.stop()
  return measured
}

/** The floor: a row of the size of a document, a unique key, one commit each. */
function rawCommits() {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-raw-'))
  const db = new DatabaseSync(join(folder, 'raw.sqlite'))
  db.exec('pragma journal_mode = wal; pragma synchronous = full')
  db.exec('create table row(id text primary key, body text)')
  const insert = db.prepare('insert into row values (?, ?)')
  const body = 'x'.repeat(1500)
  const latencies: number[] = []
  for (let i = 0; i < 4000; i += 1) {
    const from = performance.now()
    insert.run(uuid(), body)
    latencies.push(performance.now() - from)
  }
  db.close()
  rmSync(folder, { recursive: true })
  return summary(latencies)
}
