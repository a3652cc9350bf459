import type { BankTransaction } from '#core/api/acquirer.ts'
import type { Paper } from '#core/api/stand.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import type { Device } from '#core/sko/device.ts'
import { paperWords } from '#core/words/paper.ts'
import { type Books, openBooks } from '#sim/books.ts'
import { checksAtRest, type Rest } from '#sim/final-audit.ts'
import { insist, Violation } from '#sim/invariant.ts'
import { openTally as openSimTally } from '#sim/tally.ts'
import { addDocument, newTruth, type Truth } from '#sim/truth.ts'
import type { Evidence } from './evidence.ts'
import type { Tables } from './tally.ts'

type Held = { evidence: Evidence; truth: Truth; books: Books }

/**
 * Holds what everybody has at rest against each other: device, register, operator, bank, paper and
 * what people were told. Answers what does not hold, and what came about by the register's journal.
 */
export function audit(evidence: Evidence): { violations: string[]; tables: Tables } {
  const violations: string[] = []
  const holds = (name: string, check: () => void): boolean => {
    try {
      check()
      return true
    } catch (error) {
      const isFound = error instanceof Violation
      violations.push(`${name}: ${isFound ? error.message : (error as Error).stack}`)
      return false
    }
  }
  const { ledger, register } = evidence
  const truth = newTruth()
  truth.isForgetful = ledger.isForgetful
  truth.forgotten = ledger.forgotten
  holds('device', () => readDevice(evidence, truth))
  const { counts, cleared, ends, ...tally } = openSimTally()
  const past = ledger.isForgetful ? new Set(ledger.asked.keys()) : new Set<string>()
  const own = {
    register: { disk: register.db },
    operatorKeys: { verify: evidence.signedByOperator },
    now: () => 0,
    trace: () => {},
    tally: { ...tally, counts, cleared, ends },
  }
  const books = openBooks(own, truth, past)
  holds('journal', () => books.check())
  const held: Held = { evidence, truth, books }
  const rest = restOf(held)
  for (const [name, check] of Object.entries(checksAtRest)) holds(name, () => check(rest))
  for (const [name, check] of Object.entries(checks)) holds(name, () => check(held))
  return { violations, tables: tablesOf(held, cleared) }
}

/** The device's documents are the truth, once their numbers, chain and cash hold. */
function readDevice({ device: { row, documents } }: Evidence, truth: Truth): void {
  for (const document of documents) addDocument(truth, document)
  const state: Device = JSON.parse(String(row.state))
  insist(state.number === truth.documents.length, 'the device counts its documents')
  insist(state.cash === truth.cash, 'the cash of the device is that of its documents')
  insist(Number(row.acknowledged) === state.number, 'nothing is unsent')
}

const isOfMoney = ({ code, reversal }: BankTransaction): boolean => reversal || code === '000'

/** What a row of the bank's books took from the customer; below zero: gave. */
const taken = ({ kind, reversal, sum }: BankTransaction): number =>
  (kind === 'purchase' ? sum : -sum) * (reversal ? -1 : 1)

function restOf({ evidence, truth, books }: Held): Rest {
  const moved = new Map<string, number>()
  for (const each of evidence.bank.transactions.filter(isOfMoney)) {
    moved.set(each.operation, (moved.get(each.operation) ?? 0) + taken(each))
  }
  return {
    truth,
    books,
    register: evidence.register.db,
    papers: new Set(evidence.tape.flatMap((each) => uidOn(each) ?? [])),
    bank: {
      operations: moved.keys(),
      by: (id) => moved.get(id) ?? 0,
      all: [...moved.values()].reduce((sum, each) => sum + each, 0),
    },
    stored: evidence.operator.length,
    words: null,
  }
}

/** A paper names the document that it is of in its QR; elsewhere it may name the one undone. */
const uidOn = ({ lines }: Paper): string | undefined =>
  /\[QR ([0-9A-F]{24})\]/.exec(lines.join('\n'))?.[1]

