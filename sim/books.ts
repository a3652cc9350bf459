import { cashEffect } from '#core/document/document.ts'
import { measureInForce } from '#core/operator/measure.ts'
import { isAttested, type VerifyBy } from '#core/operator/statement.ts'
import type { Correction } from '#core/register/correction.ts'
import { drawerEffect } from '#core/register/ledger.ts'
import { type Event, heard, type Operation } from '#core/register/operation.ts'
import { isOpen, isUnproved } from '#core/register/standing.ts'
import { type JournalEntry, lineText } from '#services/register/memory/journal.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { openCash } from './cash-audit.ts'
import { openCashUpAudit } from './cash-up-audit.ts'
import { insist } from './invariant.ts'
import type { Fold } from './journal-fold.ts'
import type { AuditedTill } from './simulated-shop.ts'
import type { Made, Truth } from './truth.ts'
import { checkWord } from './word-audit.ts'

export type Books = ReturnType<typeof openBooks>

/**
 * The register's journal as the audit folds it for itself, line by line, and holds against the
 * device's documents. `past`: operations begun before the register's memory was put back.
 */
export function openBooks(shop: AuditedTill, truth: Truth, past: ReadonlySet<string> = new Set()) {
  const fold: Fold = {
    operations: new Map(),
    open: new Set(),
    redSince: new Map(),
    corrections: new Set(),
    newest: 0,
    ever: new Set(past),
    laid: [],
  }
  const readNew = openJournalAudit({ shop, truth, fold, isOld: past.size > 0 })
  const cash = openCash({ shop, truth, fold })
  const db = shop.register.disk
  const counted = db.prepare('select count(*) n from operation')
  const stateOf = db.prepare('select state from operation where id = ?')
  return {
    ...fold,
    drawer: cash.drawer,
    check: (): void => {
      for (const id of readNew()) {
        const is = fold.operations.get(id)?.state.is
        insist(is === stateOf.get(id)?.state, 'the list shows what the journal says')
      }
      cash.check()
      const { operations, corrections, open } = fold
      insist(Number(counted.get()?.n) === operations.size + corrections.size, 'no receipt vanishes')
      insist(open.size <= 1, 'one operation at most is open')
    },
  }
}

type Reading = { shop: AuditedTill; truth: Truth; fold: Fold; isOld: boolean }

/** Reads the journal's new lines; answers which operations they speak of. */
function openJournalAudit({ shop, truth, fold, isOld }: Reading): () => Set<string> {
  const lines = shop.register.disk.prepare(
    'select seq, at, body, packed, hash from journal where seq > ? order by seq',
  )
  const last = { seq: 0, hash: '0'.repeat(64) }
  const cashUps = openCashUpAudit(fold.operations)
  // A memory that was put back is read once without being judged again.
  let isReading = isOld
  return () => {
    const touched = new Set<string>()
    for (const row of lines.all(last.seq)) {
      const { seq, at, hash } = row
      const text = lineText(row)
      insist(seq === last.seq + 1, 'journal lines follow each other')
      last.hash = sha256(`${last.hash}${at}${text}`)
      insist(hash === last.hash, 'the chain of the journal holds')
      last.seq = Number(seq)
      shop.trace(`journal ${text.slice(0, 400)}`)
      const entry: JournalEntry = JSON.parse(text)
      cashUps.heard(entry)
      const { verify } = shop.operatorKeys
      const step = follow(fold, entry, { now: shop.now(), at: Number(at), verify })
      if (!step) continue
      cashUps.step(step.after, step.event === null)
      touched.add(step.after.id)
      if (isReading) continue
      if (step.event) judge({ shop, truth }, step)
      else countBegun(shop, step.after)
    }
    isReading = false
    return touched
  }
}

type Step = { before: Operation; event: Event | null; after: Operation }

