import {
  type Answer,
  invalid,
  type RefusalCode,
  type Refused,
  refused,
} from '#core/api/contract.ts'
import type { Facts } from '#core/api/facts.ts'
import type {
  Goods,
  LineRequest,
  OperationRequest,
  OperationView,
  registerApi,
} from '#core/api/register.ts'
import { MAX_CASHIER } from '#core/api/tsrv.ts'
import type { Line } from '#core/document/totals.ts'
import { ZERO } from '#core/money.ts'
import { discrepancy, type GateFacts, refuse } from '#core/register/gate.ts'
import type { Operation } from '#core/register/operation.ts'
import { type Basis, plan } from '#core/register/plan.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Person } from '../catalogue/people.ts'
import type { Register } from '../desk/app.ts'
import { viewOf } from '../desk/view.ts'
import { commandBytes } from '../links/sko.ts'
import { checkUndoing } from './refunds.ts'

type FiscalCode = RefusalCode<(typeof registerApi)['begin']>
type Begun = Answer<OperationView, FiscalCode>

/**
 * Begins an operation, or finds it where its id is known: a double click, a second tab and a repeat
 * after a lost answer all come to the one operation.
 */
export async function begin(
  register: Register,
  request: OperationRequest,
  person: Person,
): Promise<Begun> {
  const { engine, store } = register
  const fingerprint = sha256(JSON.stringify(request))
  const again = async (known: Operation): Promise<Begun> => {
    if (known.request !== fingerprint) {
      return refused('operation.differs', {}, { operation: known.id })
    }
    await engine.resume(known.id)
    return viewed(register, known.id)
  }
  const known = store.operation(request.id)
  if (known) return again(known)
  if (request.of !== undefined) await checkUndoing(register, request.of)
  // The bank hears of what must be undone before it hears of more.
  if (isByCard(register, request)) await register.reversing.flush()
  // The next wish is judged by what the one under way comes to, not refused because of it.
  while (engine.busy()) await engine.settled()
  const arrived = store.operation(request.id)
  if (arrived) return again(arrived)

  const lines = request.kind === 'sale' ? linesOf(register, request, person) : []
  if ('kind' in lines) return lines
  const cashier = person.user.slice(0, MAX_CASHIER)
  const names = (request.lines ?? []).map((line) => nameOf(register, line))
  const planned = plan(request, { cashier, lines, names, basis: basisOf(register, request) })
  if ('kind' in planned) {
    if (planned.kind === 'invalid') return planned
    const field = 'field' in planned ? planned.field : undefined
    return refused(planned.code, planned.facts, { field })
  }
  const facts = gateFacts(register)
  const { command, sum, payments, returns, card, cash, discounts, markups } = planned
  const wish = { kind: request.kind, cash, card: card?.sum ?? ZERO, sum, discounts, markups }
  const refusal = refuse(facts, wish)
  if (refusal) return refusedBy(refusal)
  const expected = expectedNumber(register)
  store.begin({
    id: request.id,
    kind: request.kind,
    cashier,
    begunAt: facts.now,
    command,
    expected,
    guessed: register.device.known() === null,
    bytes: commandBytes(command, { token: register.sko.token, id: request.id, expected }),
    sum,
    payments,
    of: request.of ?? null,
    returns,
    request: fingerprint,
    card,
    authorisation: 'none',
    reached: 'no',
    state: { is: 'intended', stage: card ? 'authorisation' : 'fiscal' },
    signed: null,
    claim: null,
    notice: null,
  })
  await engine.drive(request.id)
  return viewed(register, request.id)
}

/** Told from the request alone: from its plan to its intent nothing may come between. */
const isByCard = ({ store }: Register, { payments = [], of }: OperationRequest): boolean =>
  payments.some(({ means }) => means === 'card') ||
  (of !== undefined && (store.operation(of)?.card ?? null) !== null)