/** What real processes and people add to what the simulator holds at rest. */
export const checks = {
  operator: ({ evidence, truth }) => {
    for (const [place, stored] of evidence.operator.entries()) {
      const made = truth.documents[place]
      insist(stored.number === place + 1, `the operator has each number once: ${stored.number}`)
      const { sealed } = made ?? {}
      const isSame = sealed?.hash === stored.hash && sealed.signature === stored.signature
      insist(isSame, `a document reaches the operator unchanged: ${stored.number}`)
      insist(stored.sum === made?.document.sum, `its sum is what it says: ${stored.number}`)
    }
  },
  receipts: ({ evidence, truth }) => {
    const { listed, db } = evidence.register
    const numbers = listed.flatMap(({ number }) => number ?? [])
    insist(new Set(numbers).size === numbers.length, 'a number stands in the list once')
    const rows = db.prepare("select count(*) n from operation where state = 'registered'").get()
    insist(listed.length === Number(rows?.n), 'the list shows every registered operation')
    for (const { id, uid } of listed) {
      const made = truth.byOperation.get(id)
      const isSame = made ? made.sealed.uid === uid : uid === null
      insist(isSame, `a receipt shows the uid of its document: ${id} ${uid}`)
    }
  },
  words: ({ evidence, truth }) => {
    for (const [id, { told }] of evidence.ledger.asked) {
      if (evidence.ledger.forgotten.has(id)) continue
      const made = truth.byOperation.get(id)
      for (const { state, proof, uid, number } of told) {
        if (state === 'registered' && proof === 'proved') {
          const isTrue = made?.sealed.uid === uid && made?.document.number === number
          insist(isTrue, `what was told «registered» is registered: ${id}`)
        }
        const isNone = (state === 'failed' && proof === 'proved') || state === 'cancelled'
        insist(!isNone || !made, `what was told to have come to nothing did: ${id} ${state}`)
      }
    }
  },
  wishes: ({ evidence: { ledger }, truth }) => {
    for (const { document } of truth.documents) {
      const asked = ledger.asked.get(document.operation ?? '')
      insist(asked, `nobody is sold what nobody asked for: ${document.number}`)
      insist(asked.request.kind === document.kind, `a document is of the kind that was asked for`)
      const isPaid = paidAs(document, asked.request.payments)
      insist(isPaid, `a document has the sums that were asked for: ${document.number}`)
      const isSum = asked.request.sum === undefined || asked.request.sum === document.sum
      insist(isSum, `a document has the sum that was asked for: ${document.number}`)
    }
  },
  marks: ({ evidence: { tape, ledger }, truth }) => {
    const originals = new Map<string, number>()
    for (const each of tape) {
      const isMarked = each.lines.some((line) => marked.includes(line.trim()))
      const uid = isMarked ? undefined : uidOn(each)
      if (uid) originals.set(uid, (originals.get(uid) ?? 0) + 1)
    }
    for (const { document, sealed } of truth.documents) {
      const count = originals.get(sealed.uid) ?? 0
      // A memory that was put back does not know what it printed.
      insist(
        count <= 1 || ledger.isForgetful,
        `an original comes out once (R8): ${document.number}`,
      )
    }
  },
  jobs: ({ evidence: { tape, ledger, register } }) => {
    const waiting = register.db.prepare('select id from print_job where done_at is null').all()
    insist(waiting.length === 0, 'no paper waits')
    // A memory that was put back gives the same names to other jobs.
    if (ledger.isForgetful) return
    const printed = new Map<string, string[][]>()
    for (const { job, lines } of tape) {
      if (job !== null) printed.set(job, [...(printed.get(job) ?? []), lines])
    }
    for (const { id } of register.db.prepare('select id from print_job').all()) {
      const papers = printed.get(String(Number(id) % 10_000).padStart(4, '0')) ?? []
      insist(papers.length > 0, `what was printed is on the tape: job ${id}`)
      const unmarked = papers.filter((lines) => !isRepeat(lines)).length
      insist(unmarked <= 1, `a paper printed twice says that it is a repeat: job ${id}`)
    }
    for (const job of ledger.jobs) {
      const row = register.db.prepare('select done_at from print_job where id = ?').get(job)
      insist(row, `a copy that was promised is printed: job ${job}`)
    }
  },
  days: ({ evidence: { register, bank, ledger } }) => {
    if (ledger.forgotten.size > 0) return
    for (const { day, outcome } of register.days) {
      insist(outcome === 'balanced', `a business day balances: ${day}`)
    }
    for (const { day, code } of bank.days) {
      insist(code === '500', `the bank closed the day in balance: ${day} ${code}`)
    }
    const own = register.days.map(({ day }) => day).sort((a, b) => a - b)
    const theirs = bank.days.map(({ day }) => day).sort((a, b) => a - b)
    const isSame = JSON.stringify(own) === JSON.stringify(theirs)
    insist(isSame, `both closed the same days: ${own} and ${theirs}`)
  },
  charges: ({ evidence: { bank, ledger } }) => {
    const charged = new Map<string, number>()
    for (const each of bank.transactions.filter(isOfMoney)) {
      if (!each.reversal) charged.set(each.operation, (charged.get(each.operation) ?? 0) + 1)
      insist(ledger.asked.has(each.operation), `the bank moved what was asked: ${each.operation}`)
    }
    for (const [id, count] of charged) {
      insist(count === 1 || ledger.forgotten.has(id), `nothing is paid twice: ${id}`)
    }
  },
  office: ({ evidence: { bank, office } }) => {
    const own = office.map(booked).sort()
    const theirs = bank.transactions.map(booked).sort()
    for (const [place, row] of theirs.entries()) {
      insist(own[place] === row, `the office has each row of the bank once: ${row} ${own[place]}`)
    }
    insist(own.length === theirs.length, `and no other: ${own.length} ${theirs.length}`)
  },
  rest: ({ evidence: { register, ledger }, truth, books }) => {
    const { cash, skoCash, unsent } = register.facts
    insist(register.open === 0, 'no operation is open')
    insist(unsent === 0, `nothing is unsent: ${unsent}`)
    insist(cash === skoCash && cash === truth.cash, `drawer = device: ${cash} ${skoCash}`)
    const isCorrected = books.corrections.size > 0
    insist(!isCorrected || ledger.isForgetful, 'nothing had to be corrected')
  },
} satisfies Record<string, (held: Held) => void>

