import type { Approval } from '#core/card/answer.ts'
import { type CardRead, type Mark, markOf, nextStan } from '#core/card/request.ts'
import { LARGEST_STAN } from '#core/iso8583/fields.ts'
import { maskPan } from '#core/iso8583/pan.ts'
import { type BankApproval, financialOf, reversalOf } from '#core/register/card-part.ts'
import type { Event, Operation, Reversed } from '#core/register/operation.ts'
import { MINUTE, type Moment } from '#core/time.ts'
import type { AcquirerLink } from '../links/acquirer.ts'
import type { Reader } from '../links/reader.ts'
import type { RegisterStore } from '../memory/store.ts'

// The card terminal: reads a card, carries the operation to the bank, asks after it, undoes it.

/** How long a customer has to show a card. */
const PRESENT_MS = MINUTE
// Questions that leave no trace take numbers too: a restart skips what they may have taken.
const SKIPPED = 100

export type Marks = ReturnType<typeof openMarks>

/** STANs of the terminal, one after another; those of attempts are on disk with them. */
export function openMarks(store: RegisterStore, now: () => number) {
  let stan = (store.lastStan() + SKIPPED) % LARGEST_STAN
  return (): Mark => {
    stan = nextStan(stan)
    return markOf(stan, now())
  }
}

export type TerminalPorts = {
  store: RegisterStore
  acquirer: AcquirerLink
  reader: Reader
  mark: () => Mark
  now: () => number
  /** The reader begins or ends to wait for this operation's card. */
  changed: (id: string) => void
}

export type CardTerminal = ReturnType<typeof openTerminal>

export function openTerminal(ports: TerminalPorts) {
  const { now, changed } = ports
  /** Numbers of cards live here, from the reading to the bank's answer, and nowhere else. */
  const cards = new Map<string, CardRead>()
  const reading = new Map<string, { until: number; abort: AbortController }>()
  const read = async (operation: Operation): Promise<Event> => {
    const { id, card } = operation
    const abort = new AbortController()
    reading.set(id, { until: now() + PRESENT_MS, abort })
    changed(id)
    const bounds = { deadlineMs: PRESENT_MS, signal: abort.signal }
    const request = { operation: id, sum: card?.sum ?? 0, currency: 'BYN' } as const
    const got = await ports.reader(request, bounds)
    reading.delete(id)
    if (got.kind !== 'read') return { type: 'dismissed', why: got.kind, person: null }
    cards.set(id, got.card)
    const { pan, entry } = got.card
    return attemptOf(ports, operation, { masked: maskPan(pan), entry })
  }
  const inquired = async ({ id, card }: Operation) =>
    card?.attempt ? ports.acquirer.inquire({ kind: 'inquiry', operation: id }) : null
  return {
    /** Until when the reader waits for this operation's card; null: it does not. */
    waits: (id: string): number | null => reading.get(id)?.until ?? null,
    /** Calls a card off while none was read. False: too late. */
    dismiss: (id: string): boolean => {
      const waiting = reading.get(id)
      waiting?.abort.abort()
      return waiting !== undefined
    },
    /** A purchase needs a card; what gives money back goes by the bank's own reference. */
    present: async (operation: Operation): Promise<Event> => {
      if (operation.card?.kind === 'purchase') return read(operation)
      const sale = operation.of === null ? null : ports.store.operation(operation.of)
      const masked = sale?.card?.attempt?.masked ?? null
      return attemptOf(ports, operation, { masked, entry: 'none' })
    },
    authorise: async (operation: Operation): Promise<Event> => {
      const card = cards.get(operation.id) ?? null
      cards.delete(operation.id)
      return authorise(ports, operation, card)
    },
    /** Null: nothing that decides was heard. */
    ask: (operation: Operation): Promise<Event | null> => askBank(ports, operation),
    /** Null: the bank has not said its final word. */
    reverse: (operation: Operation, repeat: boolean): Promise<Event | null> =>
      reverse(ports, operation, repeat),
    /** What the bank holds of an operation, for a person to see; asking changes nothing. */
    look: async (operation: Operation) => {
      const heard = await inquired(operation)
      return heard && (heard.kind === 'told' ? heard.fate : 'silent')
    },
    /** The same with all that the bank tells of it; null: nothing of it has gone there. */
    inquired,
  }
}

