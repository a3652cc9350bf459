import {
  type FiscalDocument,
  type Hash,
  isSealed,
  type Sealed,
  type Verify,
} from '../document/document.ts'
import { uidOf } from '../document/uid.ts'

/** The last document stored of a device: number 0 and GENESIS before the first. */
export type Head = { number: number; hash: string }

/** A document as a device submits it: its bytes, and the number they claim to carry. */
export type Submitted = Sealed & { number: number }

export type AcceptedDocument = { sealed: Submitted; document: FiscalDocument }

export type IngestFault =
  | 'document.gap'
  | 'document.diverges'
  | 'document.chain'
  | 'document.malformed'
  | 'seal.broken'

/** What is known of the device, and the means to read and check its bytes. */
export type Known = {
  device: string
  registerNumber: number
  head: Head
  /** Hash of every stored document whose number the batch repeats. */
  stored: ReadonlyMap<number, string>
  /** The document inside a body; null when the body is none. */
  parse: (body: string) => FiscalDocument | null
  hash: Hash
  verify: Verify
}

export type Ingested = {
  /** To store, in this order; each follows the one before. */
  accepted: AcceptedDocument[]
  head: Head
  /** How many were stored before with the same bytes. */
  repeated: number
  /** The first document that cannot be stored; what stands before it is kept all the same. */
  refused: { code: IngestFault; sealed: Submitted } | null
}

/**
 * Decides on a batch. A document once stored answers a repeat for ever; everything else must carry
 * the device's seal and follow the head by number and by hash.
 */
export function ingest(batch: readonly Submitted[], known: Known): Ingested {
  const stored = new Map(known.stored)
  const result: Ingested = { accepted: [], head: known.head, repeated: 0, refused: null }
  for (const sealed of batch) {
    const judged = judge(sealed, { ...known, stored, head: result.head })
    if (judged.is === 'refused') return { ...result, refused: { code: judged.code, sealed } }
    if (judged.is === 'exists') result.repeated += 1
    else {
      result.accepted.push({ sealed, document: judged.document })
      result.head = { number: sealed.number, hash: sealed.hash }
      stored.set(sealed.number, sealed.hash)
    }
  }
  return result
}

type Judgement =
  | { is: 'accept'; document: FiscalDocument }
  | { is: 'exists' }
  | { is: 'refused'; code: IngestFault }

const refuse = (code: IngestFault): Judgement => ({ is: 'refused', code })

function judge(sealed: Submitted, known: Known): Judgement {
  const { head, stored, hash, verify } = known
  // By the bytes, not by the hash that came with them: a wrong claim must not pass for a repeat.
  if (stored.get(sealed.number) === hash(sealed.body)) return { is: 'exists' }
  const document = openBody(sealed, known)
  if (!document) return refuse('document.malformed')
  // Before the number: without a valid seal nobody may accuse a device of a divergence.
  if (!isSealed(sealed, { hash, verify })) return refuse('seal.broken')
  if (sealed.number <= head.number) return refuse('document.diverges')
  if (sealed.number > head.number + 1) return refuse('document.gap')
  if (document.previous !== head.hash) return refuse('document.chain')
  return { is: 'accept', document }
}

function openBody(sealed: Submitted, known: Known): FiscalDocument | null {
  const document = known.parse(sealed.body)
  if (!document || known.hash(sealed.body) !== sealed.hash) return null
  const agrees =
    document.number === sealed.number &&
    document.issuer.device === known.device &&
    document.issuer.registerNumber === known.registerNumber &&
    sealed.uid === uidOf(sealed.hash, known.registerNumber)
  return agrees ? document : null
}
