import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { v7 as uuid } from 'uuid'
import { demoPeople, plainGoods } from '#core/demo/shop.ts'
import { httpSend } from '#services/runtime/send.ts'
import { painted } from './browser.ts'
import { signIn } from './client.ts'
import { commitsOfASale, growth } from './growth.ts'
import { type Measured, oneByOne, shown, summary, timed } from './measure.ts'
import { openShop, type Shop } from './processes.ts'
import { type Read, readingAt } from './reading.ts'
import { openSkeleton } from './skeleton.ts'

// Everything in one run on one machine: figures are worth something as ratios to the floor alone.
// `--quick`: a tenth of the operations, a third of the sales, no growth; `--full`: growth up to 10⁵
// documents as well.

const isQuick = process.argv.includes('--quick')
const SALES = isQuick ? 500 : 1500
const ROUNDS = 10
const isFull = process.argv.includes('--full')

const raw = rawCommits()
const commits = await commitsOfASale()
const { device, sale, skeleton } = await saleAndSkeleton()
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
sale / skeleton, a second      ${ratio(sale.perSecond, skeleton.perSecond)}   target ≥ 0.70
p99 of a sale / skeleton       ${ratio(sale.p99, skeleton.p99)}   target ≤ 2.0

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

/** In turns, so that what else the machine does befalls both. */
async function saleAndSkeleton() {
  const shop = await openShop({ printing: false })
  const skeleton = await openSkeleton()
  const device = await deviceAlone(shop)
  const cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  await oneByOne(500, cashier.sell)
  await oneByOne(500, skeleton.sale)
  const ofSale: number[] = []
  const ofSkeleton: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await timed(SALES / ROUNDS, cashier.sell, ofSale)
    await timed(SALES / ROUNDS, skeleton.sale, ofSkeleton)
  }
  cashier.close()
  await skeleton.stop()
  await shop.stop()
  return { device, sale: summary(ofSale), skeleton: summary(ofSkeleton) }
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

async function deviceAlone({ skoUrl }: Shop) {
  const send = httpSend(skoUrl, { deadlineMs: 5000 })
  const call = async (address: string, action: string, data?: unknown) => {
    const headers = { action, token: 'AVQ11099999998' }
    const body = JSON.stringify({ type: 'send', address, headers, data })
    const got = await send({ method: 'POST', path: '/tsrv', body })
    if (!('body' in got) || got.body.includes('"error"')) throw new Error(JSON.stringify(got))
  }
  await call('ik.service.token.authority', 'authorize', { pin: '1234' })
  await call('ik.service.token.shift', 'open_shift')
  const header = { cashier: demoPeople.cashier, currency: 'BYN' }
  const item = { name: plainGoods[0], quantity: '1.000', price: '1.59', tax_rate: 'tax10' }
  const payments = [{ payment_type: 'cash', value: '5.00' }]
  const sale = { sale: { header, items: [item, item, item], payments, cheque_discount: '0.00' } }
  const one = () => call('ik.service.token.sales.retail', 'create_sale', sale)
  await oneByOne(200, one)
  const measured = await oneByOne(SALES, one)
  send.close()
  return measured
}
