import type { OperatorRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { client } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { useStore } from '#web/ui/hooks.ts'
import { sentenceOf, type Trouble } from '#web/ui/trouble.ts'
import { openVisit, type Visit } from '#web/ui/visit.ts'

export type Session = Reply<(typeof operatorCabinetApi)['session']>

export const visit: Visit<Session> = openVisit({
  session: () => operator.session({}),
  signOut: () => operator.signOut({}),
  chooseLanguage: (language) => operator.chooseLanguage({ language }),
})

/** The operator behind this page. */
export const operator = client(operatorCabinetApi, visit.send)

/** Of any right, whether whoever has signed in has it: what she has not, no button offers (R26). */
export const useRights = (): ((right: OperatorRight) => boolean) => {
  const { session } = useStore(visit.store)
  return (right) => may(session, right)
}

/** The same of one right. */
export const useEntitled = (right: OperatorRight): boolean => useRights()(right)

/** What to tell the person of an answer that brought nothing. */
export const told = (answer: Trouble): string => sentenceOf('operator', answer)
