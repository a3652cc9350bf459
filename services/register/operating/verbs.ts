import { type Answer, invalid, type RefusalCode, refused } from '#core/api/contract.ts'
import type { EvidenceView } from '#core/api/evidence.ts'
import type { Facts } from '#core/api/facts.ts'
import type { OperationView, registerApi } from '#core/api/register.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { contradiction, factsOf, readClaim, type Typed } from '#core/register/claim.ts'
import { discrepancy } from '#core/register/gate.ts'
import {
  type ConfirmRefusal,
  type DenyRefusal,
  type Heard,
  judgeConfirmed,
  judgeDenied,
} from '#core/register/judgement.ts'
import type { Claim, Operation, Signed } from '#core/register/operation.ts'
import { type Verb, verbsNow } from '#core/register/standing.ts'
import type { DeviceVerdict } from '../links/numbered.ts'
import type { OperatorVerdict, StaffSays } from '../links/operator.ts'
import type { Register } from '../register.ts'
import { gateFacts, viewed } from './begin.ts'
import { unsentOf } from './device.ts'
import { ownOf } from './inquiry.ts'

// What a person says of an operation: heard only after device and operator were asked (S3.4 ff.).

type Code<Name extends keyof typeof registerApi> = RefusalCode<(typeof registerApi)[Name]>
type Said<Name extends keyof typeof registerApi> = Promise<Answer<OperationView, Code<Name>>>

/** “Continue” and “give up”: heard by the machine, then driven on. */
export async function speak(
  register: Register,
  id: string,
  event: { type: 'continued' | 'gaveUp'; person: string },
): Said<'continue'> {
  const operation = register.store.operation(id)
  if (!operation) return refused('operation.unknown')
  while (register.engine.busy()) await register.engine.settled()
  if (!register.engine.hear(id, event)) {
    return ended(register, id, event.type === 'gaveUp' ? isUndone : isRegistered)
  }
  await register.engine.drive(id)
  return viewed(register, id)
}

/** A person's word that it succeeded, with the document's data as typed. Repeating is harmless. */
export async function confirm(
  register: Register,
  { id, ...typed }: { id: string } & Typed,
  person: string,
): Said<'confirm'> {
  const { store, engine } = register
  const claim = readClaim(typed)
  if ('field' in claim) return invalid(claim.field, claim.fault)
  const operation = asRed(store.operation(id), 'confirm')
  if (!operation) return ended(register, id, (known) => sameClaim(known, claim))
  const heard = await ask(register, operation, { giveUp: false, claim })
  const judged = judgeConfirmed(operation, claim, {
    ...heard,
    own: ownOf(register, operation, claim),
  })
  if ('code' in judged) return refusedClaim(judged)
  const { evidence } = heard
  const { signed } = judged
  if (!engine.hear(id, { type: 'confirmed', person, claim, evidence, signed })) {
    return notNow(operation)
  }
  return viewed(register, id)
}

/** A person's word that it failed: the device is told to give it up, where it can be told. */
export async function deny(register: Register, id: string, person: string): Said<'deny'> {
  const { store, engine } = register
  const operation = asRed(store.operation(id), 'deny')
  if (!operation) return ended(register, id, isUndone)
  const heard = await ask(register, operation, { giveUp: true, claim: null })
  const judged = judgeDenied(heard)
  if ('code' in judged) return refusedDenial(judged)
  const { evidence } = heard
  if (!engine.hear(id, { type: 'denied', person, evidence, proof: judged.proof })) {
    return notNow(operation)
  }
  await engine.drive(id)
  return viewed(register, id)
}

/** Calls the wait for a card off: only while none was read. */
export async function cancelCard(register: Register, id: string): Said<'cancelCard'> {
  const { store, terminal, engine } = register
  const operation = store.operation(id)
  if (!operation) return refused('operation.unknown')
  if (!terminal.dismiss(id)) return notNow(operation)
  await engine.drive(id)
  return viewed(register, id)
}

/**
 * Cancels an unfinished operation (S3.9): the device is told to give it up, where it can be told;
 * a document that exists is adopted instead, and the charge stands.
 */
export async function cancelUnfinished(
  register: Register,
  id: string,
  person: string,
): Said<'cancelUnfinished'> {
  const { store, engine } = register
  const operation = asRed(store.operation(id), 'cancelUnfinished')
  if (!operation) return ended(register, id, isCancelled)
  const isFiscal = operation.state.is === 'red' && operation.state.stage === 'fiscal'
  if (!isFiscal) {
    // A memory that was put back may have forgotten that it went on from here (R19).
    const asked = await register.sko.outcome(operation)
    if (asked.verdict === 'done') {
      return refused('cancel.exists', existing('sko', asked.signed))
    }
  }
  const heard = isFiscal ? await ask(register, operation, { giveUp: true, claim: null }) : null
  const judged = heard ? judgeDenied(heard) : { proof: 'proved' as const }
  if (heard?.signed) {
    const by = heard.evidence.device === 'done' ? 'sko' : 'operator'
    engine.hear(id, { type: 'told', by, verdict: 'done', signed: heard.signed })
    return viewed(register, id)
  }
  // Unsent documents make no difference here: an unproved cancellation holds its reversal back.
  const proof = 'code' in judged ? 'unproved' : judged.proof
  if (!engine.hear(id, { type: 'cancelledUnfinished', person, proof })) {
    return notNow(operation)
  }
  return viewed(register, id)
}

