import type { Notice, OperationView, Status } from '#core/api/register.ts'
import type { BillingView } from '#core/api/register-billing.ts'
import type { MeasureKind, StandingMeasure } from '#core/operator/measure.ts'
import type { Divergence, Neighbour } from '#core/register/trust.ts'
import type { Route } from './routes.ts'
import type { Till } from './till.ts'
import { blockIn, operationIn, refusalIn, type Trouble } from './trouble.ts'

// Several things may be amiss at once; a cashier can do one step at a time (H7, D14).

export type BillingTold = 'forbids' | 'warns' | 'grace'

/** Something that a cashier must be told above any screen. */
export type Message =
  | { is: Plain }
  | { is: 'red'; view: OperationView }
  | { is: 'trouble'; trouble: Trouble }
  | { is: 'distrusted'; neighbour: Neighbour }
  | { is: 'diverged'; from: Divergence }
  | MeasureMessage
  | { is: 'billing'; told: BillingTold; billing: BillingView }
  | { is: 'upload'; upload: NonNullable<Status['upload']> }
  | { is: 'carried'; sum: Status['cash'] }
  | { is: 'notice'; notice: Notice }

/** `ahead`: what comes after it, which is told in the same breath. */
type MeasureMessage = {
  is: 'measure'
  measure: StandingMeasure
  ahead: StandingMeasure[]
  upload: Status['upload']
}

type Plain = 'missed' | 'lost' | 'asking' | 'overdue' | 'closed' | 'retired'
type Known = Pick<Till, 'missed' | 'sending' | 'open' | 'trouble' | 'status'>

/**
 * All there is to be told on this screen, that whose step comes first at the head: whom not to
 * believe, what answers the last press, what stops work, what there is to read, what is only
 * ahead. `isTop`: no dialog shows the missed codes.
 */
export function messagesNow(known: Known, route: Route, isTop: boolean): Message[] {
  const { missed, sending, open, trouble, status } = known
  const is = (what: Plain, holds: boolean): Message[] => (holds ? [{ is: what }] : [])
  const standing = status ? standingIn(status, known, route) : noStanding
  return [
    ...is('missed', isTop && missed.length > 0),
    ...is('lost', sending?.lost === true),
    ...is(
      'asking',
      open.some((view) => view.state === 'asking'),
    ),
    // V1: while somebody else sits in its place, nothing it says clears a red receipt.
    ...(status?.distrusted ?? []).map((neighbour) => ({ is: 'distrusted' as const, neighbour })),
    ...redIn(known, route),
    ...(trouble && !isToldAlready(trouble, status) ? [{ is: 'trouble' as const, trouble }] : []),
    ...standing.stops,
    ...is('overdue', isOverdue(known, route)),
    // D20: not only when the receipt is to be paid.
    ...is('closed', route.at === 'sale' && status?.shift === null && !trouble),
    ...standing.toRead,
    ...standing.ahead,
  ]
}

/** Tells one message from another, whatever else is told. */
export function keyOf(message: Message): string {
  switch (message.is) {
    case 'red':
      return `red ${message.view.id}`
    case 'distrusted':
      return `distrusted ${message.neighbour}`
    case 'measure':
      return `${message.measure.kind} ${message.measure.from}`
    case 'notice':
      return `notice ${message.notice.id}`
    case 'billing':
      return `billing ${message.told}`
    default:
      return message.is
  }
}

function redIn({ open, trouble }: Known, route: Route): Message[] {
  const view = open.find(({ state }) => state === 'red')
  const isSaid =
    operationIn(trouble) === view?.id || (route.at === 'receipt' && route.id === view?.id)
  return view && !isSaid ? [{ is: 'red', view }] : []
}

const noStanding: Standing = { stops: [], toRead: [], ahead: [] }
type Standing = Record<'stops' | 'toRead' | 'ahead', Message[]>

function standingIn(status: Status, known: Known, route: Route): Standing {
  const { upload } = status
  const measures = measuresIn(status, known)
  const isSaid =
    refusalIn(known.trouble) === 'unsent.over7days' || measures.some((each) => each.upload)
  const uploads: Message[] = upload && !isSaid ? [{ is: 'upload', upload }] : []
  const isUrgent = upload?.stopsAt != null
  const billing = billingIn(status, route)
  const notices = status.notices.toReversed().map((notice) => ({ is: 'notice' as const, notice }))
  const isBad = ({ notice }: { notice: Notice }) => notice.tone === 'red'
  return {
    stops: [
      ...notices.filter(isBad),
      ...(status.diverged ? [{ is: 'diverged' as const, from: status.diverged }] : []),
      ...(status.retired ? [{ is: 'retired' as const }] : []),
      ...(isUrgent ? uploads : []),
      ...measures.filter(({ measure }) => measure.inForce),
      ...billing.filter(({ told }) => told === 'forbids'),
    ],
    toRead: [
      ...(status.carried === 0 ? [] : [{ is: 'carried' as const, sum: status.carried }]),
      ...notices.filter((notice) => !isBad(notice)),
    ],
    ahead: [
      ...(isUrgent ? [] : uploads),
      ...measures.filter(({ measure }) => !measure.inForce),
      ...billing.filter(({ told }) => told !== 'forbids'),
    ],
  }
}

/**
 * One message of all measures: the block that acts, else the warning, else what comes first; the
 * next of either kind stands in it. Behind a dialog that tells of one nothing is said of them. That
 * documents do not go because of a block is said with the block.
 */
function measuresIn({ measures, upload }: Status, { trouble, open }: Known): MeasureMessage[] {
  const isInDialog = blockIn(trouble) !== null || open.some(({ state }) => state === 'warned')
  const next = (kind: MeasureKind) => measures.find((each) => each.kind === kind && !each.inForce)
  const acting = (kind: MeasureKind) =>
    measures.findLast((each) => each.kind === kind && each.inForce)
  const ahead = measures.filter((each) => each === next(each.kind))
  const measure = acting('block') ?? acting('warning') ?? ahead[0]
  if (!measure || isInDialog) return []
  const isRejected = measure === acting('block') && upload?.cause === 'operator-rejects'
  return [
    {
      is: 'measure',
      measure,
      ahead: ahead.filter((each) => each !== measure),
      upload: isRejected ? upload : null,
    },
  ]
}

/** What billing says stands on the menu; a sale is never pushed away by it. */
function billingIn({ billing, shift }: Status, { at }: Route) {
  if (!billing) return []
  const told = (is: BillingTold) => ({ is: 'billing' as const, told: is, billing })
  if (billing.forbids) return shift && at !== 'menu' ? [] : [told('forbids')]
  if (at !== 'menu') return []
  return [
    ...(billing.warns ? [told('warns')] : []),
    ...(billing.graceUntil !== null ? [told('grace')] : []),
  ]
}

const isOverdue = ({ status, trouble }: Known, { at }: Route): boolean =>
  status?.shift?.mustClose === true &&
  at !== 'close-shift' &&
  refusalIn(trouble) !== 'shift.over24h'

/** A refusal that says again what stands beside it, or in a dialog. */
const isToldAlready = (trouble: Trouble, status: Status | null): boolean =>
  blockIn(trouble) !== null ||
  refusalIn(trouble) === 'billing.forbids' ||
  (status?.diverged != null && refusalIn(trouble) === `${status.diverged}.diverged`)