const attemptOf = (
  { mark }: TerminalPorts,
  { expected }: Operation,
  read: { masked: string | null; entry: CardRead['entry'] },
): Event => ({
  type: 'presented',
  attempt: { mark: mark(), undo: mark(), receipt: expected, ...read },
})

async function authorise(
  { acquirer, now }: TerminalPorts,
  operation: Operation,
  card: CardRead | null,
): Promise<Event> {
  const financial = financialOf(operation)
  const mark = operation.card?.attempt?.mark
  // A purchase without its card cannot leave, and whether it has left is not known any more.
  if (!financial || !mark || (financial.kind === 'purchase' && !card)) {
    return { type: 'bank', outcome: 'unknown' }
  }
  const heard = await acquirer.financial({ ...financial, card }, mark)
  switch (heard.kind) {
    case 'approved':
      return { type: 'bank', outcome: 'approved', approval: approvalOf(heard, now()) }
    case 'declined':
      return { type: 'bank', outcome: 'declined', code: heard.code }
    case 'unsent':
      return { type: 'bank', outcome: 'unsent' }
    case 'unclear':
    case 'silent':
      return { type: 'bank', outcome: 'unknown' }
    default:
      return heard satisfies never
  }
}

const approvalOf = ({ code, rrn, auth, day, sum }: Approval, at: Moment): BankApproval => ({
  code,
  rrn,
  auth,
  day,
  sum,
  at,
})

/** R21: what the bank never saw is fenced by its reversal before it is believed never to be. */
async function askBank(ports: TerminalPorts, operation: Operation): Promise<Event | null> {
  const { acquirer, now } = ports
  if (operation.card?.fencing) return toldNever(await reverse(ports, operation, true))
  const heard = await acquirer.inquire({ kind: 'inquiry', operation: operation.id })
  if (heard.kind !== 'told') return null
  const told = { type: 'told', by: 'bank' } as const
  switch (heard.fate) {
    case 'approved':
      return { ...told, verdict: 'approved', approval: approvalOf(heard, now()) }
    case 'declined':
      return { ...told, verdict: 'declined', code: heard.code }
    case 'reversed':
      return toldNever(await reverse(ports, operation, true))
    case 'never':
      // On disk before the reversal leaves: whatever is said after it cannot be believed.
      return heard.fenced ? { ...told, verdict: 'never' } : { type: 'fencing' }
    default:
      return heard satisfies never
  }
}

function toldNever(reversed: Reversed | null): Event | null {
  if (!reversed?.done) return null
  const { approval, day } = reversed
  const undone = approval && day !== null ? { approval, day } : undefined
  return { type: 'told', by: 'bank', verdict: 'never', ...(undone && { undone }) }
}

async function reverse(
  ports: TerminalPorts,
  operation: Operation,
  repeat: boolean,
): Promise<Reversed | null> {
  const { acquirer } = ports
  const request = reversalOf(operation, repeat)
  const undo = operation.card?.attempt?.undo
  if (!request || !undo) return { type: 'reversed', done: true, day: null, code: '' }
  const heard = await acquirer.reverse(request, undo)
  switch (heard.kind) {
    case 'reversed':
      return booked(ports, operation, { done: true, day: heard.day, code: '400' })
    case 'not-found':
      return { type: 'reversed', done: true, day: null, code: '914' }
    case 'refused':
      return booked(ports, operation, { done: false, day: null, code: heard.code })
    case 'unclear':
    case 'unsent':
    case 'silent':
      return null
    default:
      return heard satisfies never
  }
}

/**
 * An approval that was never heard stands in the bank's day beside its reversal: without it the
 * reconciliation would not balance. Null: the bank does not tell, the reversal is repeated.
 */
async function booked(
  { acquirer, now }: TerminalPorts,
  { id, card }: Operation,
  word: Omit<Reversed, 'type'>,
): Promise<Reversed | null> {
  const said: Reversed = { type: 'reversed', ...word }
  if (card?.approval || (word.done && word.day === null)) return said
  const heard = await acquirer.inquire({ kind: 'inquiry', operation: id })
  if (heard.kind !== 'told') return null
  if (heard.fate !== 'approved' && heard.fate !== 'reversed') return said
  return { ...said, approval: approvalOf(heard, now()) }
}
