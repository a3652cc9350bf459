import type { FiscalDocument } from '../document/document.ts'
import { kinds } from '../document/kinds.ts'
import { parseUid, registerNumberIn } from '../document/uid.ts'
import { formatMoney } from '../money.ts'
import { MINUTE, parseTypedMoment, printedMoment } from '../time.ts'
import type { Claim, Operation, Signed } from './operation.ts'

/** The form of a red receipt as it was filled in (S3.4, R10). */
export type Typed = { number: string; at: string; uid: string }
export type ClaimField = keyof Typed
/** Which field cannot be right, and why, for the person who typed it. */
export type WrongField = { field: ClaimField; why: string }

export const fieldNames = { number: '№ чека', at: 'Дата и время', uid: 'УИ' } as const

/** Reads the form; what cannot be read at all names its field. */
export function readClaim({ number, at, uid }: Typed): Claim | WrongField {
  const value = /^\s*\d{1,9}\s*$/.test(number) ? Number(number) : 0
  if (value < 1) return { field: 'number', why: 'нужно целое число, например 15' }
  const moment = parseTypedMoment(at)
  if (!moment) return { field: 'at', why: 'нужны дата и время вида 24.11.2026 18:30' }
  const parsed = parseUid(uid)
  if (!parsed) return { field: 'uid', why: 'нужны 24 знака: цифры и буквы от A до F' }
  return { number: value, at: moment, uid: parsed }
}

/**
 * Compares the claim with the operation's proved document. A claim that is off in its УИ and in
 * something else speaks of another document: that is told under «УИ», with what the document is.
 */
export function contradiction(
  { number, at, uid }: Claim,
  { document, sealed }: Signed,
  named: FiscalDocument | null,
): WrongField | null {
  const isUid = uid === sealed.uid
  const isNumber = number === document.number
  const isMoment = document.at >= at.from && document.at < at.until
  if (!isUid && (!isNumber || !isMoment)) return { field: 'uid', why: anotherDocument(named) }
  if (!isNumber) return { field: 'number', why: `у этой операции документ № ${document.number}` }
  if (!isMoment) {
    return { field: 'at', why: `документ составлен ${printedMoment(document.at)}` }
  }
  return isUid ? null : { field: 'uid', why: 'у документа этой операции другой УИ' }
}

const anotherDocument = (named: FiscalDocument | null): string =>
  named
    ? `это ${titleOf(named)}, а не документ этой операции`
    : 'у документа этой операции другой УИ'

const titleOf = ({ kind, number, sum }: FiscalDocument): string =>
  `«${kinds[kind].title}» № ${number} на ${formatMoney(sum)}`

/** What a claim is held against while neither device nor operator answers. */
export type Own = {
  now: number
  registerNumber: number | null
  /** The register's own document under the typed number, under the typed УИ. */
  byNumber: FiscalDocument | null
  byUid: FiscalDocument | null
}

// The device's clock and the till's may stand a little apart.
const SKEW = 5 * MINUTE

/** What the register knows by itself suffices to tell that the claim is wrong. */
export function impossible(
  { expected, begunAt }: Operation,
  { number, at, uid }: Claim,
  own: Own,
): WrongField | null {
  if (own.byUid) return { field: 'uid', why: `это ${titleOf(own.byUid)}, он уже есть в кассе` }
  if (own.registerNumber !== null && registerNumberIn(uid) !== own.registerNumber) {
    return { field: 'uid', why: 'это УИ другой кассы' }
  }
  if (own.byNumber) {
    return { field: 'number', why: `под этим номером в кассе ${titleOf(own.byNumber)}` }
  }
  if (number < expected) return { field: 'number', why: `ожидается № ${expected} или больше` }
  if (at.until <= begunAt - SKEW) {
    return { field: 'at', why: `операция начата позже, ${printedMoment(begunAt)}` }
  }
  return at.from > own.now + SKEW ? { field: 'at', why: 'это время ещё не наступило' } : null
}
