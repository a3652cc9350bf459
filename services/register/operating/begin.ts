import { type Answer, type RefusalCode, type Refused, refused } from '#core/api/contract.ts'
import type { Facts } from '#core/api/facts.ts'
import type { LineRequest, OperationRequest } from '#core/api/operation-request.ts'
import type { OperationView, registerApi } from '#core/api/register.ts'
import type { BillingView } from '#core/api/register-billing.ts'
import { MAX_CASHIER } from '#core/api/tsrv.ts'
import type { Line } from '#core/document/totals.ts'
import { ZERO } from '#core/money.ts'
import { reasonsOf } from '#core/register/discount.ts'
import { discrepancy, type GateFacts, refuse, type Wish } from '#core/register/gate.ts'
import { blockReason, openingState } from '#core/register/opening.ts'
import type { Operation } from '#core/register/operation.ts'
import { type BasisReceipt, type Planned, plan } from '#core/register/plan.ts'
import { isWhole } from '#core/units.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { GoodsCatalogue } from '../catalogue/goods.ts'
import type { Person } from '../catalogue/people.ts'
import { viewOf } from '../desk/view.ts'
import { commandBytes } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { Register } from '../register.ts'
import { askedOf, refuseByRight, ringUp } from './receipt.ts'
import { checkUndoing } from './refunds.ts'
import { judgeUnits, type RungUp, unitMarkOf } from './units.ts'

type FiscalCode = RefusalCode<(typeof registerApi)['begin']>
type Begun = Answer<OperationView, FiscalCode>
type Turned = Extract<Begun, { kind: 'invalid' | 'refused' }>

/**
 * Begins an operation, or finds it where its id is known: a double click, a second tab and a repeat
 * after a lost answer all come to the one operation.
 */
export async function begin(
  register: Register,
  request: OperationRequest,
  person: Person,
): Promise<Begun> {
  const { store, engine } = register
  const { id } = request
  const fingerprint = sha256(JSON.stringify(request))
  if (!store.operation(id)) await settleBefore(register, request)
  let known = store.operation(id)
  // The next wish is judged by what the one under way comes to, not refused because of it. From
  // here to the intent nothing is awaited: nothing may come between the judgement and the disk.
  while (!known && engine.busy()) {
    await engine.settled()
    known = store.operation(id)
  }
  if (known) {
    if (known.request !== fingerprint) return refused('operation.differs', {}, { operation: id })
    await engine.resume(id)
    return viewed(register, id)
  }
  const cashier = person.user.slice(0, MAX_CASHIER)
  const rung = request.kind === 'sale' ? ringUp(register, request.lines ?? []) : []
  if ('kind' in rung) return rung
  const planned = planOf(register, request, { person, cashier, rung })
  if ('kind' in planned) return planned
  const facts = gateFacts(register)
  const refusal = refuse(facts, wishOf(request, planned))
  if (refusal) return refusedBy(refusal)
  const groups = groupsOf(register, request, { rung, planned })
  const asked = { request, fingerprint, cashier, begunAt: facts.now, groups }
  store.begin(intentOf(register, asked, planned))
  await engine.drive(id)
  return viewed(register, id)
}

/** What must be known, or be at the bank, before a new operation is judged. */
async function settleBefore(register: Register, request: OperationRequest): Promise<void> {
  if (request.of !== undefined) await checkUndoing(register, request.of)
  // S1.5, S1.6, S2: a shift opens under what operator and billing say now, if they say anything.
  if (request.kind === 'shift-opening' && !register.store.ledger().shift) {
    await Promise.all([register.measures.ask(), register.billing.ask()])
  }
  // The bank hears of what must be undone before it hears of more.
  if (isByCard(register.store, request)) await register.reversing.flush()
}

/** What the request comes to, where this person may ask for it. */
function planOf(
  register: Register,
  request: OperationRequest,
  { person, cashier, rung }: { person: Person; cashier: string; rung: readonly RungUp[] },
): Planned | Turned {
  const { store, goods } = register
  const by = { person, operation: request.id }
  const refusal = refuseByRight(register, askedOf(rung, request), by)
  if (refusal) return refusal
  // N9: whoever brings it back pays it, and nobody else.
  if (register.parked.waits(request.id)) return refused('receipt.parked')
  const unit = judgeUnits(register, request, rung)
  if (unit) return unit
  const basis = basisOf(store, request)
  const { lines = [] } = request
  const planned = plan(request, {
    cashier,
    lines: rung.map(({ line }) => line),
    names: request.kind === 'refund' ? lines.map((line) => nameOf(goods, line)) : [],
    pieces: piecesOf(goods, basis),
    basis,
  })
  if (!('kind' in planned) || planned.kind === 'invalid') return planned
  const field = 'field' in planned ? planned.field : undefined
  return refused(planned.code, planned.facts, { field })
}

/** What the gate is asked for. */
const wishOf = (
  { kind, carried }: OperationRequest,
  { cash, card, sum, discounts, markups }: Planned,
): Wish => ({
  kind,
  cash,
  card: card?.sum ?? ZERO,
  sum,
  discounts,
  markups,
  carried: carried ?? false,
})

type Asked = {
  request: OperationRequest
  fingerprint: string
  cashier: string
  begunAt: number
  groups: readonly string[]
}

