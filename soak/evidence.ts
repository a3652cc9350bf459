import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as rest } from 'node:timers/promises'
import { acquirerApi, type BankTransaction, type BusinessDay } from '#core/api/acquirer.ts'
import { client, type Send } from '#core/api/client.ts'
import type { Outcome } from '#core/api/contract.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { type TransactionView, tradeApi } from '#core/api/office-trade.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import type { OperationBrief } from '#core/api/register.ts'
import type { CardDayView } from '#core/api/register-cards.ts'
import { type Paper, paper } from '#core/api/stand.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { believingFile, OPERATOR_KEYS } from '#services/runtime/operator-keys.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { accounts, tillTerminal } from '#stand/demo/enrolment.ts'
import type { Desk } from './desk.ts'
import type { Ledger } from './ledger.ts'
import { openSeat } from './seat.ts'
import { answered, type Shop } from './shop.ts'

/** What each of them holds, got from outside: nobody's own word about himself is all there is. */
export type Evidence = {
  /** What the people at the till have in writing. */
  ledger: Ledger
  register: {
    /** A copy of its database. */
    db: Sqlite
    /** The list of receipts, newest first. */
    listed: OperationBrief[]
    facts: { cash: number; skoCash: number | null; unsent: number | null }
    open: number
    days: CardDayView[]
  }
  /** Rows of the till's device and its documents, from the device's own memory. */
  device: { row: Record<string, unknown>; documents: Record<string, unknown>[] }
  operator: StoredDocument[]
  /** What the operator signed. */
  signedByOperator: VerifyBy
  bank: { transactions: BankTransaction[]; days: BusinessDay[] }
  /** What the office took over from the bank. */
  office: TransactionView[]
  tape: Paper[]
}
export type StoredDocument = {
  number: number
  uid: string
  hash: string
  signature: string
  sum: number
}

const DEADLINE_MS = 30 * SECOND
const FOLLOWS_WITHIN = MINUTE

/** The value of an answer; throws when there is none: at rest everybody answers. */
function got<T>(answer: Outcome<T>): T {
  if (answer.kind !== 'done') throw new Error(`at rest: ${JSON.stringify(answer)}`)
  return answer.value
}

/** Asks everybody, once all is at rest. */
export async function gather(shop: Shop, desk: Desk): Promise<Evidence> {
  const { cashier, ledger } = desk
  const status = got(await cashier.status({}))
  const { cash, skoCash, unsent } = got(await cashier.facts({}))
  const taken = answered(await shop.stand.backUp({}))
  if (!taken) throw new Error('at rest: no copy of the register was taken')
  const bank = await booksOf(shop)
  const copy = join(shop.data, 'stand', 'register-backups', `${taken.id}-${taken.at}.sqlite`)
  return {
    ledger,
    register: {
      db: new DatabaseSync(copy, { readOnly: true }),
      listed: await receipts(desk),
      facts: { cash, skoCash, unsent },
      open: status.open.length,
      days: got(await cashier.cardDays({})).days,
    },
    device: deviceOf(shop.data, status.issuer?.device ?? ''),
    operator: await storedBy(shop, status.issuer?.device ?? ''),
    signedByOperator: believingFile(join(shop.data, OPERATOR_KEYS)),
    bank,
    office: await takenOver(shop, bank.transactions.length),
    tape: tapeOf(shop.data),
  }
}

async function receipts({ cashier }: Desk): Promise<OperationBrief[]> {
  const all: OperationBrief[] = []
  for (let before: number | undefined, more = true; more; ) {
    const page = got(await cashier.operations({ limit: 200, ...(before && { before }) }))
    all.push(...page.operations)
    before = page.next ?? undefined
    more = page.next !== null
  }
  return all
}

function deviceOf(data: string, serial: string): Evidence['device'] {
  const db = new DatabaseSync(join(data, 'sko', 'sko.sqlite'), { readOnly: true })
  const row = db.prepare('select state, acknowledged from device where serial = ?').get(serial)
  const documents = db
    .prepare(
      `select number, operation, uid, hash, body, signature from document where device = ?
       order by number`,
    )
    .all(serial)
  db.close()
  if (!row) throw new Error(`no device ${serial}`)
  return { row, documents }
}

async function storedBy(shop: Shop, device: string): Promise<StoredDocument[]> {
  const [{ email, password }] = accounts
  const signIn = (send: Send) => client(operatorCabinetApi, send).signIn({ email, password })
  const options = { deadlineMs: DEADLINE_MS, signIn }
  const cabinet = client(operatorCabinetApi, openSeat(shop.addresses.operator, options))
  const all: StoredDocument[] = []
  for (let before: string | undefined, more = true; more; ) {
    const asked = { device, limit: 200, ...(before && { before }) }
    const page = got(await cabinet.documents(asked))
    for (const { uid, number, sum } of page.documents) {
      const { hash, signature } = got(await cabinet.document({ uid }))
      all.push({ number, uid, hash, signature, sum: sum ?? 0 })
    }
    before = page.next ?? undefined
    more = page.next !== null
  }
  return all.reverse()
}

async function booksOf(shop: Shop): Promise<Evidence['bank']> {
  const token = readFileSync(join(shop.data, 'acquirer', 'keys', 'token'), 'utf8').trim()
  const headers = { authorization: `Bearer ${token}` }
  const seat = openSeat(shop.addresses.bank, { deadlineMs: DEADLINE_MS, headers })
  const api = client(acquirerApi, seat)
  const transactions: BankTransaction[] = []
  for (let before: string | undefined, more = true; more; ) {
    const page = got(await api.transactions({ limit: 200, ...(before && { before }) }))
    transactions.push(...page.transactions)
    before = page.next ?? undefined
    more = page.next !== null
  }
  const { days } = got(await api.days({ terminal: tillTerminal.id, limit: 200 }))
  return { transactions, days }
}

/** The office follows the bank second by second: it is waited for, and then taken as it is. */
async function takenOver(shop: Shop, wanted: number): Promise<TransactionView[]> {
  const [{ email, password }] = accounts
  const signIn = (send: Send) => client(officeCabinetApi, send).signIn({ email, password })
  const options = { deadlineMs: DEADLINE_MS, signIn }
  const cabinet = client(tradeApi, openSeat(shop.addresses.office, options))
  const last = Date.now() + FOLLOWS_WITHIN
  for (;;) {
    const all: TransactionView[] = []
    for (let before: string | undefined, more = true; more; ) {
      const page = got(await cabinet.transactions({ limit: 200, ...(before && { before }) }))
      all.push(...page.transactions)
      before = page.next ?? undefined
      more = page.next !== null
    }
    if (all.length >= wanted || Date.now() > last) return all
    await rest(SECOND)
  }
}

const tapeOf = (data: string): Paper[] =>
  readFileSync(join(data, 'stand', 'paper.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => paper.parse(JSON.parse(line)))
