import { cashEffect } from '#core/document/document.ts'
import { drawerEffect } from '#core/register/ledger.ts'
import { type Event, heard, isOpen, type Operation } from '#core/register/operation.ts'
import type { Entry } from '#services/register/journal.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { insist, type Truth } from './auditor.ts'
import type { Shop } from './shop.ts'
import { checkWord } from './words.ts'

export type Books = ReturnType<typeof openBooks>

/** Operations that were begun before the register's memory was put back, forgotten ones too. */
type Past = ReadonlySet<string>

/**
 * The register's journal as an auditor folds it for himself, line by line, and holds against the
 * device's documents.
 */
export function openBooks(shop: Shop, truth: Truth, past: Past | null = null) {
  const db = shop.disks.register
  const lines = db.prepare('select seq, at, body, hash from journal where seq > ? order by seq')
  const postings = db.prepare('select * from posting where seq > ? order by seq')
  const stateOf = db.prepare('select state, is_open, uid from operation where id = ?')
  const counted = db.prepare('select count(*) n from operation')
  const operations = new Map<string, Operation>()
  const open = new Set<string>()
  const ever = new Set<string>(past)
  const entered = new Map<string, number>()
  const redSince = new Map<string, number>()
  const corrections = new Set<string>()
  const last = { seq: 0, hash: '0'.repeat(64), posting: 0, sum: 0, drawer: 0, documents: 0 }
  /** Operations whose document and whose postings are not the same cash. */
  const uneven = new Set<string>()
  /** While a memory put back is read for the first time, its lines are old. */
  let isReading = past !== null

  const weigh = (id: string) => {
    const difference = (truth.byOperation.get(id)?.cash ?? 0) - (entered.get(id) ?? 0)
    if (difference === 0) uneven.delete(id)
    else uneven.add(id)
  }
  const put = (operation: Operation) => {
    const { id } = operation
    ever.add(id)
    operations.set(id, operation)
    if (isOpen(operation)) open.add(id)
    else open.delete(id)
    if (operation.state.is !== 'red') redSince.delete(id)
    else if (!redSince.has(id)) redSince.set(id, shop.now())
  }
  const hear = (id: string, event: Event) => {
    const before = operations.get(id)
    insist(before, 'a journal line speaks of an operation that was begun')
    const after = heard(before, event)
    insist(after, `every journal line changes something: ${before.state.is} ${event.type}`)
    put(after)
    if (!isReading) judge({ shop, truth }, { before, event, after })
  }
  const read = (body: string): string | null => {
    const entry: Entry = JSON.parse(body)
    switch (entry.type) {
      case 'begun':
        insist(!operations.has(entry.operation.id), 'an operation is begun once')
        put(entry.operation)
        if (!isReading) shop.tally.counts.operations += 1
        return entry.operation.id
      case 'heard':
        hear(entry.id, withDocument(entry.event))
        return entry.id
      case 'corrected':
        corrections.add(entry.correction.id)
        return null
      case 'printed':
      case 'aligned':
      case 'set':
        return null
      default:
        return entry satisfies never
    }
  }
  const checkJournal = () => {
    const touched = new Set<string>()
    for (const row of lines.all(last.seq)) {
      insist(row.seq === last.seq + 1, 'journal lines follow each other')
      last.hash = sha256(`${last.hash}${row.at}${row.body}`)
      insist(row.hash === last.hash, 'the chain of the journal holds')
      last.seq = Number(row.seq)
      shop.trace(`journal ${String(row.body).slice(0, 400)}`)
      const id = read(String(row.body))
      if (id) touched.add(id)
    }
    for (const id of touched) {
      const row = stateOf.get(id)
      const operation = operations.get(id)
      insist(operation && row?.state === operation.state.is, 'the list shows what the journal says')
    }
  }
  const checkPostings = () => {
    for (const { seq, operation, account, amount } of postings.all(last.posting)) {
      last.posting = Number(seq)
      last.sum += Number(amount)
      if (account !== 'drawer') continue
      last.drawer += Number(amount)
      const id = String(operation)
      entered.set(id, (entered.get(id) ?? 0) + Number(amount))
      weigh(id)
    }
    insist(last.sum === 0, 'postings add up to zero')
    const body = db.prepare('select body from ledger').get()?.body
    const drawer = body ? JSON.parse(String(body)).balances.drawer : 0
    insist(drawer === last.drawer, 'the drawer is the sum of its postings')
    for (; last.documents < truth.documents.length; last.documents += 1) {
      const id = truth.documents[last.documents]?.document.operation ?? ''
      const state = operations.get(id)?.state
      const isNever = state?.is === 'failed' && state.proof === 'proved'
      insist(!isNever, 'what is proved never to have been gets no document later')
      weigh(id)
    }
  }
  const explain = () => {
    for (const id of uneven) {
      const why = reasonOf(id)
      if (why === null) insist(false, `the discrepancy is explained: ${id} ${describe(id)}`)
    }
  }
  const describe = (id: string): string => JSON.stringify(operations.get(id)?.state ?? 'unknown')
  const reasonOf = (id: string): string | null => {
    if (corrections.has(id)) return 'correction'
    const made = truth.byOperation.get(id)
    const operation = operations.get(id)
    if (!operation) return made && ever.has(id) ? 'memory' : null
    const { state } = operation
    if (entered.has(id)) {
      const isWord = state.is === 'registered' && state.proof !== 'proved'
      return isWord && !made ? 'word' : null
    }
    if (isOpen(operation)) return 'open'
    return 'proof' in state && state.proof === 'unproved' ? 'word' : null
  }
  return {
    operations,
    open,
    ever,
    redSince,
    /** The journal's lines that were read, for a backup to be compared with. */
    last,
    uneven,
    reasonOf,
    check: (): void => {
      checkJournal()
      isReading = false
      checkPostings()
      explain()
      insist(Number(counted.get()?.n) === operations.size + corrections.size, 'no receipt vanishes')
      insist(open.size <= 1, 'one operation at most is open')
    },
  }
}

