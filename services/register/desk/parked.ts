import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { parkedEndpoints } from '#core/api/register-parked.ts'
import type { Person } from '../catalogue/people.ts'
import type { Register } from '../register.ts'

/** Receipts put aside and brought back (N9); how many wait is told to every page. */
export function parkedHandlers({
  store,
  parked,
  changed,
}: Pick<Register, 'store' | 'parked' | 'changed'>): Handlers<
  typeof parkedEndpoints,
  { person: Person }
> {
  return {
    parked: async () => done({ receipts: parked.list() }),
    park: async (asked, { person }) => {
      // What has been sent to be sold is an operation, and that is where it goes on.
      if (store.operation(asked.id)) return refused('receipt.sold', {}, { operation: asked.id })
      const answer = parked.park(Object.assign(asked, { person: person.user }))
      changed(null)
      return answer
    },
    bringBack: async ({ id, act }) => {
      const answer = parked.bringBack(id, act)
      changed(null)
      return answer
    },
  }
}
