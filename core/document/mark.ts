import { asLatinKeys } from '../keyboard.ts'
import { isGtin } from './barcode.ts'

// Marks of single units: the identification means (GS1 DataMatrix) and the unified control mark.

/** How goods are marked: not at all, with the one, the other, or both. */
export const markings = ['none', 'si', 'ukz', 'both'] as const
export type Marking = (typeof markings)[number]

/** What a shop has to scan: nothing, the identification means alone, or both kinds. */
export const markScopes = ['off', 'si', 'all'] as const
export type MarkScope = (typeof markScopes)[number]

/** Codes of one unit as they are signed: `si` with its separators (GS); null: it has none. */
export type UnitMark = { si: string | null; ukz: string | null }

/** What is wrong with a code. */
export const markFaults = [
  'mark-not-gs1',
  'mark-gtin',
  'mark-serial',
  'mark-part',
  'mark-unclear',
  'mark-ukz',
] as const
export type MarkFault = (typeof markFaults)[number]

/** `code` in its one form; `unit`: equal for all scans of the same unit. */
export type Si = { code: string; gtin: string; unit: string }

export const GS = '\x1d'

/** Which codes a unit of such goods needs in such a shop. */
export const marksNeeded = (marking: Marking, scope: MarkScope): { si: boolean; ukz: boolean } => ({
  si: scope !== 'off' && (marking === 'si' || marking === 'both'),
  ukz: scope === 'all' && (marking === 'ukz' || marking === 'both'),
})

/**
 * A code as whatever scanner and keyboard sent it, in GS1's own characters: without the symbology's
 * name (AIM), with the separator as the one character that it is.
 */
const asSent = (scanned: string): string =>
  asLatinKeys(scanned)
    .replace(/<(GS|FNC1)>|\{GS\}/gi, GS)
    .replace(/^[\s\p{C}]*(\][A-Za-z]\d)?[\s\p{C}]*/u, '')
    .replace(/[\s\p{C}]+$/u, '')

/** It begins as a code of one unit does, whatever is wrong with the rest. */
export const isSiLike = (scanned: string): boolean => /^01\d{14}21./s.test(asSent(scanned))

const UKZ = /^[0-9]{27}[A-Z]{3}$/

/** It is a unified control mark, in whatever letters it was sent. */
export const isUkzLike = (scanned: string): boolean => UKZ.test(ukzAsSent(scanned))

const ukzAsSent = (scanned: string): string => asSent(scanned).toUpperCase()

/** Reads a unified control mark: 27 digits and three letters. */
export function readUkz(scanned: string): { code: string } | { fault: MarkFault } {
  const code = ukzAsSent(scanned)
  return UKZ.test(code) ? { code } : { fault: 'mark-ukz' }
}

/** Reads the code of a GS1 DataMatrix: GTIN, serial number, and the parts that prove them. */
export function readSi(scanned: string): Si | { fault: MarkFault } {
  const sent = asSent(scanned)
  const [, gtin, rest] = /^01(\d{14})(.*)$/s.exec(sent) ?? []
  if (gtin === undefined || rest === undefined) return { fault: 'mark-not-gs1' }
  if (!isGtin(gtin)) return { fault: 'mark-gtin' }
  if (!rest.startsWith('21') || rest.length === 2) return { fault: 'mark-serial' }
  const body = rest.slice(2)
  const parts = body.includes(GS) ? partsBetween(body) : partsWithout(body)
  if ('fault' in parts) return parts
  const { serial, tail } = parts
  const unit = `01${gtin}21${serial}`
  return { code: [unit, ...tail].join(GS), gtin, unit }
}

/** The mark's codes by which a unit is known again, whatever else stands in them. */
export const unitsOf = ({ si, ukz }: UnitMark): string[] => {
  const read = si === null ? null : readSi(si)
  const unit = read && !('fault' in read) ? read.unit : si
  return [unit, ukz].filter((code) => code !== null)
}

/** Any of the unit's codes is one of the other's. */
export const isSameUnit = (one: UnitMark, other: UnitMark): boolean => {
  const units = unitsOf(other)
  return unitsOf(one).some((unit) => units.includes(unit))
}

/** What GS1 allows within a code (General Specifications, table 7.11). */
const ALLOWED = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/
const LONGEST_SERIAL = 20

type Parts = { serial: string; tail: string[] } | { fault: MarkFault }

/**
 * The parts behind a serial number and how long each may be: key and check code of the register of
 * marks; besides what else a maker may tell of a unit.
 */
const PARTS: readonly { begins: RegExp; lengths: readonly number[] | { most: number } }[] = [
  { begins: /^91/, lengths: [4] },
  { begins: /^92/, lengths: [44, 88] },
  { begins: /^93/, lengths: [4] },
  { begins: /^1[1-7]/, lengths: [6] },
  { begins: /^10/, lengths: { most: 20 } },
  { begins: /^240/, lengths: { most: 30 } },
  { begins: /^310\d/, lengths: [6] },
  { begins: /^8005/, lengths: [6] },
]

function isPart(part: string): boolean {
  for (const { begins, lengths } of PARTS) {
    const [name] = begins.exec(part) ?? []
    if (name === undefined) continue
    const length = part.length - name.length
    return 'most' in lengths ? length >= 1 && length <= lengths.most : lengths.includes(length)
  }
  return false
}

const isSerial = (text: string): boolean => text.length <= LONGEST_SERIAL && ALLOWED.test(text)

function partsBetween(body: string): Parts {
  const [serial = '', ...tail] = body.split(GS)
  if (!isSerial(serial)) return { fault: 'mark-serial' }
  const isWhole = tail.every((part) => ALLOWED.test(part) && isPart(part))
  const names = tail.map((part) => part.slice(0, 2))
  return isWhole && new Set(names).size === names.length ? { serial, tail } : { fault: 'mark-part' }
}

/** What may stand behind the serial number where a scanner has dropped the separators. */
const TAILS = [/91(.{4})92(.{88}|.{44})$/s, /93(.{4})$/s] as const
/** Serial numbers that registers of marks give; others only where nothing else can be meant. */
const USUAL_SERIALS = [13, 20]

function partsWithout(body: string): Parts {
  if (!ALLOWED.test(body)) return { fault: 'mark-part' }
  const readings = [[body], ...TAILS.flatMap((tail) => readingBefore(body, tail))].filter(
    ([serial = '']) => serial !== '' && isSerial(serial),
  )
  const usual = readings.filter(([serial = '']) => USUAL_SERIALS.includes(serial.length))
  const [only, ...others] = usual.length > 0 ? usual : readings
  if (only === undefined) return { fault: 'mark-part' }
  const [serial = '', ...tail] = only
  return others.length > 0 ? { fault: 'mark-unclear' } : { serial, tail }
}

function readingBefore(body: string, tail: RegExp): string[][] {
  const found = tail.exec(body)
  if (!found) return []
  const [whole, first = '', second] = found
  const name = whole.slice(0, 2)
  const parts = second === undefined ? [] : [`92${second}`]
  return [[body.slice(0, found.index), `${name}${first}`, ...parts]]
}

/** The codes as they may be shown and typed again: a separator is `<GS>`. */
export const shownCodes = ({ si, ukz }: UnitMark): string[] =>
  [si, ukz].filter((code) => code !== null).map((code) => code.replaceAll(GS, '<GS>'))

const TAIL = 6

/** By what of its code people tell a unit from others of the same goods. */
export const tailOf = (mark: UnitMark): string => (unitsOf(mark)[0] ?? '').slice(-TAIL)