/** What is on disk before anything of the operation leaves the process. */
function intentOf(
  { sko, store, device, measures }: Pick<Register, 'sko' | 'store' | 'device' | 'measures'>,
  { request, fingerprint, cashier, begunAt, groups }: Asked,
  { command, sum, payments, returns, card }: Planned,
): Operation {
  const { id, kind, of = null, grant = null, carried } = request
  const known = device.known()
  // The device counts; while it has not been heard since the start, the last document tells.
  const expected = known?.nextNumber ?? (store.ledger().last?.number ?? 0) + 1
  const intent: Operation = {
    id,
    kind,
    cashier,
    begunAt,
    command,
    expected,
    guessed: known === null,
    bytes: commandBytes(command, { token: sko.token, id, expected }),
    sum,
    payments,
    of,
    returns,
    groups,
    reasons: reasonsOf(request),
    request: fingerprint,
    grant,
    card,
    authorisation: 'none',
    reached: 'no',
    state:
      kind === 'shift-opening'
        ? openingState(measures.known(), begunAt)
        : { is: 'intended', stage: card ? 'authorisation' : 'fiscal' },
    signed: null,
    claim: null,
    notice: null,
  }
  const resold = resoldOf(request)
  return Object.assign(intent, carried && { carried }, resold.length > 0 && { resold })
}

const resoldOf = ({ kind, lines = [] }: OperationRequest): number[] =>
  kind === 'sale' ? lines.flatMap(({ resold }, place) => (resold ? [place] : [])) : []

/** Of which group the goods of each line are: as they are now, or as they were when sold. */
function groupsOf(
  { store }: Pick<Register, 'store'>,
  { kind, of }: OperationRequest,
  { rung, planned: { returns } }: { rung: readonly RungUp[]; planned: Planned },
): readonly string[] {
  if (kind === 'sale') return rung.map(({ goods }) => goods?.group ?? '')
  const sold = of === undefined ? [] : (store.operation(of)?.groups ?? [])
  return kind === 'refund' ? returns.map((line) => sold[line] ?? '') : sold
}

/** Told from the request alone: its plan comes later. */
const isByCard = (store: RegisterStore, { payments = [], of }: OperationRequest): boolean =>
  payments.some(({ means }) => means === 'card') ||
  (of !== undefined && (store.operation(of)?.card ?? null) !== null)

export const refusedBy = (refusal: NonNullable<ReturnType<typeof refuse>>): Refused<FiscalCode> =>
  refused(refusal.code, factsOf(refusal), {
    operation: refusal.operation?.id,
    field: refusal.field,
  })

function factsOf(refusal: NonNullable<ReturnType<typeof refuse>>): Facts {
  const { operation, sum, said, billing, account } = refusal
  if (operation) return { kind: operation.kind, sum: operation.sum }
  if (said !== undefined) return { said }
  if (billing !== undefined) return account === undefined ? { billing } : { billing, account }
  return sum === undefined ? {} : { sum }
}

type GateParts = Pick<
  Register,
  'device' | 'store' | 'measures' | 'succession' | 'billing' | 'hasTerminal' | 'now'
>

/** What the gate decides from, as the register knows it now. */
export function gateFacts({
  device,
  store,
  measures,
  succession,
  billing,
  hasTerminal,
  now,
}: GateParts): GateFacts {
  const { balances, shift } = store.ledger()
  const known = device.known()
  return {
    now: now(),
    open: store.open(),
    shift,
    cash: balances.drawer,
    skoCash: known?.cash ?? null,
    oldestUnsentAt: known?.oldestUnsentAt ?? null,
    diverged: device.diverged(),
    retired: succession.retired(),
    carried: balances.carried,
    terminal: hasTerminal,
    reversals: store.reversals().length,
    blocked: blockReason(measures.known(), now()),
    unbilled: unbilledBy(billing.view()),
  }
}

const unbilledBy = (view: BillingView | null): GateFacts['unbilled'] =>
  view?.forbids ? { state: view.state, account: view.account } : null

export function viewed(register: Register, id: string): Answer<OperationView, 'operation.unknown'> {
  const listed = register.store.listed(id)
  if (!listed) return refused('operation.unknown')
  return {
    kind: 'done',
    value: viewOf(listed, {
      stored:
        register.store.replacementSince(id)?.proof.statement.number ??
        register.device.known()?.stored ??
        null,
      discrepancy: discrepancy(gateFacts(register)),
      waits: register.terminal.waits(id),
      undone: listed.operation.kind === 'sale' ? register.store.undoing(id) : [],
    }),
  }
}

function basisOf(store: RegisterStore, { of }: OperationRequest): BasisReceipt {
  const { last, shift } = store.ledger()
  // Numbers and shifts of a device that was replaced are not this one's.
  const isFormer = of !== undefined && store.replacementSince(of) !== null
  return {
    operation: of === undefined ? null : store.operation(of),
    undone: of === undefined ? [] : store.undoing(of),
    last: last?.number ?? null,
    shift: isFormer ? null : (shift?.shift ?? null),
  }
}

/** The lines of a sale of whose goods there are no parts: single units, what is sold by piece. */
function piecesOf(goods: GoodsCatalogue, { operation }: BasisReceipt): ReadonlySet<number> {
  const lines = operation?.signed?.document.lines ?? []
  const isPiece = ({ code, mark }: Line): boolean => {
    const known = code === null ? null : goods.byCode(code)
    return mark !== undefined || (known !== null && isWhole(known.goods.unit))
  }
  return new Set(lines.flatMap((line, place) => (isPiece(line) ? [place] : [])))
}

/** What a line of a refund is called, where it does not point at the sale's line. */
function nameOf(goods: GoodsCatalogue, line: LineRequest) {
  const known = line.goods === undefined ? null : goods.one(line.goods)
  const code = line.code ?? known?.code ?? null
  const name = line.name ?? known?.name ?? null
  const mark = line.mark ? unitMarkOf(line.mark, { goods, field: 'mark', of: null }) : null
  // A mark that cannot be read is nobody's: the line is not found by it.
  return { code, name, mark: mark && 'kind' in mark ? NO_MARK : mark }
}

const NO_MARK = { si: null, ukz: null }
