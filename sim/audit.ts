import { rebuild } from '#services/register/memory/projection.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { type Auditor, insist } from './auditor.ts'
import { checkCancellations, checkMoney } from './money.ts'
import type { Shop } from './shop.ts'
import { TOKEN } from './world.ts'

/** What must hold once all is quiet: nothing is left to be explained away. */
export function checkAll(shop: Shop, auditor: Auditor): void {
  const { truth } = auditor
  const books = auditor.books()
  for (const { state } of books.operations.values()) {
    const ended = ['registered', 'failed', 'cancelled'].includes(state.is)
    insist(ended, `nothing is left open: ${state.is}`)
    insist(!('proof' in state) || state.proof !== 'unproved', 'no word is left unproved')
  }
  for (const { document } of truth.documents) {
    const id = document.operation ?? ''
    const operation = books.operations.get(id)
    const isForgotten = (!operation && books.ever.has(id)) || truth.blurred.has(id)
    const isRegistered = operation?.state.is === 'registered' && operation.signed !== null
    insist(isForgotten || isRegistered, `every document of the till is known to it: ${id}`)
  }
  for (const { signed } of books.operations.values()) {
    const isOut = !signed || shop.printer.papers.has(signed.sealed.uid)
    insist(isOut, `every document is on paper: ${signed?.document.number}`)
  }
  checkMoney(shop, truth)
  checkCancellations(shop, truth)
  insist(truth.cash === books.drawer(), 'drawer and device hold the same')
  const stored = shop.operator.shelf(TOKEN)?.documents.length
  insist(stored === truth.documents.length, 'the operator has every document')
  checkProjections(shop.disks.register)
}

/** The register's counters of the shift are those of the device, which is right about them. */
export function isAligned({ disks }: Shop): boolean {
  const own = JSON.parse(String(disks.register.prepare('select body from ledger').get()?.body))
  const device = JSON.parse(String(disks.sko.prepare('select state from device').get()?.state))
  return JSON.stringify(own.shift) === JSON.stringify(device.shift)
}

const projections = [
  'select * from operation order by seq',
  'select operation, account, amount from posting order by seq',
  'select body from ledger',
  'select * from card_transaction order by seq',
  'select * from card_day order by seq',
  'select name, value from setting order by name',
]

/** The projections that stand are those that the journal makes anew. */
export function checkProjections(db: Sqlite): void {
  const fresh = openRegisterDb(':memory:')
  const insert = fresh.prepare(
    `insert into journal(seq, at, operation, type, body, hash, packed)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  fresh.exec('begin')
  for (const row of db.prepare('select * from journal order by seq').all()) {
    const { seq, at, operation, type, body, hash, packed } = row
    insert.run(...([seq, at, operation, type, body, hash, packed] as never[]))
  }
  fresh.exec('commit')
  rebuild(fresh)
  for (const sql of projections) {
    const same = JSON.stringify(db.prepare(sql).all()) === JSON.stringify(fresh.prepare(sql).all())
    insist(same, `the projections follow from the journal: ${sql.slice(0, 40)}`)
  }
  fresh.close()
}