/** The journal keeps a document as its sealed bytes alone. */
function withDocument(event: Event): Event {
  if (!('signed' in event) || !event.signed) return event
  const document = JSON.parse(event.signed.sealed.body)
  return { ...event, signed: { ...event.signed, document } } as Event
}

type Scene = { shop: Shop; truth: Truth }
type Step = { before: Operation; event: Event; after: Operation }

/** Whether what the register came to believe is true, and who told it. */
function judge({ shop, truth }: Scene, { before, event, after }: Step): void {
  const { id, state } = after
  const made = truth.byOperation.get(id)
  if (state.is === 'registered' && state.proof === 'proved') {
    insist(after.signed && made, 'what is proved has its document at the device')
    const isSame = after.signed.sealed.body === made.sealed.body
    insist(isSame, 'the register holds the document that the device made')
    insist(drawerEffect(after) === effectOf(made), 'the document moves the cash that was intended')
  }
  if (state.is === 'failed' && state.proof === 'proved') {
    insist(!made, 'what is proved never to have been has no document')
  }
  if (event.type === 'confirmed' || event.type === 'denied') checkWord(shop, made, event)
  const isRed = state.is === 'red'
  if (isRed && before.state.is !== 'red') shop.tally.counts.red += 1
  if (before.state.is === 'red' && !isRed) {
    const name = whoTold(event)
    insist(name, `a red receipt never vanishes without a name: ${event.type}`)
    shop.tally.clearedBy(name)
  }
  if (!isOpen(after) && isOpen(before)) shop.tally.ended(state.is)
}

const effectOf = ({ document }: NonNullable<ReturnType<Truth['byOperation']['get']>>): number =>
  cashEffect(document.kind, document.settlement)

function whoTold(event: Event): string | null {
  if (event.type === 'told') return event.by
  return 'person' in event && event.person !== '' ? 'person' : null
}