/** What a line makes of an operation; null: it speaks of none. */
function follow(
  fold: Fold,
  entry: JournalEntry,
  { now, at, verify }: { now: number; at: number; verify: VerifyBy },
): Step | null {
  switch (entry.type) {
    case 'begun': {
      const { operation } = entry
      insist(!fold.operations.has(operation.id), 'an operation is begun once')
      checkOpening(fold, operation, operation.begunAt)
      put(fold, operation, now)
      return { before: operation, event: null, after: operation }
    }
    case 'heard': {
      const before = fold.operations.get(entry.id)
      insist(before, 'a journal line speaks of an operation that was begun')
      const event = withDocument(entry.event)
      const after = heard(before, event)
      if (before.state.is === 'warned') checkOpening(fold, after ?? before, at)
      insist(after, `every journal line changes something: ${before.state.is} ${event.type}`)
      put(fold, after, now)
      return { before, event, after }
    }
    case 'corrected':
      checkCorrection(fold, entry.correction)
      return null
    case 'measures':
      insist(isAttested(entry.proof, verify), 'what is believed is the operator’s word')
      fold.laid = entry.proof.statement.measures
      return null
    case 'replaced':
      insist(isAttested(entry.replacement.proof, verify), 'the seal is the operator’s')
      return null
    case 'printed':
    case 'aligned':
    case 'card-day':
    case 'cash-up':
    case 'cash-up-wanted':
    case 'granted':
    case 'lent':
    case 'lent-used':
    case 'set':
      return null
    default:
      return entry satisfies never
  }
}

function countBegun({ tally: { counts } }: AuditedTill, { state }: Operation): void {
  counts.operations += 1
  if (state.is === 'warned') counts.warned += 1
}

/** S1.5, S1.6: under a block that is believed no shift opens, a warning is read first. */
function checkOpening({ laid }: Fold, { kind, state }: Operation, at: number): void {
  if (kind !== 'shift-opening' || state.is === 'failed') return
  const isBlocked = measureInForce(laid, 'block', at) !== null
  insist(!isBlocked, 'no shift opens under a block that the register believes')
}

/** S4.3: a correction is made once nothing is left that may yet change the figures by itself. */
function checkCorrection({ corrections, open, operations }: Fold, made: Correction): void {
  insist(open.size === 0, 'nothing is corrected while an operation is open')
  insist(made.amount === made.skoCash - made.cash, 'the drawer is brought to what the device holds')
  const isUnchecked = [...operations.values()].some(isUnproved)
  insist(!isUnchecked, 'nothing is corrected while a word is unproved')
  corrections.add(made.id)
}

function put(fold: Fold, operation: Operation, now: number): void {
  const { operations, open, redSince, ever } = fold
  const { id, signed } = operation
  fold.newest = Math.max(fold.newest, signed?.document.number ?? 0)
  ever.add(id)
  operations.set(id, operation)
  if (isOpen(operation)) open.add(id)
  else open.delete(id)
  if (operation.state.is !== 'red') redSince.delete(id)
  else if (!redSince.has(id)) redSince.set(id, now)
}

/** The journal keeps a document as its sealed bytes alone. */
function withDocument(event: Event): Event {
  if (!('signed' in event) || !event.signed) return event
  const document = JSON.parse(event.signed.sealed.body)
  return { ...event, signed: { ...event.signed, document } } as Event
}

type Scene = { shop: AuditedTill; truth: Truth }

/** Whether what the register came to believe is true, and who told it. */
function judge({ shop, truth }: Scene, { before, event, after }: Step): void {
  const { id, state } = after
  const made = truth.byOperation.get(id)
  if (state.is === 'registered' && state.proof === 'proved') isRightly(after, made)
  if (state.is === 'failed' && state.proof === 'proved') {
    const isForgotten = after.card && truth.forgotten.has(id)
    insist(!made || isForgotten, 'what is proved never to have been has no document')
  }
  if (state.is === 'cancelled' || (state.is === 'reversing' && !state.held)) {
    const isRight = !made || truth.forgotten.has(id)
    insist(isRight, `a charge that has its document is not undone: ${id}`)
  }
  if (event?.type === 'confirmed' || event?.type === 'denied') checkWord(shop, made, event)
  const isRed = state.is === 'red'
  if (isRed && before.state.is !== 'red') shop.tally.counts.red += 1
  if (before.state.is === 'red' && !isRed) {
    const name = event && whoTold(event)
    insist(name, `a red receipt never vanishes without a name: ${event?.type}`)
    shop.tally.clearedBy(name)
  }
  if (!isOpen(after) && isOpen(before)) shop.tally.ended(state.is)
}

function isRightly(operation: Operation, made: Made | undefined): void {
  const { signed } = operation
  insist(signed && made, 'what is proved has its document at the device')
  const isSame = signed.sealed.body === made.sealed.body
  insist(isSame, 'the register holds the document that the device made')
  const { kind, settlement } = made.document
  const moved = cashEffect(kind, settlement)
  insist(drawerEffect(operation) === moved, 'the document moves the cash that was intended')
}

function whoTold(event: Event): string | null {
  if (event.type === 'told') return event.by
  return 'person' in event && event.person !== '' ? 'person' : null
}
