import { type FiscalDocument, type Hash, isSealed, type Verify } from '../document/document.ts'
import { type Line, type Payment, type Settlement, settled } from '../document/totals.ts'
import { uidOf } from '../document/uid.ts'
import type { Command } from '../sko/device.ts'
import { LAST_MOMENT, type Moment } from '../time.ts'
import type { Operation, Signed } from './operation.ts'

/** The till's own device as it was enrolled. `hash` and `verify`: SHA-256, and its public key. */
export type PinnedDevice = {
  serial: string
  unp: string
  registerNumber: number
  hash: Hash
  verify: Verify
}

/** What was asked for: an operation's document, or the one that has a number. */
export type Asked = { operation: Wanted } | { number: number }
type Wanted = Pick<Operation, 'id' | 'kind' | 'expected' | 'command' | 'sum' | 'payments'>

/**
 * Why a document is not believed: its seal is not the device's, it names another issuer, its date
 * cannot be, it is another document than the one that was asked for.
 */
export type SealFault = 'seal' | 'issuer' | 'moment' | 'other'

/** No document of a programmed register is older. */
const FIRST_MOMENT: Moment = Date.UTC(2020, 0)

/**
 * Whether a document that somebody shows is believed: null, or why not (V1). `document` is the
 * content of the sealed body as the caller has parsed it. Clocks that differ are no reason (R33).
 */
export function checkSigned(
  pinned: PinnedDevice,
  { sealed, document }: Signed,
  asked: Asked,
): SealFault | null {
  const { issuer, at } = document
  if (!isSealed(sealed, pinned)) return 'seal'
  const isOwn =
    issuer.device === pinned.serial &&
    issuer.unp === pinned.unp &&
    issuer.registerNumber === pinned.registerNumber &&
    sealed.uid === uidOf(sealed.hash, pinned.registerNumber)
  if (!isOwn) return 'issuer'
  if (at < FIRST_MOMENT || at > LAST_MOMENT) return 'moment'
  const isAsked =
    'number' in asked ? document.number === asked.number : isOf(asked.operation, document)
  return isAsked ? null : 'other'
}

/** The operation's own document: by its id, and by all that its command asked for. */
export function isOf(operation: Wanted, document: FiscalDocument): boolean {
  const { id, kind, expected, command, sum, payments } = operation
  // A foreign device knows no operations; the till alone commands it, number after number.
  const isNamed =
    document.operation === null ? document.number === expected : document.operation === id
  return (
    isNamed &&
    document.kind === kind &&
    document.sum === sum &&
    document.cashier === command.cashier.trim() &&
    samePayments(document.payments, payments) &&
    sameSettlement(document.settlement, settled(sum, payments)) &&
    sameContent(command, document)
  )
}

function sameContent(command: Command, document: FiscalDocument): boolean {
  const { lines, discount, markup, basis } = document
  switch (command.kind) {
    case 'shift-opening':
    case 'shift-closing':
    case 'deposit':
    case 'withdrawal':
      return lines.length === 0 && basis === null
    case 'sale':
    case 'refund':
      return (
        discount === command.discount &&
        markup === command.markup &&
        basis?.number === command.basis?.number &&
        basis?.uid === command.basis?.uid &&
        lines.length === command.lines.length &&
        lines.every((line, i) => sameLine(line, command.lines[i]))
      )
    case 'annulment':
      return basis?.number === command.number
    default:
      return command satisfies never
  }
}

/** The device signs a name without the spaces around it. */
const sameLine = (made: Line, asked: Line | undefined): boolean =>
  made.name === asked?.name.trim() &&
  made.code === asked.code &&
  made.price === asked.price &&
  made.quantity === asked.quantity &&
  made.discount === asked.discount &&
  made.markup === asked.markup &&
  made.vat === asked.vat &&
  made.mark?.si === asked.mark?.si &&
  made.mark?.ukz === asked.mark?.ukz

const samePayments = (made: readonly Payment[], asked: readonly Payment[]): boolean =>
  made.length === asked.length &&
  made.every(({ means, sum }, i) => means === asked[i]?.means && sum === asked[i].sum)

const sameSettlement = (made: Settlement, asked: Settlement): boolean =>
  made.cash === asked.cash &&
  made.card === asked.card &&
  made.other === asked.other &&
  made.change === asked.change
