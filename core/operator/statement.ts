import { GENESIS } from '../document/document.ts'
import type { Kind } from '../document/kinds.ts'
import type { Uid } from '../document/uid.ts'
import type { OperationId } from '../id.ts'
import type { Kopecks } from '../money.ts'
import type { Moment } from '../time.ts'
import type { Measure } from './measure.ts'

// What the operator signs (R28), and how much of it a device or a register believes.

/** «I hold this device's documents up to this one»; the number 0 and GENESIS before the first. */
export type Acknowledgement = {
  says: 'stored'
  device: string
  number: number
  /** Of the document under that number: through the chain, of everything before it as well. */
  hash: string
  at: number
  /** Of whoever asked how far it is; null where it answers documents. */
  nonce: string | null
}

/** What became of an operation (R2). Bound to what was asked, so that no old one can be told. */
export type OutcomeStatement = {
  says: 'outcome'
  device: string
  operation: OperationId
  /** The number that the operation's document was to get. */
  expected: number
  verdict: 'done' | 'never' | 'cannot-tell'
  /** Of the document that was found. */
  hash: string | null
  /** Of the document ahead of the number expected: a «never» counts only in the asker's chain. */
  before: string | null
  at: number
  nonce: string
  /** The device is retired, its chain sealed at this number; null: it is at work. */
  sealed: number | null
}

/** What an answer was looked up by: `expected` is the number that the document was to get. */
export type AskedBy =
  | { by: 'operation'; operation: OperationId; expected: number | null }
  | { by: 'moment'; from: Moment; until: Moment; sum: Kopecks }
  | { by: 'document'; uid: Uid }

/** A stored document as an answer names it. */
export type AnsweredDocument = {
  /** As the device signed it; null: a device that knows no operations, or no such id. */
  operation: OperationId | null
  kind: Kind
  number: number
  at: Moment
  uid: Uid
  sum: Kopecks
}

/**
 * What became of an operation, for a person to carry to the till (C2b). No nonce of the till's
 * binds it, for no wire of the till's asked: it is bound to device, operation and time.
 */
export type AnswerStatement = {
  says: 'answer'
  device: string
  registerNumber: number
  asked: AskedBy
  verdict: OutcomeStatement['verdict']
  /** The operation's document; only with «done». */
  document: AnsweredDocument | null
  /** Of the document ahead of the number expected; only with «never». */
  before: string | null
  at: Moment
  /** Of the operator's people, whose word it is; null: the operator's own books tell it. */
  staff: StaffRef | null
}

/** What a word of the operator's people rests on. */
export const staffEvidence = ['document', 'journal', 'statement'] as const
/**
 * `document`: what the operator holds; `journal`: the device's own memory was read; `statement`: of
 * the client, in writing.
 */
export type StaffEvidence = (typeof staffEvidence)[number]
/** An answer about one operation that is a person's word. */
export type StaffAnswer = AnswerStatement & {
  asked: Extract<AskedBy, { by: 'operation' }>
  verdict: 'done' | 'never'
  before: null
  staff: StaffRef
}
export type StaffRef = { evidence: StaffEvidence; by: string }

/** What stands against a device's register: in force, or known ahead (S1.5, S1.6). */
export type MeasuresStatement = {
  says: 'measures'
  device: string
  registerNumber: number
  measures: Measure[]
  at: number
  nonce: string
}

/**
 * Which till works with a device: from it, and from its own key, each of the two makes the secret
 * that they share. The newest one counts.
 */
export type Pairing = {
  says: 'paired'
  device: string
  registerNumber: number
  /** Serial number of the till, and the public half of its key of agreement (PEM). */
  till: string
  agreement: string
  /** When it was confirmed. */
  at: number
}

/**
 * A device is retired, its chain sealed for ever at a document. `successor`: what works in its
 * place by now, with the public halves of its keys (PEM); null: nothing does yet.
 */
export type RetiredStatement = {
  says: 'retired'
  device: string
  registerNumber: number
  /** The seal: the last document that is held; the number 0 and GENESIS where there is none. */
  number: number
  hash: string
  at: number
  successor: { device: string; publicKey: string; agreement: string | null } | null
  nonce: string
}

export type Statement =
  | Acknowledgement
  | OutcomeStatement
  | AnswerStatement
  | MeasuresStatement
  | Pairing
  | RetiredStatement
export type SignedMeasures = Attested<MeasuresStatement>

/** A statement, the key that signed it, and the signature in base64. */
export type Attested<S extends Statement> = { statement: S; key: string; signature: string }
export type SignedHead = Attested<Acknowledgement>

/**
 * Signs a text, and says by which key: its id is what others find the public half by. Both come at
 * once, for the key at work may be another one a moment later (0049).
 */
