import { registerRights } from '#core/access/rights.ts'
import type { Answer } from '#core/api/contract.ts'
import type { OperationRequest } from '#core/api/operation-request.ts'
import type { OperationView } from '#core/api/register.ts'
import { uidOf } from '#core/document/uid.ts'
import type { OperationId } from '#core/id.ts'
import { kopecks, thousandths } from '#core/money.ts'
import { answerOf } from '#core/operator/answer.ts'
import { carriedText } from '#core/operator/carried.ts'
import { discrepancy } from '#core/register/gate.ts'
import type { Operation } from '#core/register/operation.ts'
import { isOpen, verbsNow } from '#core/register/standing.ts'
import { printedMoment } from '#core/time.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import type { Person } from '#services/register/catalogue/people.ts'
import { answered } from '#services/register/operating/answers.ts'
import { begin, gateFacts } from '#services/register/operating/begin.ts'
import { clearUp } from '#services/register/operating/clearing.ts'
import { correct } from '#services/register/operating/corrections.ts'
import { cancelUnfinished, confirm, deny, speak } from '#services/register/operating/verbs.ts'
import { anIssuer, NOW } from './fixtures.ts'
import type { ValueTill } from './way-out-till.ts'
import { hashOfNumber, isFormer, type TillState } from './way-out-world.ts'

// What a person may press at the till, what goes by itself, and what befalls it.

/** All sums are of one size: what decides is which of them are there, and their signs. */
export const UNIT = kopecks(100)

export const presses = [
  'open',
  'sale',
  'card sale',
  'mixed sale',
  'refund',
  'annulment',
  'deposit',
  'withdrawal',
  'close',
  'continue',
  'give up',
  'confirm',
  'confirm wrongly',
  'deny',
  'bring the answer',
  'cancel',
  'correct',
  // By itself, or by fate.
  'clear',
  'window up',
  'restart',
  'put back',
  'replace',
] as const
export type Press = (typeof presses)[number]

/** Null: it was done, or there was nothing to press. */
export type Turned = { code: string } | null

const ANNA: Person = {
  user: 'Анна',
  role: 'administrator',
  rights: registerRights,
  discountPercent: 100,
  language: null,
}

let made = 0
const nextId = (): OperationId => {
  made += 1
  return `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}` as OperationId
}

const lineOf = (price: number) => ({
  name: 'Хлеб',
  price: kopecks(price),
  quantity: thousandths(1000),
  vat: null,
})

type Wanted = Omit<OperationRequest, 'id'>
const sale = (...means: ('cash' | 'card')[]): Wanted => ({
  kind: 'sale',
  lines: [lineOf(UNIT * means.length)],
  payments: means.map((one) => ({ means: one, sum: UNIT })),
})

/** The sale that may be undone. */
const basisOf = (state: TillState): Operation | undefined =>
  state.operations.find(
    ({ id, kind, signed }) =>
      kind === 'sale' &&
      signed?.document.number === state.made.at(-1)?.document.number &&
      !isFormer(state, id),
  )

/** What a person asks for by the press; null: nobody can ask for it now. */
export function wishOf(press: Press, state: TillState): Wanted | null {
  const { ledger } = state
  const { drawer } = ledger.balances
  const basis = basisOf(state)
  switch (press) {
    case 'open':
      return { kind: 'shift-opening' }
    case 'close':
      return { kind: 'shift-closing' }
    case 'sale':
      return sale('cash')
    case 'card sale':
      return sale('card')
    case 'mixed sale':
      return sale('card', 'cash')
    case 'deposit':
      return { kind: 'deposit', sum: UNIT }
    case 'withdrawal':
      return drawer > 0 ? { kind: 'withdrawal', sum: drawer } : null
    case 'refund':
    case 'annulment':
      return basis ? { kind: press, of: basis.id } : null
    default:
      return null
  }
}

const openIn = ({ operations }: TillState): Operation | undefined => operations.find(isOpen)

/** What stands open allows it, whatever the gate says. */
export function isThere(press: Press, state: TillState): boolean {
  const open = openIn(state)
  const verbs = open ? verbsNow(open) : []
  switch (press) {
    case 'continue':
      return verbs.includes('continue')
    case 'give up':
      return verbs.includes('giveUp')
    case 'confirm':
      return verbs.includes('confirm') && open !== undefined && isMade(state, open)
    case 'confirm wrongly':
      return verbs.includes('confirm')
    case 'deny':
    case 'bring the answer':
      return verbs.includes('deny')
    case 'cancel':
      return verbs.includes('cancelUnfinished')
    case 'window up':
      return open?.state.is === 'warned'
    case 'correct':
    case 'clear':
    case 'restart':
    case 'put back':
      return true
    case 'replace':
      return state.former === null
    default:
      return wishOf(press, state) !== null
  }
}

