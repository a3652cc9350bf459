import type { PaperLanguage } from '#core/api/register.ts'
import { assert } from '#core/assert.ts'
import { backoff } from '#core/backoff.ts'
import { type Columns, type Printable, receiptRows } from '#core/document/print.ts'
import type { Operation } from '#core/register/operation.ts'
import { MINUTE } from '#core/time.ts'
import type { Printed, PrintJob as PrinterJob } from '../links/printer.ts'
import type { QueuedJob, QueuedPaper } from '../memory/papers.ts'
import type { RegisterStore } from '../memory/store.ts'

export type Print = (job: PrinterJob) => Promise<Printed>

export type Printing = ReturnType<typeof openPrinting>

const IDLE_MS = 60_000
const RETRY_MS = 2000
const LONGEST_RETRY_MS = 10 * MINUTE

/**
 * The queue of papers, apart from the sale: a paper that may have come out already is printed again
 * marked as a repeat (R8), one that provably did not is simply printed.
 */
export function openPrinting({
  store,
  print,
  columns,
  language,
  changed,
}: {
  store: RegisterStore
  print: Print
  columns: Columns
  /** In which papers are printed from now on. */
  language: () => PaperLanguage
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
  return {
    fault: () => fault,
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
      const printed = await print({ id: job.id, rows, columns })
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
  return { is: 'document', document, uid: sealed.uid, ...copy, ...repeat }
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