export type OperatorKey = (text: string) => { key: string; signature: string }
/** Whether the key of this id, known since enrolment, signed the text. */
export type VerifyBy = (key: string, text: string, signature: string) => boolean

/** No other signature of anybody's is over a text that begins like this. */
const DOMAIN = 'zpos-operator-1'

/** The bytes that are signed: every field at its place, so that no two statements share them. */
export function textOf(statement: Statement): string {
  switch (statement.says) {
    case 'stored': {
      const { says, device, number, hash, at, nonce } = statement
      return JSON.stringify([DOMAIN, says, device, number, hash, at, nonce])
    }
    case 'outcome': {
      const { says, device, operation, expected, verdict, hash, before, at, nonce } = statement
      const { sealed } = statement
      // Signed as before while the device is at work.
      const found = sealed === null ? [verdict, hash, before] : [verdict, hash, before, sealed]
      return JSON.stringify([DOMAIN, says, device, operation, expected, found, at, nonce])
    }
    case 'answer': {
      const { says, device, registerNumber, verdict, before, at, staff } = statement
      const asked = askedIn(statement.asked)
      const document = statement.document && documentIn(statement.document)
      // Signed as before where no person stands behind it.
      const told = staff
        ? [verdict, document, before, [staff.evidence, staff.by]]
        : [verdict, document, before]
      return JSON.stringify([DOMAIN, says, device, registerNumber, asked, told, at])
    }
    case 'measures': {
      const { says, device, registerNumber, measures, at, nonce } = statement
      const laid = measures.map(({ kind, reason, from, till }) => [kind, reason, from, till])
      return JSON.stringify([DOMAIN, says, device, registerNumber, laid, at, nonce])
    }
    case 'paired': {
      const { says, device, registerNumber, till, agreement, at } = statement
      return JSON.stringify([DOMAIN, says, device, registerNumber, till, agreement, at])
    }
    case 'retired': {
      const { says, device, registerNumber, number, hash, at, successor, nonce } = statement
      const next = successor && [successor.device, successor.publicKey, successor.agreement]
      return JSON.stringify([DOMAIN, says, device, registerNumber, number, hash, at, next, nonce])
    }
    default:
      return statement satisfies never
  }
}

const askedIn = (asked: AskedBy): readonly unknown[] => {
  switch (asked.by) {
    case 'operation':
      return [asked.by, asked.operation, asked.expected]
    case 'moment':
      return [asked.by, asked.from, asked.until, asked.sum]
    case 'document':
      return [asked.by, asked.uid]
    default:
      return asked satisfies never
  }
}

const documentIn = ({ operation, kind, number, at, uid, sum }: AnsweredDocument) =>
  [operation, kind, number, at, uid, sum] as const

/** Signs a statement. */
export const attest = <S extends Statement>(statement: S, sign: OperatorKey): Attested<S> => {
  const { key, signature } = sign(textOf(statement))
  return { statement, key, signature }
}

/** Signs how far a device's documents are stored; `nonce`: of whoever asked for that. */
export const acknowledge = (
  { device, number, hash }: { device: string; number: number; hash: string },
  { key, at, nonce = null }: { key: OperatorKey; at: number; nonce?: string | null | undefined },
): SignedHead => attest({ says: 'stored', device, number, hash, at, nonce }, key)

/** The operator's own key signed exactly this. */
export const isAttested = (
  { statement, key, signature }: Attested<Statement>,
  verify: VerifyBy,
): boolean => verify(key, textOf(statement), signature)

/** Somebody's own knowledge of a device's documents. */
export type OwnChain = {
  device: string
  /** The device's last number. */
  number: number
  /** Hash of the document under a number; null: not known here. */
  hashAt: (number: number) => string | null
}

/** `distrusted`: no answer of the operator's to this. `diverges`: its, but of other documents. */
export type Belief = 'fits' | 'distrusted' | 'diverges'

/** How much is believed of an acknowledgement that answers `nonce`; what fits is for ever. */
export function beliefIn(
  proof: SignedHead | undefined,
  chain: OwnChain,
  { verify, nonce }: { verify: VerifyBy; nonce: string | null },
): Belief {
  if (!proof || !isAttested(proof, verify)) return 'distrusted'
  const { device, nonce: answered } = proof.statement
  if (device !== chain.device || answered !== nonce) return 'distrusted'
  return isOfChain(proof.statement, chain) ? 'fits' : 'diverges'
}

/** The acknowledgement is about documents that the device has made. */
export function isOfChain({ number, hash }: Acknowledgement, chain: OwnChain): boolean {
  if (number > chain.number) return false
  const own = number === 0 ? GENESIS : chain.hashAt(number)
  return own === null || own === hash
}
