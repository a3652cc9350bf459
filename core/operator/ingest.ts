import {
  type FiscalDocument,
  type Hash,
  isSealed,
  type Sealed,
  type Verify,
} from '../document/document.ts'
import { registerNumberIn } from '../document/uid.ts'
import { DAY } from '../time.ts'

/** The last document stored of a device: number 0 and GENESIS before the first. */
export type Head = { number: number; hash: string }

/** A document as a device submits it: its bytes, and the number they claim to carry. */
export type Submitted = Sealed & { number: number }

/**
 * What is odd about a document that is stored all the same (R29): its seal and its place are true,
 * and the chain goes on. It is listed under the device's own client, whatever it says of itself.
 */
export const documentMarks = [
  'unreadable',
  'other-device',
  'other-register',
  'other-client',
  'wrong-time',
] as const
export type DocumentMark = (typeof documentMarks)[number]

/** `document` is null where it cannot be read. */
export type AcceptedDocument = {
  sealed: Submitted
  document: FiscalDocument | null
  marks: DocumentMark[]
}

/** What stops a device: the rest is stored and marked (R29). */
export type IngestFault = 'document.gap' | 'document.diverges' | 'document.chain' | 'seal.broken'

/** A body: its place in the chain, which is told alike in every version, and what it documents. */
export type ReadBody = {
  link: { number: number; previous: string } | null
  document: FiscalDocument | null
}

/** What is known of the device, and the means to read and check its bytes. */
export type Known = {
  device: string
  registerNumber: number
  /** Of the client whose register it is. */
  unp: string
  head: Head
  /** Hash of every stored document whose number the batch repeats. */
  stored: ReadonlyMap<number, string>
  read: (body: string) => ReadBody
  hash: Hash
  verify: Verify
  now: number
}

export type Ingested = {
  /** To store, in this order; each follows the one before. */
  accepted: AcceptedDocument[]
  head: Head
  /** How many were stored before with the same bytes. */
  repeated: number
  /** The first document that cannot be stored; what stands before it is kept all the same. */
  refused: { code: IngestFault; sealed: Submitted } | null
  /** Documents with a true seal that contradict what is stored: evidence of a fork. */
  fork: Submitted[]
}

/**
 * Decides on a batch. A document once stored answers a repeat for ever; everything else must carry
 * the device's seal and follow the head by number and by hash.
 */
export function ingest(batch: readonly Submitted[], known: Known): Ingested {
  const stored = new Map(known.stored)
  const result: Ingested = { accepted: [], head: known.head, repeated: 0, refused: null, fork: [] }
  for (const [place, sealed] of batch.entries()) {
    const judged = judge(sealed, { ...known, stored, head: result.head })
    if (judged.is === 'refused') {
      const { code } = judged
      const rest = isFork(code) ? batch.slice(place) : []
      const fork = rest.filter((each) => !isStored(each, { ...known, stored }) && open(each, known))
      return { ...result, refused: { code, sealed }, fork }
    }
    if (judged.is === 'exists') result.repeated += 1
    else {
      const { document } = judged
      result.accepted.push({ sealed, document, marks: marksOf(sealed, document, known) })
      result.head = { number: sealed.number, hash: sealed.hash }
      stored.set(sealed.number, sealed.hash)
    }
  }
  return result
}

const isFork = (code: IngestFault): boolean =>
  code === 'document.diverges' || code === 'document.chain'

type Judgement =
  | { is: 'accept'; document: FiscalDocument | null }
  | { is: 'exists' }
  | { is: 'refused'; code: IngestFault }

const refuse = (code: IngestFault): Judgement => ({ is: 'refused', code })

// By the bytes, not by the hash that came with them: a wrong claim must not pass for a repeat.
const isStored = ({ number, body }: Submitted, { stored, hash }: Known): boolean =>
  stored.get(number) === hash(body)

/** Null: not the device's seal, or what travels beside the body says otherwise than the body. */
function open(sealed: Submitted, { read, hash, verify }: Known): ReadBody | null {
  if (!isSealed(sealed, { hash, verify })) return null
  const { link, document } = read(sealed.body)
  if (link && link.number !== sealed.number) return null
  const { registerNumber = null } = document?.issuer ?? {}
  if (registerNumber !== null && registerNumber !== registerNumberIn(sealed.uid)) return null
  return { link, document }
}

function judge(sealed: Submitted, known: Known): Judgement {
  const { head } = known
  if (isStored(sealed, known)) return { is: 'exists' }
  // First of all: without a valid seal nobody may accuse a device of anything.
  const opened = open(sealed, known)
  if (!opened) return refuse('seal.broken')
  if (sealed.number <= head.number) return refuse('document.diverges')
  if (sealed.number > head.number + 1) return refuse('document.gap')
  const { link, document } = opened
  return link?.previous === head.hash ? { is: 'accept', document } : refuse('document.chain')
}

// The first electronic registers of this kind are younger.
const EARLIEST = Date.UTC(2020, 0, 1)

function marksOf(
  { uid }: Submitted,
  document: FiscalDocument | null,
  known: Known,
): DocumentMark[] {
  const marks: DocumentMark[] = []
  const mark = (name: DocumentMark, holds: boolean) => {
    if (holds) marks.push(name)
  }
  mark('unreadable', document === null)
  mark('other-device', document !== null && document.issuer.device !== known.device)
  mark('other-register', registerNumberIn(uid) !== known.registerNumber)
  mark('other-client', document !== null && document.issuer.unp !== known.unp)
  const { at = known.now } = document ?? {}
  mark('wrong-time', at < EARLIEST || at > known.now + DAY)
  return marks
}
