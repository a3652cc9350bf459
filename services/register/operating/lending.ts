import { isLentFor, type Lent } from '#core/access/lent.ts'
import type { RegisterRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { type Answer, done, refused } from '#core/api/contract.ts'
import type { LendRequest } from '#core/api/lend-request.ts'
import { assert } from '#core/assert.ts'
import { rightOfKind } from '#core/document/kinds.ts'
import type { OperationId } from '#core/id.ts'
import { SECOND } from '#core/time.ts'
import type { SignInPlace } from '#services/runtime/guesses.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import type { People, Person } from '../catalogue/people.ts'
import type { RegisterStore } from '../memory/store.ts'

type Shop = { store: RegisterStore; people: People; now: () => number }
type Lending = Answer<
  { lent: string },
  'right.required' | 'pin.wrong' | 'pin.locked' | 'server.busy' | 'operation.differs'
>

/** What is asked for, whoever lets it: all of the request but the name of what was lent. */
export const contentOf = (request: object): string =>
  sha256(JSON.stringify(request, (key, value) => (key === 'lent' ? undefined : value)))

/** N10: a second person lends, by her PIN on the spot, what rights this one request needs. */
export async function lend(
  { store, people, now }: Shop,
  { by, ...asked }: LendRequest,
  { asker, placeOf }: { asker: Person; placeOf: (user: string) => SignInPlace },
): Promise<Lending> {
  const checked = await people.check(by.user, by.pin, placeOf(by.user))
  switch (checked.kind) {
    case 'wrong':
      return refused('pin.wrong')
    case 'locked':
      return refused('pin.locked', { waitMs: checked.waitMs })
    case 'busy':
      return refused('server.busy', { waitMs: SECOND })
    case 'right':
      break
    default:
      return checked satisfies never
  }
  const { person } = checked
  const { request, rights, what } = wantedIn(asked)
  const { id } = request
  const lacking = rights.filter((right) => !may(asker, right))
  const [right, ...others] = lacking.length > 0 ? lacking : rights
  const unheld = [right, ...others].find((each) => !may(person, each))
  if (unheld) return refused('right.required', { right: unheld, holders: people.holders(unheld) })
  if (isBegun(store, request)) return refused('operation.differs', {}, { operation: id })
  const lent: Lent = Object.assign(
    { id: newToken(), right, operation: id, content: contentOf(request) },
    { person: person.user, asker: asker.user, at: now() },
    others.length > 0 && { others },
    what,
  )
  store.keepLent(lent)
  return done({ lent: lent.id })
}

type Asked = Omit<LendRequest, 'by'>
type Rights = readonly [RegisterRight, ...RegisterRight[]]
/** What is asked for, the rights that it needs, and what it is in the journal of acts. */
type Wanted = {
  request: { id: OperationId }
  rights: Rights
  what: Pick<Lent, 'kind' | 'sum'>
}

function wantedIn({ request, cashUp, continuedCashUp, xReport }: Asked): Wanted {
  if (request) {
    const { kind, sum } = request
    const what = Object.assign({ kind }, sum !== undefined && { sum })
    return { request, rights: [rightOfKind[kind]], what }
  }
  if (cashUp) {
    const rights: Rights = cashUp.withdrawal === undefined ? ['shift'] : ['shift', 'cash.move']
    return { request: cashUp, rights, what: { kind: 'shift-closing', sum: cashUp.cash } }
  }
  if (continuedCashUp) {
    return { request: continuedCashUp, rights: ['shift'], what: { kind: 'shift-closing' } }
  }
  assert(xReport, 'a right is lent for one of what the contract has')
  return { request: xReport, rights: ['report'], what: {} }
}

/** Whether it is an operation or a closing in one go that is written down already. */
const isBegun = (store: RegisterStore, request: { id: string }): boolean =>
  store.listed(request.id) !== null || ('closing' in request && store.cashUp(request.id) !== null)

/**
 * Whether the request names a right that was lent for it (R26), by somebody who has it still. What
 * was begun with it stands, whatever became of her.
 */
export function isLent(
  { store, people, now }: Shop,
  request: { id?: OperationId; lent?: string },
  { person, right }: { person: Person; right: RegisterRight },
): boolean {
  const { id, lent: name } = request
  const lent = name === undefined ? null : store.lent(name)
  if (!lent || id === undefined) return false
  const wanted = {
    right,
    operation: id,
    content: contentOf(request),
    asker: person.user,
  }
  const begun = isBegun(store, Object.assign({}, request, { id }))
  const stillHas = begun || people.holders(right).includes(lent.person)
  return stillHas && isLentFor(lent, wanted, { now: now(), isBegun: begun })
}