type Booked = Pick<BankTransaction, 'operation' | 'kind' | 'reversal' | 'sum' | 'code' | 'rrn'>
const booked = ({ operation, kind, reversal, sum, code, rrn }: Booked): string =>
  [operation, kind, reversal, sum, code, rrn].join(' ')

const marked: readonly string[] = [paperWords.ru.repeat, paperWords.ru.copy]
const isRepeat = (lines: readonly string[]): boolean =>
  lines.some((line) => line.trim() === paperWords.ru.repeat)

type Payments = readonly { means: string; sum: number }[] | undefined

/** By each means what was handed over. */
function paidAs({ kind, settlement }: FiscalDocument, asked: Payments): boolean {
  if (kind !== 'sale') return true
  const by = (means: string) =>
    asked?.filter((each) => each.means === means).reduce((sum, each) => sum + each.sum, 0) ?? 0
  return settlement.card === by('card') && settlement.cash === by('cash')
}

function tablesOf({ evidence, truth, books }: Held, cleared: Tables[string]): Tables {
  const tables: Tables = { 'red receipts cleared by': cleared }
  const bump = (table: string, name: string) => {
    const rows = tables[table] ?? {}
    rows[name] = (rows[name] ?? 0) + 1
    tables[table] = rows
  }
  for (const { kind, state } of books.operations.values()) bump(`operations: ${kind}`, state.is)
  for (const { document } of truth.documents) bump('documents', document.kind)
  for (const { kind, reversal } of evidence.bank.transactions.filter(isOfMoney)) {
    bump('bank', `${kind}${reversal ? ' undone' : ''}`)
  }
  for (const each of evidence.tape) {
    const word = marked.find((text) => each.lines.some((line) => line.trim() === text))
    bump('papers', word === paperWords.ru.repeat ? 'repeats' : word ? 'copies' : 'first')
  }
  for (const _ of evidence.register.days) bump('bank', 'days closed')
  for (const _ of evidence.ledger.forgotten) bump('put back', 'operations forgotten')
  return tables
}
