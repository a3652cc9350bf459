import type { Grant } from '#core/access/receipt.ts'
import type { ListedKind } from '#core/document/kinds.ts'
import { add, type Kopecks } from '#core/money.ts'
import type { ShopAct, ShopActName } from '#core/register/act.ts'
import type { EventType, Operation } from '#core/register/operation.ts'
import type { JournalEntry } from './journal.ts'
import { settingChanges } from './setting-act.ts'

/** Verbs of a person, and what each is called in the journal of acts. */
const spoken: { readonly [E in EventType]?: ShopActName } = {
  continued: 'continued',
  gaveUp: 'gave-up',
  confirmed: 'confirmed',
  denied: 'denied',
  cancelledUnfinished: 'cancelled',
  dismissed: 'dismissed',
  acknowledged: 'noticed',
}

type Around = {
  /** The operation that the line is of; null: of none, or of one that begins. */
  operation: Operation | null
  /** What the setting was; null: as it comes. */
  before: string | null
}

/** What a line of the register's journal is as acts of somebody (K6); mostly it is one, or none. */
export function actsOfEntry(entry: JournalEntry, around: Around): ShopAct[] {
  const again = entry.type === 'begun' ? soldAgain(entry.operation) : null
  return [actOfEntry(entry, around), again].filter((act) => act !== null)
}

function actOfEntry(entry: JournalEntry, { operation, before }: Around): ShopAct | null {
  switch (entry.type) {
    case 'begun': {
      const { kind, cashier } = entry.operation
      // Sales stand in the list of receipts, each with its cashier; why they cost less, here too.
      return kind === 'sale' ? discounted(entry.operation) : act(cashier, 'begun', entry.operation)
    }
    case 'heard': {
      const what = spoken[entry.event.type]
      const person = 'person' in entry.event ? entry.event.person : null
      return what && operation && person !== null ? act(person, what, operation) : null
    }
    case 'corrected': {
      const { id, person, amount } = entry.correction
      return act(person, 'corrected', { id, kind: 'correction', sum: amount })
    }
    case 'cash-up': {
      const { closing: id, person, count, cash } = entry.cashUp
      const counted = { id, kind: 'shift-closing', sum: count?.sum ?? cash } as const
      return count && act(person, 'cash-counted', counted)
    }
    case 'granted':
      return granted(entry.grant)
    case 'lent': {
      const { person, asker, right, operation, kind, sum } = entry.lent
      return { person, what: 'right-lent', facts: { subject: asker, right, operation, kind, sum } }
    }
    case 'set': {
      const changes = settingChanges(entry.name, before, entry.value)
      const facts = changes ? { changes } : { subject: entry.name }
      return { person: entry.person, what: 'setting-changed', facts }
    }
    case 'cash-up-wanted':
      return { person: entry.person, what: 'continued', facts: {} }
    case 'lent-used':
    case 'printed':
    case 'aligned':
    case 'card-day':
    case 'measures':
      return null
    case 'replaced': {
      const { former, device } = entry.replacement
      const change = { field: 'device', from: former.serial, to: device.serial } as const
      return { person: null, what: 'device-replaced', facts: { changes: [change] } }
    }
    default:
      return entry satisfies never
  }
}

function discounted({ id, cashier, reasons = [] }: Operation): ShopAct | null {
  if (reasons.length === 0) return null
  const subject = [...new Set(reasons.map(({ reason }) => reason))].join(', ')
  const sum = add(...reasons.map((each) => each.sum))
  return {
    person: cashier,
    what: 'discounted',
    facts: { subject, operation: id, kind: 'sale', sum },
  }
}

/** A unit that was sold already, by the word of whoever sold it once more. */
function soldAgain({ id, cashier, sum, command, resold = [] }: Operation): ShopAct | null {
  if (resold.length === 0 || !('lines' in command)) return null
  const names = resold.flatMap((place) => command.lines[place]?.name ?? [])
  const subject = [...new Set(names)].join(', ')
  return {
    person: cashier,
    what: 'sold-again',
    facts: { subject, operation: id, kind: 'sale', sum },
  }
}

const granted = ({ person, asker, operation }: Grant): ShopAct => ({
  person,
  what: 'receipt-granted',
  facts: { subject: asker, operation },
})

type Of = { id: string; kind: ListedKind; sum: Kopecks }

const act = (person: string, what: ShopActName, { id: operation, kind, sum }: Of): ShopAct => ({
  person,
  what,
  facts: { operation, kind, sum },
})
