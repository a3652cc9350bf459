import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { v7 as uuid } from 'uuid'
import { httpSend } from '#services/runtime/send.ts'
import { commitsOfASale, growth } from './growth.ts'
import { oneByOne, shown, summary } from './measure.ts'
import { openShop, type Shop } from './processes.ts'

// Everything in one run on one machine: figures are worth something as ratios to the floor alone.

const SALES = 1500

const raw = rawCommits()
const commits = await commitsOfASale()
const shop = await openShop({ printing: false })
const device = await deviceAlone(shop)
const sale = await sales(shop)
await shop.stop()
const busy = await openShop({ printing: true })
const printed = await sales(busy)
await busy.stop()
const grown = process.argv.includes('--quick')
  ? []
  : await growth(process.argv.includes('--full') ? [1e3, 1e4, 1e5] : [1e3, 1e4])

const ratio = (sale.perSecond * commits.before) / raw.perSecond
console.log(`
${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${process.platform}

raw SQLite FULL commit         ${shown(raw)}
СКО document over tsrv         ${shown(device)}
cash sale through the register ${shown(sale)}
  the same while papers print  ${shown(printed)}

durable commits of a sale      ${commits.before} before its answer, ${commits.after} after it
sales/s × commits / raw        ${ratio.toFixed(2)}   target ≥ 0.30
p99 of a sale / p99 raw        ${(sale.p99 / raw.p99).toFixed(1)}   target ≤ 10

documents   sale p50 ms   closing ms`)
for (const { documents, saleMs, closingMs } of grown) {
  const [sale, closing] = [saleMs, closingMs].map((ms) => ms.toFixed(2).padStart(10))
  console.log(`${String(documents).padStart(9)}    ${sale}   ${closing}`)
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
  const header = { cashier: 'Анна', currency: 'BYN' }
  const item = { name: 'Хлеб', quantity: '1.000', price: '1.59', tax_rate: 'tax10' }
  const payments = [{ payment_type: 'cash', value: '5.00' }]
  const sale = { sale: { header, items: [item, item, item], payments, cheque_discount: '0.00' } }
  const one = () => call('ik.service.token.sales.retail', 'create_sale', sale)
  await oneByOne(200, one)
  const measured = await oneByOne(SALES, one)
  send.close()
  return measured
}

async function sales({ url }: Shop) {
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ user: 'Анна', pin: '1111' }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const send = httpSend(url, { deadlineMs: 5000, headers: { cookie } })
  const operation = async (wish: object) => {
    const body = JSON.stringify({ id: uuid(), ...wish })
    const got = await send({ method: 'POST', path: '/api/operations', body })
    if (!('body' in got) || !got.body.includes('"registered"')) throw new Error(JSON.stringify(got))
  }
  await operation({ kind: 'shift-opening' })
  const lines = [1, 2, 3].map((goods) => ({ goods, quantity: 1000 }))
  const sale = { kind: 'sale', lines, payments: [{ means: 'cash', sum: 10_000 }] }
  await oneByOne(200, () => operation(sale))
  const measured = await oneByOne(SALES, () => operation(sale))
  send.close()
  return measured
}