/** The document that the device made of it. */
export const documentOf = (state: TillState, { id, expected }: Operation) => {
  const of = isFormer(state, id) ? state.former : state
  return of?.made.find(
    ({ document }) =>
      document.operation === id || (document.operation === null && document.number === expected),
  )
}
const isMade = (state: TillState, operation: Operation): boolean =>
  documentOf(state, operation) !== undefined

/** Presses once; what the till answers. */
export async function pressed(till: ValueTill, press: Press): Promise<Turned> {
  const { register } = till
  const wish = wishOf(press, till.state())
  if (wish) return turnedBy(await begin(register, { id: nextId(), ...wish }, ANNA))
  const open = openIn(till.state())
  switch (press) {
    case 'continue':
      return open
        ? turnedBy(await speak(register, open.id, { type: 'continued', person: ANNA.user }))
        : null
    case 'give up':
      return open
        ? turnedBy(await speak(register, open.id, { type: 'gaveUp', person: ANNA.user }))
        : null
    case 'confirm':
      return open ? turnedBy(await said(till, open, documentOf(till.state(), open))) : null
    case 'confirm wrongly':
      return open ? turnedBy(await said(till, open, undefined)) : null
    case 'deny':
      return open ? turnedBy(await deny(register, open.id, ANNA.user)) : null
    case 'bring the answer':
      return open ? turnedBy(await brought(till, open)) : null
    case 'cancel':
      return open ? turnedBy(await cancelUnfinished(register, open.id, ANNA.user)) : null
    case 'correct':
      return corrected(till)
    case 'clear':
      await goneBy(till)
      return null
    case 'window up':
      await till.windowUp()
      return null
    case 'restart':
      await till.restart()
      return null
    default:
      return null
  }
}

/** What the till does by itself while somebody looks: its loops come round once. */
export async function goneBy(till: ValueTill): Promise<void> {
  const { register, clearing } = till
  await register.device.refresh()
  await register.engine.recover()
  await clearUp({ ...partsOf(till), clearing })
  await register.reversing.flush()
}

const partsOf = ({ register: { store, sko, operator, terminal, engine, now } }: ValueTill) => ({
  store,
  now,
  sko,
  operator,
  terminal,
  engine,
})

async function corrected({ register }: ValueTill): Promise<Turned> {
  const seen = discrepancy(gateFacts(register)) ?? kopecks(0)
  return turnedBy(await correct(register, { id: nextId(), discrepancy: seen }, ANNA))
}

type Document = NonNullable<ReturnType<typeof documentOf>>

/** The form of a red receipt: what stands in the document, or what was made up. */
function said({ register }: ValueTill, open: Operation, signed: Document | undefined) {
  const number = signed?.document.number ?? open.expected
  const made = uidOf(hashOfNumber(10 ** 9 + number).slice(48), anIssuer().registerNumber)
  const typed = {
    number: String(number),
    at: printedMoment(signed?.document.at ?? NOW),
    uid: signed?.sealed.uid ?? made,
  }
  return confirm(register, Object.assign({ id: open.id }, typed), ANNA.user)
}

const signer = () => ({ key: '0f1e2d3c', signature: Buffer.alloc(64).toString('base64') })

/** What the operator answers a person in its cabinet, whatever becomes of the till's own line. */
function brought(till: ValueTill, { id: operation, expected, guessed }: Operation) {
  const state = till.state()
  const { device, former } = state
  const isOld = isFormer(state, operation)
  const documents = (isOld ? former?.made : state.made) ?? []
  const document = documents.find(({ document }) => document.operation === operation)
  const found = document && {
    operation,
    kind: document.document.kind,
    number: document.document.number,
    at: document.document.at,
    sum: document.document.sum,
    uid: document.sealed.uid,
  }
  const { device: serial, registerNumber } = anIssuer()
  const asked = { by: 'operation', operation, expected: guessed ? null : expected } as const
  const number = isOld ? (former?.sealed ?? 0) : device.number
  const held = { number, before: null, unreadable: false, retired: isOld }
  const answer = answerOf(
    { device: serial, registerNumber, asked },
    { found: found ?? null, held },
    { key: signer, at: NOW },
  )
  const said = { id: operation, answer: carriedText(answer) }
  return answered(till.register, said, ANNA.user)
}

/** Why it was turned away; what the device refused by itself was begun and came to nothing. */
function turnedBy(answer: Answer<OperationView, RefusalName>): Turned {
  if (answer.kind === 'invalid') return { code: `invalid ${answer.field}` }
  if (answer.kind === 'refused') return { code: answer.code }
  const { state, message } = answer.value
  return state === 'failed' ? { code: `failed ${message?.code ?? ''}` } : null
}
