import { isLentFor, type Lent } from '#core/access/lent.ts'
import type { RegisterRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { type Answer, done, refused } from '#core/api/contract.ts'
import type { LendRequest, OperationRequest } from '#core/api/operation-request.ts'
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
const contentOf = (request: object): string =>
  sha256(JSON.stringify(request, (key, value) => (key === 'lent' ? undefined : value)))

/** N10: a second person lends, by her PIN on the spot, the right that this one operation needs. */
export async function lend(
  { store, people, now }: Shop,
  { by, request }: LendRequest,
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
  const { id, kind, sum } = request
  const right = rightOfKind[kind]
  if (!may(person, right))
    return refused('right.required', { right, holders: people.holders(right) })
  if (store.operation(id)) return refused('operation.differs', {}, { operation: id })
  const content = contentOf(request)
  const lent: Lent = {
    id: newToken(),
    right,
    operation: id,
    content,
    person: person.user,
    asker: asker.user,
    at: now(),
    kind,
    ...(sum !== undefined && { sum }),
  }
  store.keepLent(lent)
  return done({ lent: lent.id })
}

/**
 * Whether the request names a right that was lent for it (R26), by somebody who has it still. What
 * was begun with it stands, whatever became of her.
 */
export function isLent(
  { store, people, now }: Shop,
  request: Partial<Pick<OperationRequest, 'id' | 'lent'>>,
  { person, right }: { person: Person; right: RegisterRight },
): boolean {
  const { id, lent: name } = request
  const lent = name === undefined ? null : store.lent(name)
  if (!lent || id === undefined) return false
  const wanted = {
    right,
    operation: id as OperationId,
    content: contentOf(request),
    asker: person.user,
  }
  const isBegun = store.operation(id) !== null
  const stillHas = isBegun || people.holders(right).includes(lent.person)
  return stillHas && isLentFor(lent, wanted, { now: now(), isBegun })
}
