import type { PrinterSetup } from '#core/api/register-equipment.ts'
import type { PaperLanguage } from '#core/api/register-settings.ts'
import { assert } from '#core/assert.ts'
import { backoff } from '#core/backoff.ts'
import { type Printable, receiptRows } from '#core/document/print.ts'
import { drawerEffect } from '#core/register/ledger.ts'
import type { Operation } from '#core/register/operation.ts'
import { MINUTE } from '#core/time.ts'
import type { Printed, PrintJob as PrinterJob } from '../links/printer.ts'
import { readPaperLines } from '../memory/paper-lines.ts'
import type { QueuedJob, QueuedPaper } from '../memory/papers.ts'
import type { RegisterStore } from '../memory/store.ts'

export type Print = (job: PrinterJob) => Promise<Printed>

export type Printing = ReturnType<typeof openPrinting>

// No job of the queue has this number.
const TRIAL = 0
const IDLE_MS = 60_000
const RETRY_MS = 2000
const LONGEST_RETRY_MS = 10 * MINUTE
// A paper that comes out later finds nobody who waits at the drawer.
const AT_DRAWER_MS = 2 * MINUTE

/**
 * The queue of papers, apart from the sale: a paper that may have come out already is printed again
 * marked as a repeat (R8), one that provably did not is simply printed.
 */
export function openPrinting({
  store,
  print,
  printer,
  language,
  now,
  changed,
}: {
  store: RegisterStore
  print: Print
  /** By which papers are printed, and in which language, from now on. */
  printer: () => PrinterSetup
  language: () => PaperLanguage
  now: () => number
  changed: (operation: string | null) => void
}) {
  let fault: string | null = null
  const failed = (why: string, tries = 1) => {
    if (fault !== why) {
      fault = why
      changed(null)
    }
    return backoff(tries, { first: RETRY_MS, longest: LONGEST_RETRY_MS, chance: 0 })
  }
  // A printer is spoken to by one job at a time.
  let turn: Promise<unknown> = Promise.resolve()
  let isTried = false
  const inTurn = (job: PrinterJob): Promise<Printed> => {
    const mine = turn.then(() => print(job))
    turn = mine.catch(() => {})
    return mine
  }
  return {
    fault: () => fault,
    /** Prints a paper that tries a printer and is in no queue; null: another is tried already. */
    tryOut: async (tried: PrinterSetup, cashier: string): Promise<Printed | null> => {
      if (isTried) return null
      isTried = true
      const rows = receiptRows({ is: 'printer-test', at: now(), cashier }, language())
      const printing = inTurn({ id: TRIAL, rows, printer: tried, opensDrawer: true })
      return printing.finally(() => {
        isTried = false
      })
    },
    queue: (paper: QueuedPaper): number => {
      const id = store.papers.queue(paper, null)
      changed(null)
      return id
    },
    /** Prints one paper; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const job = store.papers.next()
      if (!job) return IDLE_MS
      const printable = printableOf(store, job)
      // A paper that may have come out is repeated in the language it came out in.
      const spoken = store.papers.begin(job.id, language())
      const rows = receiptRows(printable, spoken)
      const opensDrawer = isDrawerWanted(store, job, now())
      const printed = await inTurn({ id: job.id, rows, printer: printer(), opensDrawer })
      switch (printed.kind) {
        case 'done':
          store.printed(job)
          fault = null
          changed(job.operation)
          return 0
        case 'refused':
          store.papers.unbegin(job.id)
          return failed(printed.code)
        case 'unsent':
          store.papers.unbegin(job.id)
          return failed('printer.away')
        case 'unknown':
          // A printer that never tells must not print the same paper all day long.
          return failed('printer.silent', job.begun + 1)
        default:
          return printed satisfies never
      }
    },
  }
}

/** Cash goes in or out with the original of a fresh document: the drawer never opens twice. */
function isDrawerWanted(store: RegisterStore, { paper, begun }: QueuedJob, now: number): boolean {
  if (paper.is !== 'operation' || paper.copy || begun > 0) return false
  const operation = store.operation(paper.id)
  if (!operation || drawerEffect(operation) === 0) return false
  return now - operation.begunAt < AT_DRAWER_MS
}

/** The paper as it is printed now: a job begun before may be on paper already (R8). */
function printableOf(store: RegisterStore, { paper, begun }: QueuedJob): Printable {
  const repeat = begun > 0 ? { repeat: true as const } : {}
  if (paper.is === 'x-report' || paper.is === 'trade') return { ...paper, ...repeat }
  if (paper.is === 'correction') {
    const correction = store.listed(paper.id)?.operation
    assert(correction?.kind === 'correction', 'a correction is queued together with itself')
    const { amount, cash, skoCash, at, person } = correction
    const told = { amount, cash, skoCash, at, cashier: person, issuer: store.issuer() }
    return { is: 'correction', ...told, ...repeat }
  }
  const operation = store.operation(paper.id)
  assert(operation, 'a paper is queued together with its operation')
  if (paper.is !== 'operation') return cardPaper(store, { paper, operation, repeat })
  const { signed } = operation
  assert(signed, 'a paper is queued together with its document')
  const { document, sealed } = signed
  const copy = paper.copy ? { copy: true as const } : {}
  const own = readPaperLines(store.paperLinesAt(operation.begunAt))
  return { is: 'document', document, uid: sealed.uid, own, ...copy, ...repeat }
}

type CardPaper = Extract<QueuedPaper, { is: 'slip' | 'reversal' }>

/** A slip of the bank, or that of a technical reversal (§3.2.2). */
function cardPaper(
  store: RegisterStore,
  {
    paper,
    operation,
    repeat,
  }: { paper: CardPaper; operation: Operation; repeat: { repeat?: true } },
): Printable {
  const { card } = operation
  assert(card?.attempt, 'a paper of a card is queued together with its attempt')
  const { kind, sum, attempt, approval } = card
  const told = {
    kind,
    sum,
    masked: attempt.masked,
    stan: attempt.mark.stan,
    receipt: attempt.receipt,
    rrn: approval?.rrn ?? null,
    auth: approval?.auth ?? null,
    code: approval?.code ?? null,
    at: approval?.at ?? attempt.mark.at,
    cashier: operation.cashier,
    issuer: store.issuer(),
  }
  return paper.is === 'slip'
    ? { is: 'slip', holder: paper.holder, ...told, ...repeat }
    : { is: 'reversal', ...told, ...repeat }
}