const refusedBy = (refusal: NonNullable<ReturnType<typeof refuse>>): Refused<FiscalCode> =>
  refused(refusal.code, factsOf(refusal), {
    operation: refusal.operation?.id,
    field: refusal.field,
  })

const factsOf = ({ operation, sum }: NonNullable<ReturnType<typeof refuse>>): Facts =>
  operation ? { kind: operation.kind, sum: operation.sum } : sum === undefined ? {} : { sum }

/** What the gate decides from, as the register knows it now. */
export function gateFacts({ device, store, hasTerminal, now }: Register): GateFacts {
  const { balances, shift } = store.ledger()
  const known = device.known()
  return {
    now: now(),
    open: store.open(),
    shift,
    cash: balances.drawer,
    skoCash: known?.cash ?? null,
    oldestUnsentAt: known?.oldestUnsentAt ?? null,
    terminal: hasTerminal,
    reversals: store.reversals().length,
  }
}

/** The device counts; while it has not been heard since the start, the last document tells. */
const expectedNumber = ({ device, store }: Register): number =>
  device.known()?.nextNumber ?? (store.ledger().last?.number ?? 0) + 1

export function viewed(register: Register, id: string): Answer<OperationView, 'operation.unknown'> {
  const listed = register.store.listed(id)
  if (!listed) return refused('operation.unknown')
  return {
    kind: 'done',
    value: viewOf(listed, {
      acknowledged: register.device.known()?.acknowledged ?? null,
      discrepancy: discrepancy(gateFacts(register)),
      waits: register.terminal.waits(id),
      undone: listed.operation.kind === 'sale' ? register.store.undoing(id) : [],
    }),
  }
}

function basisOf({ store }: Register, { of }: OperationRequest): Basis {
  const { last, shift } = store.ledger()
  return {
    operation: of === undefined ? null : store.operation(of),
    undone: of === undefined ? [] : store.undoing(of),
    last: last?.number ?? null,
    shift: shift?.shift ?? null,
  }
}

/** What a line of a refund is called, where it does not point at the sale's line. */
function nameOf({ goods }: Register, line: LineRequest) {
  const known = line.goods === undefined ? null : goods.one(line.goods)
  return { code: line.code ?? known?.code ?? null, name: line.name ?? known?.name ?? null }
}

type Unresolved = Extract<Begun, { kind: 'invalid' | 'refused' }>

/** The request's lines with what they leave out taken from the goods. */
function linesOf(
  { goods }: Register,
  { lines = [] }: OperationRequest,
  person: Person,
): Line[] | Unresolved {
  const resolved: Line[] = []
  for (const [i, line] of lines.entries()) {
    const known = line.goods !== undefined ? goods.one(line.goods) : byCode(goods, line.code)
    if (line.goods !== undefined && !known) {
      return invalid(`lines.${i}.goods`, 'goods-unknown')
    }
    const name = line.name ?? known?.name
    const price = line.price ?? known?.price
    if (name === undefined) return missing(i, 'name', line.code)
    if (price === undefined) return missing(i, 'price', line.code)
    if (known && price !== known.price && person.role !== 'administrator') {
      return refused('right.required')
    }
    resolved.push({
      name,
      price,
      quantity: line.quantity,
      code: line.code ?? known?.code ?? null,
      discount: line.discount ?? ZERO,
      markup: line.markup ?? ZERO,
      vat: line.vat !== undefined ? line.vat : (known?.vat ?? null),
    })
  }
  return resolved
}

const byCode = (goods: Register['goods'], code: string | undefined): Goods | null =>
  code === undefined ? null : (goods.byCode(code)?.goods ?? null)

const missing = (i: number, field: 'name' | 'price', code: string | undefined): Unresolved =>
  code === undefined
    ? invalid(`lines.${i}.${field}`, field === 'name' ? 'name-missing' : 'price-missing')
    : invalid(`lines.${i}.${field}`, 'goods-code-unknown', { code })