const isCancelled = ({ state }: Operation): boolean =>
  state.is === 'reversing' || state.is === 'cancelled'

/** What the form of a red receipt shows beside its fields: asking changes nothing. */
export async function evidenceOf(
  register: Register,
  id: string,
): Promise<Answer<EvidenceView, 'operation.unknown'>> {
  const operation = register.store.operation(id)
  if (!operation) return refused('operation.unknown')
  const [fresh, device, operator, bank] = await Promise.all([
    register.device.refresh(),
    register.sko.outcome(operation),
    register.operator.outcome(operation),
    register.terminal.look(operation),
  ])
  const skoCash = fresh?.cash ?? null
  return {
    kind: 'done',
    value: {
      device: device.verdict,
      operator: operator.verdict,
      bank,
      unsent: fresh && unsentOf(fresh),
      discrepancy: discrepancy({ ...gateFacts(register), skoCash }),
      document: documentIn(device, 'sko') ?? documentIn(operator, 'operator'),
      word: operator.verdict === 'cannot-tell' ? wordIn(operator.word) : null,
    },
  }
}

function documentIn(heard: DeviceVerdict | OperatorVerdict, by: 'sko' | 'operator') {
  if (heard.verdict !== 'done') return null
  const { document, sealed } = heard.signed
  const { number, at, sum } = document
  return { number, at, sum, uid: sealed.uid, by }
}

const wordIn = (said: StaffSays | null): EvidenceView['word'] => {
  if (!said) return null
  const { staff, verdict } = said.says
  return { verdict, person: staff.by, evidence: staff.evidence, answer: said.answer }
}

type Asked = { giveUp: boolean; claim: Claim | null }

/** Asks the device, then the operator, whose copy counts where the device has lost its own. */
export async function ask(
  { sko, operator, device, store }: Register,
  operation: Operation,
  { giveUp, claim }: Asked,
): Promise<Heard> {
  const asked = await sko.outcome(operation)
  const told = giveUp && asked.verdict === 'lacks' ? await sko.abandon(operation) : asked
  const other = told.verdict === 'done' ? null : await operator.outcome(operation)
  const known = device.known()
  const evidence = {
    device: told.verdict,
    operator: other?.verdict ?? null,
    unsent: known && unsentOf(known),
  }
  const signed = [told, other].flatMap((said) => (said?.verdict === 'done' ? said.signed : []))[0]
  if (!signed || !claim || claim.uid === signed.sealed.uid) {
    return { evidence, signed: signed ?? null, named: null }
  }
  const elsewhere = told.verdict === 'done' ? await sko.document(claim.number) : null
  const isNamed = elsewhere?.sealed.uid === claim.uid
  const named: FiscalDocument | null = isNamed ? elsewhere.document : store.documentByUid(claim.uid)
  return { evidence, signed, named }
}

export const asRed = (operation: Operation | null, verb: Verb): Operation | null =>
  operation && verbsNow(operation).includes(verb) ? operation : null

/**
 * The word comes late. Where the operation has come to what was said, a word heard before, a double
 * press and what the register found out by itself are all the same.
 */
export function ended(register: Register, id: string, isSame: (operation: Operation) => boolean) {
  const operation = register.store.operation(id)
  if (!operation) return refused('operation.unknown')
  return isSame(operation) ? viewed(register, id) : notNow(operation)
}

const isRegistered = ({ state }: Operation): boolean => state.is === 'registered'

export const isUndone = ({ state }: Operation): boolean =>
  state.is === 'failed' || state.is === 'reversing' || state.is === 'cancelled'

export const sameClaim = ({ state, claim, signed }: Operation, said: Claim): boolean =>
  state.is === 'registered' &&
  (signed
    ? contradiction(said, signed, null) === null
    : claim?.number === said.number && claim.uid === said.uid)

export function refusedClaim(refusal: ConfirmRefusal) {
  switch (refusal.code) {
    case 'claim.wrong': {
      const { field, reason, facts } = refusal
      return refused('claim.wrong', { ...facts, field, reason }, { field })
    }
    case 'claim.no-document':
      return refused('claim.no-document', { by: refusal.by })
    case 'claim.not-yet':
      return refused('claim.not-yet')
    default:
      return refusal satisfies never
  }
}

/** The document that is there, and at whom. */
export const existing = (by: 'sko' | 'operator', { document }: Signed): Facts => ({
  ...factsOf(document),
  by,
})

export const notNow = ({ id, kind, sum }: Operation) =>
  refused('verb.not-now', { kind, sum }, { operation: id })

function refusedDenial(refusal: DenyRefusal) {
  switch (refusal.code) {
    case 'deny.exists':
      return refused('deny.exists', existing(refusal.by, refusal.signed))
    case 'deny.unsent':
      return refused('deny.unsent', { unsent: refusal.unsent })
    default:
      return refusal satisfies never
  }
}
