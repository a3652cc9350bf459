import { GENESIS } from '#core/document/document.ts'
import { isOpen } from '#core/register/standing.ts'
import type { Device } from '#core/sko/device.ts'
import { LONGEST_UNSENT } from '#core/sko/device.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { TOKEN } from '#shop/enrolment.ts'
import { type Books, openBooks } from './books.ts'
import { insist } from './invariant.ts'
import { openMoney } from './money-audit.ts'
import { openOfficeAudit } from './office.ts'
import type { SimulatedShop } from './simulated-shop.ts'
import { addDocument, newTruth, type Truth } from './truth.ts'

export type RunningAudit = ReturnType<typeof openRunningAudit>

/** Hears of every commit and holds what must always be true. */
export function openRunningAudit(shop: SimulatedShop) {
  const truth = newTruth()
  const device = openDeviceAudit(shop, truth)
  const operator = openOperatorAudit(shop, truth)
  const money = openMoney(shop, truth)
  const office = openOfficeAudit(shop.office, () => shop.register.disk)
  let books = openBooks(shop, truth)
  return {
    truth,
    books: () => books,
    /** After a step in which something was committed. */
    check: (): void => {
      insist(shop.state.broken === null, `nothing throws: ${shop.state.broken}`)
      insist(shop.printer.unmarked() === null, 'a paper printed twice says that it is a repeat')
      device()
      operator()
      books.check()
      money()
      office.check()
    },
    /** The operator's memory was put back: for a while it holds less than it signed for. */
    operatorRestored: (): void => {
      truth.operatorForgot = true
    },
    /** The register's memory was put back: it is read anew, and what it forgot is known. */
    restored: (): void => {
      truth.isForgetful = true
      office.restored()
      forget(shop, truth, books)
      books = openBooks(shop, truth, books.ever)
    },
  }
}

function forget({ register }: SimulatedShop, { forgotten }: Truth, { operations }: Books): void {
  const known = new Map(
    register.disk
      .prepare('select id, state from operation')
      .all()
      .map(({ id, state }) => [String(id), String(state)]),
  )
  for (const [id, operation] of operations) {
    if (known.get(id) !== operation.state.is || isOpen(operation)) forgotten.add(id)
  }
}

/** Numbers, chain, cash and the seventh day, of every new document. */
function openDeviceAudit(shop: SimulatedShop, truth: Truth): () => void {
  const db = shop.sko.disk
  const documents = db.prepare(
    `select number, operation, uid, hash, body, signature from document where number > ?
     order by number`,
  )
  const row = db.prepare('select state, acknowledged from device where serial = ?')
  let acknowledged = 0
  return () => {
    const present = row.get(TOKEN)
    const state: Device = JSON.parse(String(present?.state))
    const now = Number(present?.acknowledged)
    const oldest = Math.max(acknowledged, now) + 1
    for (const made of documents.all(truth.documents.length)) {
      addDocument(truth, made)
      const at = truth.documents[oldest - 1]?.document.at ?? shop.now()
      insist(shop.now() - at <= LONGEST_UNSENT, 'nothing fiscal after the seventh day')
      shop.tally.counts.documents += 1
    }
    const last = truth.documents.at(-1)
    insist(state.number === truth.documents.length, 'the device counts its documents')
    insist(state.hash === (last?.sealed.hash ?? GENESIS), 'the device knows its last document')
    insist(state.cash === truth.cash, 'the cash of the device is that of its documents')
    insist(now <= state.number, 'only what was made is acknowledged')
    const { documents: stored } = shop.operator.disk.get(TOKEN) ?? { documents: [] }
    if (now <= stored.length) truth.operatorForgot = false
    else insist(truth.operatorForgot, 'what is acknowledged is stored at the operator')
    insist(now >= acknowledged, 'what was acknowledged stays so')
    acknowledged = now
    const { putBack } = shop.state
    const isStill = !putBack || lastNumber(shop.sko.disk) === putBack.number
    insist(isStill, 'a device that was put back makes no document')
  }
}

/** The number of the device's last document. */
export function lastNumber(sko: Sqlite): number {
  const row = sko.prepare('select state from device where serial = ?').get(TOKEN)
  return (JSON.parse(String(row?.state)) as Device).number
}

/** Every document of the device stands at the operator once, in order, unchanged. */
function openOperatorAudit(shop: SimulatedShop, truth: Truth): () => void {
  let seen = 0
  return () => {
    const shelf = shop.operator.disk.get(TOKEN)
    insist(shelf, 'the operator knows the device')
    insist(shelf.quarantine.length === 0, 'the operator sees no fork')
    insist(shelf.head.number === shelf.documents.length, 'the operator counts what it stored')
    if (truth.operatorForgot) seen = Math.min(seen, shelf.documents.length)
    for (const stored of shelf.documents.slice(seen)) {
      const made = truth.documents[seen]
      seen += 1
      insist(stored.number === seen, 'documents reach the operator in order, each once')
      insist(made?.sealed.body === stored.body, 'documents reach the operator unchanged')
      insist(made.sealed.signature === stored.signature, 'signatures reach the operator unchanged')
    }
  }
}
